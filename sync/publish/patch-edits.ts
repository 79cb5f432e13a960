// Finds the edits that lead from the blocks of an earlier release to those of a new one, in the walk that terminals take.
import { SunhallError } from '../contract/errors.ts'
import { MAX_BLOCK_ROWS } from '../contract/limits.ts'
import type { PatchHead } from '../contract/patch.ts'
import type { Hash, Kind, Rows } from '../contract/rows.ts'
import type { BlockLeaf } from '../contract/tree.ts'
import { canonicalJson } from '../core/canonical.ts'
import { decodeBlock, encodeBlock } from '../core/codec.ts'
import type { Foretold } from '../core/foretold.ts'
import { gapsOf } from '../core/gaps.ts'
import { type Edit, type Entry, type Group, isEmpty, noEdit, orderOf, type Row, setCell } from '../core/group.ts'
import type { Change, EditSource, GroupPlace } from '../core/patch-apply.ts'
import { isStepped } from '../core/patch-read.ts'
import { columnsOf } from '../core/schema.ts'
import type { BuiltBlock } from './prove.ts'

type Leaf = Pick<BuiltBlock, 'leaf' | 'bytes'>

/** Blocks of one village node before and after. */
export interface NodeChange {
  before: readonly BlockLeaf[]
  after: readonly Leaf[]
}
/** A cell that changes may cost this many raw bytes, and a row that comes this many; over what the blocks cost, they travel whole. */
const CELL_BYTES = 8
const ROW_BYTES = 60

type Cell = [node: number, row: number, value: unknown]

/** Edits as they are found, and in the end the lists of a patch's head. */
export class FoundEdits implements EditSource {
  readonly #nodes: readonly NodeChange[]
  readonly #cells = new Map<string, { place: GroupPlace; column: string; cells: Cell[] }>()
  readonly #groups = new Map<number, readonly GroupPlace[]>()
  readonly #rows: PatchHead['rows'] = []
  readonly #whole: PatchHead['whole'] = []
  readonly blocks: Uint8Array[] = []

  constructor(nodes: readonly NodeChange[]) {
    this.#nodes = nodes
  }

  groups(node: number): readonly GroupPlace[] {
    const known = this.#groups.get(node)
    if (known !== undefined) return known
    const { before, after } = this.#node(node)
    const now = after.map(({ leaf }) => leaf)
    const places = new Map(
      [...before, ...now].map(([kind, period]) => [`${kind} ${period}`, { node, kind, period } satisfies GroupPlace]),
    )
    const changed = [...places.values()].filter((place) => hashesOf(place, before) !== hashesOf(place, now))
    this.#groups.set(node, changed)
    return changed
  }

  needs(_place: GroupPlace, group: Group): readonly Hash[] {
    return group.hashes
  }

