// The difference between what is public and a candidate: only blocks that differ are decoded, rows are paired, and the
// sums are taken from the releases' own. Kept as files beside the draft: `difference.json`, and `rows/<kind>.jsonl` for
// paging. Public rows only, as a terminal gets them: the office's private fields aren't in either side.
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, writeFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import {
  type Difference,
  difference,
  type RowChange,
  type RowsAnswer,
  rowChange,
} from '../../contract/console/drafts.ts'
import type { Kind, PlaceCode } from '../../contract/rows.ts'
import type { PlacedLeaf } from '../../core/tree.ts'
import { type KeptPlace, KeptRelease } from './kept.ts'
import { DERIVED, moneyOf, type PublicRow, pairRows, type RowPair } from './row-difference.ts'
import { Tally } from './tally.ts'

/** Rows of a kind that are listed for paging, at most; all are counted, and the preview shows all. */
export const LISTED_ROWS = 5_000

export interface Compared {
  before: KeptPlace | null
  after: KeptPlace
}

/** Compares and writes the files into `folder`. */
export function writeDifference(folder: string, { before, after }: Compared): Difference {
  const old = before === null ? null : new KeptRelease(before)
  const fresh = new KeptRelease(after)
  const tally = new Tally(old, fresh)
  const rows = new RowFiles(join(folder, 'rows'))
  try {
    for (const group of differing(old?.leaves ?? [], fresh.leaves)) {
      const pairs = pairRows(group.kind, old?.rows(group.kind, group.before) ?? [], fresh.rows(group.kind, group.after))
      const names = new Names(old, fresh, group)
      for (const pair of pairs) {
        const change = changeOf(group, pair, tally.placeName(group.village || group.part), names)
        tally.count(group, pair, change)
        rows.add(change)
      }
    }
  } finally {
    rows.close()
  }
  const found = tally.finish(rows.listed)
  writeFileSync(join(folder, 'difference.json'), JSON.stringify(found))
  return found
}

/** What was written when the draft was proposed; null where it isn't there. */
export function readDifference(folder: string): Difference | null {
  const file = join(folder, 'difference.json')
  return existsSync(file) ? difference.parse(JSON.parse(readFileSync(file, 'utf8'))) : null
}

/** A page of the listed rows of one kind. */
export function readRows(folder: string, kind: string, offset: number, limit: number): RowsAnswer {
  const file = join(folder, 'rows', `${kind}.jsonl`)
  if (!/^[a-z-]+$/.test(kind) || !existsSync(file)) return { total: 0, rows: [] }
  const lines = readFileSync(file, 'utf8').split('\n').slice(0, -1)
  const page = lines.slice(offset, offset + limit)
  return { total: lines.length, rows: page.map((line) => rowChange.parse(JSON.parse(line))) }
}

/** Leaves of one kind and place that only one of the two releases has. */
export interface Group {
  kind: Kind
  part: PlaceCode
  village: string
  before: PlacedLeaf[]
  after: PlacedLeaf[]
}

/** Part by part, so that each pack is read once. */
function differing(old: readonly PlacedLeaf[], fresh: readonly PlacedLeaf[]): Group[] {
  const known = new Set(old.map(({ leaf }) => leaf[4]))
  const wanted = new Set(fresh.map(({ leaf }) => leaf[4]))
  const groups = new Map<string, Group>()
  const put = (placed: PlacedLeaf, side: 'before' | 'after'): void => {
    const { part, village, leaf } = placed
    if (DERIVED.has(leaf[0])) return
    const key = `${part} ${village} ${leaf[0]}`
    const group = groups.get(key) ?? { kind: leaf[0], part, village, before: [], after: [] }
    groups.set(key, group)
    group[side].push(placed)
  }
  for (const placed of old) if (!wanted.has(placed.leaf[4])) put(placed, 'before')
  for (const placed of fresh) if (!known.has(placed.leaf[4])) put(placed, 'after')
  return [...groups].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, group]) => group)
}

/** Names of the people whom payments know by number. */
class Names {
  readonly #before: ReadonlyMap<unknown, string>
  readonly #after: ReadonlyMap<unknown, string>

  constructor(old: KeptRelease | null, fresh: KeptRelease, { kind, part, village }: Group) {
    const of = (release: KeptRelease | null): Map<unknown, string> =>
      new Map(
        kind !== 'payments'
          ? []
          : (release?.rowsOf('people', part, village) ?? []).map((one) => [one.number, one.name]),
      )
    this.#before = of(old)
    this.#after = of(fresh)
  }

  before(row: PublicRow | null): PublicRow | null {
    return named(row, this.#before)
  }

  after(row: PublicRow | null): PublicRow | null {
    return named(row, this.#after)
  }
}

function named(row: PublicRow | null, names: ReadonlyMap<unknown, string>): PublicRow | null {
  return row === null || names.size === 0 ? row : { payee: names.get(row.person) ?? '', ...row }
}

function changeOf({ kind }: Group, { before, after }: RowPair, place: string, names: Names): RowChange {
  return {
    change: before === null ? 'added' : after === null ? 'removed' : 'changed',
    kind,
    place,
    money: moneyOf(kind, after) - moneyOf(kind, before),
    before: names.before(before),
    after: names.after(after),
  }
}

/** Lists of rows as JSON lines, one file a kind, so that a county's first release doesn't have to fit into memory. */
class RowFiles {
  readonly listed = new Map<string, number>()
  readonly #folder: string
  readonly #files = new Map<string, number>()

  constructor(folder: string) {
    this.#folder = folder
    mkdirSync(folder, { recursive: true })
  }

  add(change: RowChange): void {
    const count = this.listed.get(change.kind) ?? 0
    if (count >= LISTED_ROWS) return
    this.listed.set(change.kind, count + 1)
    const file = this.#files.get(change.kind) ?? openSync(join(this.#folder, `${change.kind}.jsonl`), 'w')
    this.#files.set(change.kind, file)
    writeSync(file, `${JSON.stringify(change)}\n`)
  }

  close(): void {
    for (const file of this.#files.values()) closeSync(file)
  }
}
