// Reads one record into the values of a canonical row, or into the reason why it is refused.
import type { DatabaseSync } from 'node:sqlite'
import { SunhallError } from '../../contract/errors.ts'
import { addressLeak, numberLeak } from '../disclosure/shapes.ts'
import { emptyValue, type FieldSpec } from '../fields/field.ts'
import { fieldsOf } from '../fields/tables.ts'
import { Gazetteer } from '../people/gazetteer.ts'
import { type CellOptions, readCell, type Value } from '../readers/cell.ts'
import { type Reading, unreadable } from '../readers/reading.ts'
import type { TableName } from '../tables.ts'
import { type Mapping, TOWNSHIP } from './mapping.ts'
import { Settler } from './settle.ts'

/** A canonical row by field, in the order of the table's fields. */
export type Row = Record<string, Value>
export type RowReader = (cells: readonly string[]) => Reading<Row>

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

/** A reader for the rows of one file. `gazetteer` resolves villages and funds. */
export function rowReader(table: TableName, mapping: Mapping, database: DatabaseSync, now: Date): RowReader {
  const gazetteer = new Gazetteer(database)
  const settler = new Settler(table, gazetteer, now)
  const sources = sourcesOf(table, mapping)
  checkConstants(sources, mapping, gazetteer)
  const township = mapping.columns.find((column) => column.field === TOWNSHIP)?.at
  const townshipConstant = mapping.constants.find((constant) => constant.field === TOWNSHIP)?.cell ?? ''
  return (cells) => {
    const row: Row = {}
    const stray = mapping.blank.find((at) => (cells[at] ?? '').trim() !== '')
    if (stray !== undefined)
      return unreadable(`column ${stray + 1}: Expected an empty cell under an empty heading, got text`)
    for (const source of sources) {
      const value = readSource(source, cells)
      if (!value.ok) return unreadable(`${source.label}: ${value.reason}`)
      row[source.field] = value.value
    }
    return settler.settle(row, township === undefined ? townshipConstant : (cells[township] ?? ''))
  }
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
        throw new SunhallError(
          'E-INPUT',
          `Expected a value that can be read in --set ${field}=…, got: ${reason(reading)}`,
        )
    }
  }
}

function reason(reading: { reason: string }): string {
  return reading.reason.replace(/^Expected/, 'expected')
}

interface Source {
  field: string
  label: string
  spec: FieldSpec
  at: number | null
  cell: string
  options: CellOptions
  guarded: boolean
}

function sourcesOf(table: TableName, mapping: Mapping): Source[] {
  return fieldsOf(table).map(([field, spec]) => {
    const column = mapping.columns.find((candidate) => candidate.field === field)
    const constant = mapping.constants.find((candidate) => candidate.field === field)
    const label = column === undefined || column.heading === field ? field : `${field} (${column.heading})`
    const guarded =
      !spec.office &&
      !PHONE_FIELDS.includes(field) &&
      (spec.type === 'text' || spec.type === 'list' || spec.type === 'json')
    const options = { year: mapping.year, unit: column?.unit ?? '元' } as const
    return { field, label, spec, at: column?.at ?? null, cell: constant?.cell ?? '', options, guarded }
  })
}

function readSource(source: Source, cells: readonly string[]): Reading<Value> {
  const cell = source.at === null ? source.cell : (cells[source.at] ?? '')
  const value = readCell(cell, source.spec, source.options)
  if (!value.ok || !source.guarded || typeof value.value !== 'string') return value
  // P5: what may never be published isn't taken into a field that will be.
  const leak = source.field === 'images' || source.field === 'photos' ? null : numberLeak(value.value)
  if (leak !== null)
    return unreadable(
      `Expected text without personal numbers, got what looks like ${leak === 'id-number' ? 'an ID number' : `a ${leak.replace('-', ' ')}`}`,
    )
  if (NAME_FIELDS.includes(source.field) && addressLeak(value.value))
    return unreadable('Expected a name, got what looks like an address')
  return value
}

/** A whole row of empty values, for writers that are given only some fields. */
export function emptyRow(table: TableName): Row {
  return Object.fromEntries(fieldsOf(table).map(([field, spec]) => [field, emptyValue(spec)]))
}
