// The tables that a bench prints: a line a metric, a column an engine and its durability, one table for each size.
import { budgetOf, verdictOf, wantedRatio } from './budgets.ts'
import type { Chapter } from './command.ts'
import type { Result } from './figures.ts'

const shown = (value: number): string =>
  value.toLocaleString('en', { maximumFractionDigits: value >= 100 ? 0 : value >= 10 ? 1 : 2 })

/** '12 (10–15)', or '12' where the runs agree. */
function cellOf({ median, min, max }: Result): string {
  const [middle, least, most] = [median, min, max].map(shown)
  return least === most ? `${middle}` : `${middle} (${least}–${most})`
}

const distinct = <T>(values: readonly T[]): T[] => [...new Set(values)]
const columnOf = ({ engine, durability }: Result): string => `${engine} ${durability}`

function aligned(lines: readonly (readonly string[])[]): string {
  const widths = (lines[0] ?? []).map((_cell, at) => Math.max(...lines.map((line) => line[at]?.length ?? 0)))
  return lines
    .map((line) =>
      line
        .map((cell, at) => (at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

/** All that a chapter measured. */
export function tablesOf(chapter: Chapter, results: readonly Result[]): string {
  return distinct(results.map(({ rows }) => rows))
    .map((rows) => {
      const these = results.filter((each) => each.rows === rows)
      return [`${chapter}, ${rows.toLocaleString('en')} payment rows`, tableOf(chapter, these), ratioOf(these)]
        .filter((text) => text !== '')
        .join('\n')
    })
    .join('\n\n')
}

function tableOf(chapter: Chapter, results: readonly Result[]): string {
  const columns = distinct(results.map(columnOf))
  const budgets = results
    .map((each) => [each.metric, budgetOf(chapter, each)] as const)
    .filter(([, budget]) => budget !== null)
  const budgetBy = new Map(budgets)
  const lines = distinct(results.map(({ metric, unit }) => `${metric}\n${unit}`)).map((key) => {
    const [metric = '', unit = ''] = key.split('\n')
    const these = results.filter((each) => each.metric === metric && each.unit === unit)
    const cells = columns.map((column) =>
      these
        .filter((each) => columnOf(each) === column)
        .map(cellOf)
        .join(', '),
    )
    if (budgetBy.size === 0) return [metric, unit, ...cells]
    const budget = budgetBy.get(metric) ?? null
    const own = these.find((each) => budgetOf(chapter, each) !== null)
    return [metric, unit, ...cells, budget === null ? '' : shown(budget), verdictOf(own?.median ?? 0, budget)]
  })
  const head = ['', '', ...columns, ...(budgetBy.size === 0 ? [] : ['budget', ''])]
  return aligned([head, ...lines])
}

/** How many times as long as ours each peer's load took, held against what the best of them is to take. */
function ratioOf(results: readonly Result[]): string {
  const loads = results.filter(({ metric }) => metric === 'load')
  return distinct(loads.map(({ durability }) => durability))
    .map((durability) => {
      const these = loads.filter((each) => each.durability === durability)
      const own = these.find(({ engine }) => engine === 'ours')
      const peers = these.filter(({ engine }) => engine !== 'ours').sort((a, b) => a.median - b.median)
      const [best] = peers
      if (own === undefined || best === undefined) return ''
      const times = peers.map(({ engine, median }) => `${engine} ${shown(median / own.median)}×`).join(', ')
      const wanted = wantedRatio(own.rows)
      const verdict =
        wanted === null
          ? ''
          : `; the best peer is to take ${wanted}× (${best.median / own.median >= wanted ? 'reached' : 'not reached'})`
      return `load ${durability}, as many times as long as ours: ${times}${verdict}`
    })
    .filter((line) => line !== '')
    .join('\n')
}
