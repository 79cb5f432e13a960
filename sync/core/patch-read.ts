// A patch's head as the edits that it means, and applying it (docs/format.md, "Patch").
import { SunhallError } from '../contract/errors.ts'
import type { PatchHead } from '../contract/patch.ts'
import type { Hash, Kind, Rows } from '../contract/rows.ts'
import { decodeBlock } from './codec.ts'
import type { Foretold } from './foretold.ts'
import { numbersOf } from './gaps.ts'
import { type Edit, type Entry, type Group, noEdit, type Row, setCell } from './group.ts'
import {
  applyEdits,
  type Change,
  type EditSource,
  type GroupPlace,
  type PatchBase,
  type Patched,
} from './patch-apply.ts'
import type { PatchFile } from './patch-file.ts'
import type { NodePlace } from './patch-nodes.ts'
import { columnsOf, isKind } from './schema.ts'
import type { Hasher } from './tree.ts'

/**
 * The release that a patch leads to. Errors: E-FORMAT, E-MISSING (see `applyEdits`), E-HASH where what comes out isn't
 * the root that the patch and the signed record name: then whole blocks are fetched.
 */
export async function applyPatch(base: PatchBase, file: PatchFile, hash: Hasher): Promise<Patched> {
  const nodes = nodePlaces(file.head)
  const patched = await applyEdits(base, nodes, sourceOf(file, nodes.length), hash)
  if (patched.root === file.head.root) return patched
  throw new SunhallError(
    'E-HASH',
    `Expected root ${file.head.root}, the patch gave ${patched.root}; fetch whole blocks`,
  )
}

/** Parts whose nodes a patch needs; the county's always. */
export function patchedParts(head: PatchHead): Set<string> {
  return new Set(head.nodes.map(([, part]) => part))
}

function nodePlaces({ nodes }: PatchHead): NodePlace[] {
  return nodes.flatMap(([dataset, part, villages]) =>
    villages.map((rest): NodePlace => ({ dataset, part, village: rest === '' ? '' : `${part}${rest}` })),
  )
}

/** Cells as the patch has them: a whole number is a step from what was foretold. */
interface Told {
  cells: [column: string, row: number, value: unknown][]
  removed: number[]
  inserted: Row[]
}

function sourceOf(file: PatchFile, nodes: number): EditSource {
  const told = new Map<string, Told>()
  const whole = wholeGroups(file)
  const places: GroupPlace[][] = Array.from({ length: nodes }, () => [])
  const toldOf = (node: number, kind: string, period: string): Told => {
    const key = keyOf({ node, kind: kindNamed(kind), period })
    const known = told.get(key) ?? { cells: [], removed: [], inserted: [] }
    told.set(key, known)
    return known
  }
  readCells(file.head, toldOf)
  for (const [kind, period, node, removed, inserted] of file.head.rows) {
    const own = toldOf(node, kind, period)
    own.removed.push(...numbersOf(removed))
    own.inserted.push(...rowsIn(kindNamed(kind), inserted))
  }
  for (const key of new Set([...told.keys(), ...whole.keys()])) {
    const place = placeOf(key)
    const list = places[place.node]
    if (list === undefined) throw new SunhallError('E-FORMAT', `Expected a node below ${nodes}, got ${place.node}`)
    list.push(place)
  }
  return {
    groups: (node) => places[node] ?? [],
    needs(place, group) {
      const blocks = whole.get(keyOf(place))
      if (blocks === undefined) return group.needed(shapeOf(told.get(keyOf(place))))
      return place.kind === 'payments' ? replacedBy(group, blocks) : []
    },
    change(place, foretold): Change {
      const blocks = whole.get(keyOf(place))
      return blocks === undefined ? { edit: editOf(told.get(keyOf(place)), foretold) } : { whole: blocks }
    },
  }
}

/** Sums must know what a group sent whole no longer has. */
function replacedBy(group: Group, blocks: readonly Entry[]): Hash[] {
  const kept = new Set(blocks.filter((entry) => typeof entry === 'number'))
  return group.hashes.filter((_, at) => !kept.has(at))
}

function readCells(head: PatchHead, toldOf: (node: number, kind: string, period: string) => Told): void {
  for (const [kind, period, column, nodes, counts, rows, values] of head.cells) {
    if (nodes.length !== counts.length || rows.length !== values.length)
      throw new SunhallError(
        'E-FORMAT',
        `Expected as many rows as values in the cells of ${kind}; fetch the patch again`,
      )
    let at = 0
    numbersOf(nodes).forEach((node, index) => {
      const count = counts[index] ?? 0
      const own = toldOf(node, kind, period)
      for (const row of numbersOf(rows.slice(at, at + count))) own.cells.push([column, row, values[at++]])
    })
    if (at !== values.length)
      throw new SunhallError('E-FORMAT', `Expected ${at} cells of ${kind}, got ${values.length}; fetch the patch again`)
  }
}

/** Which rows an edit touches, before its values are known. */
function shapeOf(told: Told | undefined): Edit {
  const edit = noEdit()
  for (const [column, row] of told?.cells ?? []) setCell(edit, column, row, null)
  return { ...edit, removed: new Set(told?.removed), inserted: told?.inserted ?? [] }
}

function editOf(told: Told | undefined, foretold: Foretold): Edit {
  const edit = noEdit()
  for (const [column, row, value] of told?.cells ?? []) {
    const isStep = isStepped(foretold.kind, column)
    setCell(edit, column, row, isStep ? stepped(foretold.cell(column, row), value) : value)
  }
  return { ...edit, removed: new Set(told?.removed), inserted: told?.inserted ?? [] }
}

/** True for columns whose cells are told as steps. */
export function isStepped(kind: Kind, name: string): boolean {
  const column = columnsOf(kind).find(([each]) => each === name)?.[1]
  return column?.type === 'integer' && !column.nullable
}

function stepped(was: unknown, step: unknown): number {
  if (typeof was === 'number' && typeof step === 'number') return was + step
  throw new SunhallError('E-FORMAT', `Expected a step of a whole number, got ${typeof step}; fetch the patch again`)
}

function wholeGroups({ head, blocks }: PatchFile): Map<string, Entry[]> {
  const rest = blocks.values()
  return new Map(
    head.whole.map(([kind, period, node, entries]) => {
      const made = entries.map((entry): Entry => {
        if (typeof entry === 'number') return entry
        const bytes = rest.next().value
        if (bytes === undefined) throw new SunhallError('E-LENGTH', 'Expected a block for each entry, got fewer')
        return { rows: entry[0], bytes: new Uint8Array(bytes) }
      })
      return [keyOf({ node, kind: kindNamed(kind), period }), made]
    }),
  )
}

function rowsIn(kind: Kind, block: unknown): Row[] {
  if (block === null) return []
  const rows: readonly Rows[Kind][] = decodeBlock(kind, new TextEncoder().encode(JSON.stringify(block)))
  return rows as unknown as Row[]
}

function kindNamed(kind: string): Kind {
  if (isKind(kind)) return kind
  throw new SunhallError('E-FORMAT', `Expected a kind of block that this program knows, got ${kind}; update it`)
}

function keyOf({ node, kind, period }: GroupPlace): string {
  return `${node} ${kind} ${period}`
}

function placeOf(key: string): GroupPlace {
  const [node = '', kind = '', period = ''] = key.split(' ')
  return { node: Number(node), kind: kindNamed(kind), period }
}
