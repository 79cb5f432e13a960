// The releases that a bench of stores goes through, and the same rows as a row store would keep them.
import { join } from 'node:path'
import type { ReleaseRecord } from '../../../sync/contract/release.ts'
import { publishRelease } from '../../../sync/publish/publish.ts'
import { makeRoot } from '../../../sync/publish/tuf.ts'
import { fakeKeys } from '../../county/fake-county.ts'
import type { ArraySource } from '../../county/small-source.ts'
import { CORRECTION_ROWS, type Correction, inventedCounty, sizeOf } from '../invented-county.ts'
import { peopleKey, rowId, type StoreRow } from './row.ts'

export const OWN = '431225100'
/** One release more: what is corrected since the one before it, and which engines' table it belongs to. */
export interface Step {
  number: number
  metric: string
  correction: Correction | null
}

/** A county of about that many rows, in any of its releases. */
export interface BenchCounty {
  rows: number
  villages: readonly string[]
  /** Rows of a village, by village. */
  sizes: readonly number[]
  source(corrections: readonly Correction[]): ArraySource
}

export function benchCounty(rows: number): BenchCounty {
  const { scale, count } = sizeOf(rows)
  const source = (corrections: readonly Correction[]): ArraySource => inventedCounty(scale, corrections, count)
  const villages = villagesOf(source([]))
  const sizes = villages.map((village) => source([]).villageRows(village).payments.length)
  return { rows: sizes.reduce((sum, each) => sum + each, 0), villages, sizes, source }
}

const villagesOf = (source: ArraySource): string[] =>
  source.townships().flatMap((township) => source.villages(township))

/** 0.1, 1 and 10 per cent of the rows: clustered in as few villages as hold them, and scattered over all. */
export function shareSteps(county: BenchCounty): Step[] {
  const steps = [0.1, 1, 10].flatMap((percent) => {
    const rows = Math.round((county.rows * percent) / 100)
    return [
      { metric: `delta ${percent} %, clustered`, correction: { rows, villages: fewest(county, rows), month: null } },
      { metric: `delta ${percent} %, scattered`, correction: { rows, villages: county.villages, month: null } },
    ]
  })
  return steps.map((step, at) => ({ ...step, number: 2 + at }))
}

function fewest({ villages, sizes }: BenchCounty, rows: number): string[] {
  let held = 0
  return villages.filter((_village, at) => {
    const isNeeded = held < rows
    held += sizes[at] ?? 0
    return isNeeded
  })
}

/** The corrections of 1,000 rows that the design's budgets speak of; ours alone. `from`: number of the first. */
export function budgetSteps({ villages }: BenchCounty, from: number): Step[] {
  const own = villages.filter((village) => village.startsWith(OWN))
  const rows = CORRECTION_ROWS
  const of = `delta of ${rows.toLocaleString('en')} rows`
  const month = '2026-06'
  return [
    { metric: `${of}: one township, one month`, correction: { rows, villages: own, month } },
    { metric: `${of}: one township, any month`, correction: { rows, villages: own, month: null } },
    { metric: `${of}: all villages, one month`, correction: { rows, villages, month } },
    { metric: `${of}: all villages, any month`, correction: { rows, villages, month: null } },
  ].map((step, at) => ({ ...step, number: from + at }))
}

/** Corrections up to a release, in order. */
export function correctionsUpTo(steps: readonly Step[], number: number): Correction[] {
  return steps.flatMap((step) => (step.number <= number && step.correction !== null ? [step.correction] : []))
}

/** Publishes release 1 and then each step into `folder`/dist. */
export async function publishSteps(
  folder: string,
  county: BenchCounty,
  steps: readonly Step[],
): Promise<ReleaseRecord[]> {
  const keys = fakeKeys()
  const now = new Date(Date.now() - 60_000)
  const signing = { root: makeRoot(keys, { sample: true, now }), release: keys.release, timestamp: keys.timestamp }
  const records: ReleaseRecord[] = []
  for (const number of [1, ...steps.map((step) => step.number)]) {
    const source = county.source(correctionsUpTo(steps, number))
    const previous = records.at(-1) ?? null
    const { record } = await publishRelease({
      dist: join(folder, 'dist'),
      keys: signing,
      now,
      source,
      number,
      previous,
    })
    records.push(record)
  }
  return records
}

/** Rows of a village as of a release. */
export function rowsOf(county: BenchCounty, corrections: readonly Correction[], village: string): StoreRow[] {
  const at = county.villages.indexOf(village)
  const { people, payments } = county.source(corrections).villageRows(village)
  return payments.map((row, place) => ({
    ...row,
    id: rowId(at, place),
    person: peopleKey(at, row.person),
    household: peopleKey(at, people[row.person]?.household ?? row.person),
    village: at,
  }))
}

/** All rows that a release changed. */
export function changedRows(county: BenchCounty, steps: readonly Step[], number: number): StoreRow[] {
  const { correction } = steps.find((step) => step.number === number) ?? { correction: null }
  return (correction?.villages ?? []).flatMap((village) => {
    const before = rowsOf(county, correctionsUpTo(steps, number - 1), village)
    return rowsOf(county, correctionsUpTo(steps, number), village).filter(
      (row, at) => row.amount !== before[at]?.amount,
    )
  })
}