  change(place: GroupPlace, foretold: Foretold): Change {
    const after = leavesOf(place, this.#node(place.node).after)
    const rows = after.flatMap(({ bytes }) => decodeBlock(place.kind, bytes) as unknown as Row[])
    const edit = editBetween(place.kind, foretold.rows(), rows)
    const whole = after.reduce((sum, { bytes }) => sum + bytes.length, 0)
    const fits = costOf(edit) < whole / 2 && edit.inserted.length <= MAX_BLOCK_ROWS
    if (fits && leads(foretold, edit, after)) {
      this.#tell(place, foretold, edit)
      return { edit }
    }
    return { whole: this.#send(place, foretold.group, after) }
  }

  /** The lists in the order that makes equal changes give equal bytes. */
  get head(): Pick<PatchHead, 'cells' | 'rows' | 'whole'> {
    const cells = [...this.#cells].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, found]) => cellList(found))
    return { cells, rows: [...this.#rows].sort(byGroup), whole: this.#whole }
  }

  #node(node: number): NodeChange {
    const change = this.#nodes[node]
    if (change !== undefined) return change
    throw new SunhallError('E-STATE', `Expected a node below ${this.#nodes.length}, got ${node}`)
  }

  #tell(place: GroupPlace, foretold: Foretold, edit: Edit): void {
    const { node, kind, period } = place
    for (const [column, of] of edit.cells) {
      const key = `${kind} ${period} ${column}`
      const found = this.#cells.get(key) ?? { place, column, cells: [] }
      this.#cells.set(key, found)
      for (const [row, value] of of) {
        const told = isStepped(kind, column) ? Number(value) - Number(foretold.cell(column, row)) : value
        found.cells.push([node, row, told])
      }
    }
    if (edit.removed.size === 0 && edit.inserted.length === 0) return
    const inserted = edit.inserted.length === 0 ? null : blockOf(kind, edit.inserted)
    this.#rows.push([kind, period, node, gapsOf([...edit.removed].sort((a, b) => a - b)), inserted])
  }

  #send({ node, kind, period }: GroupPlace, group: Group, after: readonly Leaf[]): Entry[] {
    const known = new Map(group.hashes.map((hash, at) => [hash, at]))
    const entries = after.map(
      ({ leaf, bytes }): Entry => known.get(leaf[4]) ?? { rows: leaf[3], bytes: new Uint8Array(bytes) },
    )
    for (const entry of entries) if (typeof entry !== 'number') this.blocks.push(entry.bytes)
    const told = entries.map((entry) =>
      typeof entry === 'number' ? entry : ([entry.rows, entry.bytes.length] as [number, number]),
    )
    this.#whole.push([kind, period, node, told])
    return entries
  }
}

/** True where an edit gives the very blocks that were built: a group cut by bytes and not by rows doesn't. */
function leads(foretold: Foretold, edit: Edit, after: readonly Leaf[]): boolean {
  const entries = foretold.apply(edit)
  if (entries.length !== after.length) return false
  return entries.every((entry, at) => {
    const bytes = typeof entry === 'number' ? foretold.group.bytes(entry) : entry.bytes
    return Buffer.compare(bytes, after[at]?.bytes ?? new Uint8Array()) === 0
  })
}

function costOf({ cells, removed, inserted }: Edit): number {
  const changed = [...cells.values()].reduce((sum, of) => sum + of.size, 0)
  return changed * CELL_BYTES + removed.size * 2 + inserted.length * ROW_BYTES
}

/** Cells where as many rows stand in the same order, else the rows that go and come. */
function editBetween(kind: Kind, before: readonly Row[], after: readonly Row[]): Edit {
  const columns = columnsOf(kind).map(([name]) => name)
  const edit = noEdit()
  if (before.length === after.length) {
    for (const column of columns) {
      before.forEach((row, at) => {
        const now = after[at]?.[column]
        if (!isSame(row[column], now)) setCell(edit, column, at, now)
      })
    }
    const changed = [...edit.cells.values()].reduce((sum, of) => sum + of.size, 0)
    if (changed < (before.length * columns.length) / 4) return edit
  }
  const moved = merge(kind, before, after)
  return isEmpty(edit) || costOf(moved) < costOf(edit) ? moved : edit
}

/** Both lists are in canonical order: one pass tells what only one of them has. */
function merge(kind: Kind, before: readonly Row[], after: readonly Row[]): Edit {
  const order = orderOf(kind)
  const edit = noEdit()
  let at = 0
  for (const row of after) {
    let compared = at < before.length ? order(before[at] ?? row, row) : 1
    while (compared < 0) {
      edit.removed.add(at++)
      compared = at < before.length ? order(before[at] ?? row, row) : 1
    }
    if (compared === 0) at++
    else edit.inserted.push(row)
  }
  while (at < before.length) edit.removed.add(at++)
  return edit
}

function isSame(a: unknown, b: unknown): boolean {
  if (a === b) return true
  return typeof a === 'object' && typeof b === 'object' && canonicalJson(a) === canonicalJson(b)
}

function cellList({
  place,
  column,
  cells,
}: {
  place: GroupPlace
  column: string
  cells: Cell[]
}): PatchHead['cells'][number] {
  cells.sort((a, b) => a[0] - b[0] || a[1] - b[1])
  const byNode = Map.groupBy(cells, ([node]) => node)
  const counts = [...byNode.values()].map((of) => of.length)
  const rows = [...byNode.values()].flatMap((of) => gapsOf(of.map(([, row]) => row)))
  return [place.kind, place.period, column, gapsOf([...byNode.keys()]), counts, rows, cells.map(([, , value]) => value)]
}

function byGroup(a: PatchHead['rows'][number], b: PatchHead['rows'][number]): number {
  const [left, right] = [`${a[0]} ${a[1]}`, `${b[0]} ${b[1]}`]
  return left < right ? -1 : left > right ? 1 : a[2] - b[2]
}

function blockOf(kind: Kind, rows: readonly Row[]): unknown {
  return JSON.parse(new TextDecoder().decode(encodeBlock(kind, rows as unknown as Rows[Kind][])))
}

function leavesOf(place: GroupPlace, leaves: readonly Leaf[]): Leaf[] {
  return leaves.filter(({ leaf }) => isOf(place, leaf)).sort((a, b) => a.leaf[2] - b.leaf[2])
}

function hashesOf(place: GroupPlace, leaves: readonly BlockLeaf[]): string {
  const own = leaves.filter((leaf) => isOf(place, leaf)).sort((a, b) => a[2] - b[2])
  return own.map((leaf) => leaf[4]).join()
}

function isOf({ kind, period }: GroupPlace, leaf: BlockLeaf): boolean {
  return leaf[0] === kind && leaf[1] === period
}
