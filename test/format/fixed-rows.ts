// Rows of every kind that are the same each time, made from the schema so that each column form is met. Not drawn by a
// library: golden hashes of today's program must stand whatever version a test's tools have.
import type { Kind, Rows } from '../../sync/contract/rows.ts'
import { canonicalOrder } from '../../sync/core/order.ts'
import { type Column, columnsOf } from '../../sync/core/schema.ts'

const ROWS = 60
/** How a column goes on from row to row; which one, its place in the kind says. */
const PATTERNS: readonly ((row: number) => number)[] = [
  () => 1,
  (row) => row,
  (row) => row % 3,
  (row) => Math.floor(row / 20),
  (row) => (row * 7_919) % 1_013,
  (row) => (row % 29 === 0 ? 5 : 2),
]

export function fixedRows<K extends Kind>(kind: K): Rows[K][] {
  const rows = Array.from({ length: ROWS }, (_, row) => {
    const cells: Record<string, unknown> = {}
    columnsOf(kind).forEach(([name, column], at) => {
      const pattern = PATTERNS[at % PATTERNS.length] ?? Number
      // What an earlier column mostly tells, this one mostly repeats.
      const isTold = column.like !== undefined && row % 11 > 0
      cells[name] = isTold ? cells[column.like ?? ''] : cellOf(name, column, pattern(row))
    })
    return cells
  })
  return (rows as unknown as Rows[K][]).sort(canonicalOrder(kind))
}

function cellOf(name: string, column: Column<unknown>, number: number): unknown {
  if (column.nullable && number === 5) return null
  switch (column.type) {
    case 'text':
      return textOf(column, number)
    case 'day':
      return new Date(Date.UTC(2026, 0, 1 + (number % 300))).toISOString().slice(0, 10)
    case 'month':
      return `2026-${String(1 + (number % 12)).padStart(2, '0')}`
    case 'hash':
      return number.toString(16).padStart(64, '0')
    case 'integer':
      return number * 100
    case 'flag':
      return number % 2 === 0
    case 'texts':
      return Array.from({ length: number % 4 }, (_, at) => `文${at}`)
    case 'ascending':
      return Array.from({ length: number % 5 }, (_, at) => at * 3 + number)
    case 'json':
      return JSONS[name]?.slice(0, number % 3)
  }
}

/** By turns numbered, plain, and with what JSON escapes. */
function textOf({ values }: Column<unknown>, number: number): string {
  if (values !== undefined) return values[number % values.length] ?? ''
  const plain = [`JZ-${String(number).padStart(4, '0')}`, '会同县', '"引号"\\', '𠮷🙂\ud800', '']
  return number % 7 === 6 ? (plain[number % 5] ?? '') : (plain[0] ?? '')
}

const JSONS: Readonly<Record<string, readonly unknown[]>> = {
  goals: [
    { kind: 'quantity', name: '修渠', target: '2 公里', result: '2 公里', met: true },
    { kind: 'benefit', name: '灌溉', target: '', result: '', met: null },
  ],
  progress: [
    { date: '2026-03-01', percent: 12.5, note: '开工' },
    { date: '2026-05-01', percent: 100, note: '' },
  ],
  photos: [
    { stage: 'before', media: 'a'.repeat(64), date: null },
    { stage: 'after', media: 'b'.repeat(64), date: '2026-05-01' },
  ],
  problems: [
    { found: null, problem: '渗水', repair: '补', repaired: null },
    { found: '2026-05-02', problem: '', repair: '', repaired: '2026-06-01' },
  ],
  tags: [
    { dimension: '对象', values: ['农户', ''] },
    { dimension: '', values: [] },
  ],
}
