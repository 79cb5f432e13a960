// Reads one record into the values of a canonical row, or into the reason why it is refused.
import { type Reason, reasonOf, sayReason } from '../../contract/console/reasons.ts'
import { addressLeak, numberLeak } from '../disclosure/shapes.ts'
import { emptyValue, type FieldSpec } from '../fields/field.ts'
import { fieldsOf } from '../fields/tables.ts'
import type { Gazetteer } from '../people/gazetteer.ts'
import { type CellOptions, readCell, type Value } from '../readers/cell.ts'
import { type Reading, unreadable } from '../readers/reading.ts'
import type { TableName } from '../tables.ts'
import { fileError } from './file-error.ts'
import { columnLetters } from './grid.ts'
import { type Mapping, TOWNSHIP } from './mapping.ts'
import { Settler } from './settle.ts'

/** A canonical row by field, in the order of the table's fields. */
export type Row = Record<string, Value>
/** One cell that keeps a row out; `at` is its column from 0, null where the whole row is wrong or the file has no such column. */
export interface CellRefusal {
  at: number | null
  /** The column's heading, or the field's name; none where the whole row is wrong. */
  label?: string
  reason: Reason
}
export type RowReading = { ok: true; value: Row } | { ok: false; cells: readonly CellRefusal[] }
/** What the file itself says against some cells (`grid.ts`). */
export interface CellMarks {
  faults: ReadonlyMap<number, Reason> | null
  shared: ReadonlySet<number> | null
}
export type RowReader = (cells: readonly string[], marks?: CellMarks) => RowReading
export interface ReaderOptions {
  now: Date
  /** Township whose rows alone are taken; null for the whole county. */
  within?: string | null
  /** What the days of a workbook are counted from; null where the file doesn't say. */
  calendar?: '1900' | '1904' | null
}

/** Fields whose numbers are offices': they are compared with the approved list before signing, not refused by shape. */
const PHONE_FIELDS: readonly string[] = ['contactPhone', 'complaintPhone', 'officePhone']
/** Texts that name a person or a body: a home address in them is refused. */
const NAME_FIELDS: readonly string[] = [
  'payee',
  'household',
  'relation',
  'lessee',
  'counterpart',
  'handler',
  'approver',
]

/** '金额：应为……；请……': a cell's reason as the files of refused rows have it. */
export function sayRefusal({ label, reason }: CellRefusal): string {
  return `${label === undefined ? '' : `${label}：`}${sayReason(reason, 'zh')}`
}

/** A reader for the rows of one file; it names every cell that keeps a row out. */
export function rowReader(table: TableName, mapping: Mapping, gazetteer: Gazetteer, options: ReaderOptions): RowReader {
  const settler = new Settler(table, gazetteer, options.now, options.within)
  const sources = sourcesOf(table, mapping, options.calendar ?? null)
  checkConstants(sources, mapping, gazetteer)
  const township = mapping.columns.find((column) => column.field === TOWNSHIP)?.at
  const townshipConstant = mapping.constants.find((constant) => constant.field === TOWNSHIP)?.cell ?? ''
  return (cells, marks = NO_MARKS) => {
    const row: Row = {}
    const wrong: CellRefusal[] = []
    for (const at of mapping.blank)
      if ((cells[at] ?? '').trim() !== '')
        wrong.push({ at, label: columnLetters(at), reason: reasonOf('under-blank-heading', { got: cells[at] ?? '' }) })
    for (const source of sources) {
      const value = markOf(source, marks) ?? readSource(source, cells)
      if (value.ok) row[source.field] = value.value
      else wrong.push({ at: source.at, label: source.label, reason: value.reason })
    }
    if (wrong.length > 0) return { ok: false, cells: wrong }
    const settled = settler.settle(row, township === undefined ? townshipConstant : (cells[township] ?? ''))
    if (settled.ok) return settled
    const source = sources.find(({ field }) => field === settled.field)
    const label = source?.label ?? settled.field
    return { ok: false, cells: [{ at: source?.at ?? null, label, reason: settled.reason }] }
  }
}

const NO_MARKS: CellMarks = { faults: null, shared: null }

/** Why the file itself says that a cell can't be believed; null where it says nothing. */
function markOf({ at, spec }: Source, { faults, shared }: CellMarks): Reading<Value> | null {
  if (at === null) return null
  const fault = faults?.get(at)
  if (fault !== undefined) return { ok: false, reason: fault }
  // One figure for several rows is nobody's: read in each of them it would be paid several times over.
  if (shared?.has(at) && (spec.type === 'money' || spec.type === 'quantity')) return unreadable('merged-figure')
  return null
}

/** A constant that can't be read would refuse every row: the file is refused at once instead. */
function checkConstants(sources: readonly Source[], mapping: Mapping, gazetteer: Gazetteer): void {
  const township = mapping.constants.find((constant) => constant.field === TOWNSHIP)?.cell ?? ''
  for (const { field, cell } of mapping.constants) {
    const source = sources.find((candidate) => candidate.field === field)
    if (source === undefined) continue
    const value = readSource(source, [])
    const place =
      field === 'village' ? gazetteer.villageOf(cell, township) : field === 'fund' ? gazetteer.fundOf(cell) : value
    for (const reading of [value, place]) {
      if (!reading.ok)
        throw fileError('value-set', {
          name: field,
          field: source.label,
          got: cell,
          why: sayReason(reading.reason, 'zh'),
          english: sayReason(reading.reason, 'en').replace(/^Expected/, 'expected'),
        })
    }
  }
}

const LEAKS = {
  'id-number': 'looks-id',
  'bank-account': 'looks-account',
  phone: 'looks-phone',
  address: 'looks-address',
} as const

interface Source {
  field: string
  label: string
  spec: FieldSpec
  at: number | null
  cell: string
  options: CellOptions
  guarded: boolean
}

function sourcesOf(table: TableName, mapping: Mapping, calendar: '1900' | '1904' | null): Source[] {
  return fieldsOf(table).map(([field, spec]) => {
    const column = mapping.columns.find((candidate) => candidate.field === field)
    const constant = mapping.constants.find((candidate) => candidate.field === field)
    const label = column?.heading ?? spec.zh[0] ?? field
    const guarded =
      !spec.office &&
      !PHONE_FIELDS.includes(field) &&
      (spec.type === 'text' || spec.type === 'list' || spec.type === 'json')
    const options = { year: mapping.year, unit: column?.unit ?? '元', calendar } as const
    return { field, label, spec, at: column?.at ?? null, cell: constant?.cell ?? '', options, guarded }
  })
}

function readSource(source: Source, cells: readonly string[]): Reading<Value> {
  const cell = source.at === null ? source.cell : (cells[source.at] ?? '')
  const value = readCell(cell, source.spec, source.options)
  if (!value.ok || !source.guarded || typeof value.value !== 'string') return value
  // P5: what may never be published isn't taken into a field that will be.
  const leak = source.field === 'images' || source.field === 'photos' ? null : numberLeak(value.value)
  if (leak !== null) return unreadable(LEAKS[leak])
  if (NAME_FIELDS.includes(source.field) && addressLeak(value.value)) return unreadable('looks-address')
  return value
}

/** A whole row of empty values, for writers that are given only some fields. */
export function emptyRow(table: TableName): Row {
  return Object.fromEntries(fieldsOf(table).map(([field, spec]) => [field, emptyValue(spec)]))
}
