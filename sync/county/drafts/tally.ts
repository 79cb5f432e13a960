// Counts a difference up: by kind, by fund, by village, the largest changes of money, and what changed in disclosure.
import type { Difference, RowChange } from '../../contract/console/drafts.ts'
import type { FundRow } from '../../contract/rows.ts'
import { COUNTY } from '../../contract/tree.ts'
import { rulesOf } from '../disclosure/rule-versions.ts'
import type { Group } from './difference.ts'
import type { KeptRelease } from './kept.ts'
import type { RowPair } from './row-difference.ts'

/** Changes of money that are named, largest first. */
const LARGEST = 100

interface Counts {
  added: number
  changed: number
  removed: number
}
type Disclosure = Difference['disclosure'][number]
/** Rows that appear and disappear, by name and masked. */
type FundRows = Pick<Disclosure, 'openAdded' | 'openRemoved' | 'maskedAdded' | 'maskedRemoved'>

export class Tally {
  readonly #old: KeptRelease | null
  readonly #fresh: KeptRelease
  readonly #kinds = new Map<string, Counts>()
  readonly #funds = new Map<string, Counts>()
  readonly #villages = new Map<string, Counts & { township: string }>()
  /** Fund → rows that appear and disappear. */
  readonly #rows = new Map<string, FundRows>()
  /** Fund → village → the same. */
  readonly #villageRows = new Map<string, Map<string, FundRows>>()
  readonly #names: ReadonlyMap<string, string>
  #largest: RowChange[] = []

  constructor(old: KeptRelease | null, fresh: KeptRelease) {
    this.#old = old
    this.#fresh = fresh
    const places = [old, fresh].flatMap((release) => release?.rowsOf('places', COUNTY, '') ?? [])
    this.#names = new Map(places.map(({ code, name }) => [code, name]))
  }

  /** Name of a place; its code where it has none. */
  placeName(code: string): string {
    return this.#names.get(code) ?? (code === COUNTY ? '会同县' : code)
  }

