// What a bench has measured, in the form that `--json` writes. Figures are to be read: nothing fails on one, since a
// shared machine is no place for a timed test.

export type Durability = 'strict' | 'relaxed'
export const UNITS = [
  'ms',
  's',
  'MB',
  'kB',
  'B',
  'frames',
  'requests',
  'requests/s',
  'rows',
  'rows/s',
  'count',
  '×',
] as const
export type Unit = (typeof UNITS)[number]

/** Median, least and greatest of the runs; of one run all three are the same. */
export interface Result {
  /** 'ours', or what it is measured beside: 'raw', 'dexie', 'rxdb', 'pouchdb', 'nginx', 'sqlite', 'limit'. */
  engine: string
  metric: string
  durability: Durability
  /** Payment rows of the county that it was measured on. */
  rows: number
  unit: Unit
  median: number
  min: number
  max: number
}

/** The smallest value that at least this part of them doesn't exceed; 0 of none. */
export function quantile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil(sorted.length * part) - 1)] ?? 0
}

export const median = (values: readonly number[]): number => quantile(values, 0.5)

export interface Subject {
  engine: string
  durability: Durability
  rows: number
}
/** One value a run, by what was measured. */
export type Runs = Map<string, { unit: Unit; values: number[] }>

export function note(runs: Runs, metric: string, value: number, unit: Unit): void {
  const known = runs.get(metric)
  if (known === undefined) runs.set(metric, { unit, values: [value] })
  else known.values.push(value)
}

export function resultsOf({ engine, durability, rows }: Subject, runs: Runs): Result[] {
  return [...runs].map(([metric, { unit, values }]) => ({
    engine,
    metric,
    durability,
    rows,
    unit,
    median: median(values),
    min: Math.min(...values),
    max: Math.max(...values),
  }))
}

/** Notes of one run as results: what takes over a minute is measured once. */
export function onceOf(
  subject: Subject,
  measured: readonly (readonly [metric: string, value: number, unit: Unit])[],
): Result[] {
  const runs: Runs = new Map()
  for (const [metric, value, unit] of measured) note(runs, metric, value, unit)
  return resultsOf(subject, runs)
}
