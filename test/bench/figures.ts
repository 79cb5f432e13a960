// A measured line and the table of them, in the form of the design's "Budgets". Nothing here fails on a slow machine:
// these are figures to be read, not tests.

export interface BenchLine {
  what: string
  value: number
  unit: string
  /** At most; null where the design sets none, or the county isn't of full size. */
  budget: number | null
  /** For another store on the same rows: how many times as long as our own load it takes. */
  ratio?: number
  /** What the ratio must reach at least. */
  leastRatio?: number
}

/** Makes lines whose budgets hold only for a county of full size. */
export type LineOf = (what: string, value: number, unit: string, budget?: number | null) => BenchLine

export function lineMaker(scale: number): LineOf {
  return (what, value, unit, budget = null) => ({ what, value, unit, budget: scale === 1 ? budget : null })
}

/** The smallest value that at least this part of them doesn't exceed; 0 of none. */
export function quantile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil(sorted.length * part) - 1)] ?? 0
}

export const median = (values: readonly number[]): number => quantile(values, 0.5)

/** 'ok', or by how many times it is over; '' without a budget. */
export function verdictOf({ value, budget, ratio, leastRatio }: BenchLine): string {
  if (ratio !== undefined && leastRatio !== undefined)
    return ratio >= leastRatio ? 'ok' : `over ${(leastRatio / ratio).toFixed(1)}×`
  if (budget === null) return ''
  if (value <= budget) return 'ok'
  return budget === 0 ? 'over' : `over ${(value / budget).toFixed(1)}×`
}

/** Says on standard error what is being measured: a whole run takes minutes. */
export function say(what: string): void {
  process.stderr.write(`${new Date().toISOString().slice(11, 19)} ${what}\n`)
}

const COLUMNS = ['what', 'value', 'unit', 'budget', 'ratio', ''] as const

export function tableOf(lines: readonly BenchLine[]): string {
  const number = (value: number): string =>
    value.toLocaleString('en', { maximumFractionDigits: value >= 100 ? 0 : value >= 10 ? 1 : 2 })
  const cells = lines.map((line) => [
    line.what,
    number(line.value),
    line.unit,
    line.leastRatio !== undefined ? `≥ ${line.leastRatio}×` : line.budget === null ? '' : number(line.budget),
    line.ratio === undefined ? '' : `${number(line.ratio)}×`,
    verdictOf(line),
  ])
  const widths = COLUMNS.map((name, at) => Math.max(name.length, ...cells.map((row) => row[at]?.length ?? 0)))
  const isNumber = (at: number): boolean => at === 1 || at === 3 || at === 4
  const shown = (row: readonly string[]): string =>
    row.map((cell, at) => (isNumber(at) ? cell.padStart(widths[at] ?? 0) : cell.padEnd(widths[at] ?? 0))).join('  ')
  return [shown(COLUMNS), ...cells.map(shown)].map((row) => row.trimEnd()).join('\n')
}