  count({ kind, part, village }: Group, pair: RowPair, change: RowChange): void {
    counted(this.#kinds, kind, change)
    if (kind === 'payments' || kind === 'masked') this.#fund(kind, village, pair, change)
    if (village !== '') counted(this.#villages, village, change, { township: part })
    if (change.money === 0) return
    this.#largest.push(change)
    if (this.#largest.length >= LARGEST * 20) this.#largest = largest(this.#largest)
  }

  finish(listed: ReadonlyMap<string, number>): Difference {
    const old = sumsOf(this.#old, new Set(this.#townships()))
    const fresh = sumsOf(this.#fresh, new Set(this.#townships()))
    const funds = new Map(this.#catalogue(this.#fresh))
    for (const [code, fund] of this.#catalogue(this.#old)) if (!funds.has(code)) funds.set(code, fund)
    return {
      kinds: [...this.#kinds].map(([kind, counts]) => ({ kind, ...counts, listed: listed.get(kind) ?? 0 })),
      funds: [...this.#funds]
        .map(([fund, counts]) => ({
          fund,
          name: funds.get(fund)?.name ?? fund,
          ...counts,
          before: old.funds.get(fund) ?? 0,
          after: fresh.funds.get(fund) ?? 0,
        }))
        .sort(byMoney),
      villages: [...this.#villages]
        .map(([village, { township, ...counts }]) => ({
          village,
          name: this.placeName(village),
          township: this.placeName(township),
          ...counts,
          before: old.villages.get(village) ?? 0,
          after: fresh.villages.get(village) ?? 0,
        }))
        .sort(byMoney),
      largest: largest(this.#largest),
      disclosure: this.#disclosure(),
      rules: rulesOf([...this.#catalogue(this.#fresh).values()]),
    }
  }

  #fund(kind: 'payments' | 'masked', village: string, { before, after }: RowPair, change: RowChange): void {
    const fund = String((after ?? before)?.fund)
    counted(this.#funds, fund, change)
    const villages = this.#villageRows.get(fund) ?? new Map<string, FundRows>()
    this.#villageRows.set(fund, villages)
    for (const [map, key] of [
      [this.#rows, fund],
      [villages, village],
    ] as const) {
      const rows = map.get(key) ?? { ...NO_ROWS }
      map.set(key, rows)
      if (change.change === 'added') rows[kind === 'masked' ? 'maskedAdded' : 'openAdded'] += 1
      if (change.change === 'removed') rows[kind === 'masked' ? 'maskedRemoved' : 'openRemoved'] += 1
    }
  }

  #townships(): string[] {
    return [...this.#villages.values()].map(({ township }) => township)
  }

  #catalogue(release: KeptRelease | null): Map<string, FundRow> {
    return new Map((release?.rowsOf('catalogue', COUNTY, '') ?? []).map((fund) => [fund.code, fund]))
  }

  /** Funds that are new or disclosed in another way than in what is public. */
  #disclosure(): Disclosure[] {
    const old = this.#catalogue(this.#old)
    const fresh = this.#catalogue(this.#fresh)
    return [...new Set([...old.keys(), ...fresh.keys()])].sort().flatMap((code) => {
      const [before, after] = [old.get(code), fresh.get(code)]
      // In a first release every fund is new: only those that hide something are worth a look.
      if (this.#old === null && disclosureOf(after) === 'open') return []
      if (disclosureOf(before) === disclosureOf(after)) return []
      return [
        {
          fund: code,
          name: (after ?? before)?.name ?? code,
          before: disclosureOf(before),
          after: disclosureOf(after),
          reason: after?.maskReason ?? '',
          ...(this.#rows.get(code) ?? NO_ROWS),
          villages: this.#villagesOf(code, before, after),
        },
      ]
    })
  }

  /** How a fund's rows stood and will stand in each village where rows come or go. */
  #villagesOf(fund: string, before: FundRow | undefined, after: FundRow | undefined): Disclosure['villages'] {
    const villages = [...(this.#villageRows.get(fund) ?? new Map<string, FundRows>())]
    return villages.map(([village, rows]) => ({
      village,
      name: this.placeName(village),
      before: rows.openRemoved > 0 ? 'open' : rows.maskedRemoved > 0 ? 'masked' : hidden(before),
      after: rows.openAdded > 0 ? 'open' : rows.maskedAdded > 0 ? 'masked' : hidden(after),
    }))
  }
}

const NO_ROWS: FundRows = { openAdded: 0, openRemoved: 0, maskedAdded: 0, maskedRemoved: 0 }

/** What a village shows of a fund without rows: at most a part of a total, nothing of a fund that isn't there. */
function hidden(fund: FundRow | undefined): 'none' | 'totals' {
  return fund === undefined ? 'none' : 'totals'
}

function disclosureOf(fund: FundRow | undefined): Disclosure['before'] {
  if (fund === undefined) return 'none'
  return fund.tier === 'A' ? 'totals' : fund.masked ? 'masked' : 'open'
}

function counted<T extends object>(
  all: Map<string, Counts & T>,
  key: string,
  { change }: RowChange,
  ...rest: object extends T ? [] : [T]
): void {
  const counts = all.get(key) ?? { added: 0, changed: 0, removed: 0, ...(rest[0] as T) }
  counts[change] += 1
  all.set(key, counts)
}

function largest(changes: readonly RowChange[]): RowChange[] {
  return changes.toSorted((a, b) => Math.abs(b.money) - Math.abs(a.money)).slice(0, LARGEST)
}

function byMoney(a: { before: number; after: number }, b: { before: number; after: number }): number {
  return Math.abs(b.after - b.before) - Math.abs(a.after - a.before)
}

/** Fen by fund (open payments of the whole county and the totals of masked funds), and by village of the given townships. */
function sumsOf(
  release: KeptRelease | null,
  townships: ReadonlySet<string>,
): { funds: Map<string, number>; villages: Map<string, number> } {
  const funds = new Map<string, number>()
  const villages = new Map<string, number>()
  if (release === null) return { funds, villages }
  const add = (sums: Map<string, number>, key: string, fen: number) => sums.set(key, (sums.get(key) ?? 0) + fen)
  for (const row of release.rowsOf('rollup', COUNTY, ''))
    if (row.place === COUNTY && row.month === '') add(funds, row.fund, row.amount)
  for (const { fund, amount } of release.rowsOf('masked-totals', COUNTY, '')) add(funds, fund, amount)
  for (const township of townships)
    for (const row of release.rowsOf('rollup', township, '')) if (row.month === '') add(villages, row.place, row.amount)
  return { funds, villages }
}
