// Reads a register's rows out of a CSV or workbook: name, ID number, place and days by the headings that other offices
// use, everything else as it stands. A row that can't be read is refused with its reason, none is guessed at.
import type { RegisterName, RegisterRow } from '../../contract/console/match.ts'
import { SunhallError } from '../../contract/errors.ts'
import { formatOf, openCsv, type RecordFile } from '../import/records.ts'
import { type Fit, openSheet } from '../import/sheet-file.ts'
import { findEncoding } from '../import/text-file.ts'
import type { Gazetteer } from '../people/gazetteer.ts'
import { readDay } from '../readers/day.ts'
import { readIdNumber } from '../readers/id-number.ts'
import { plain, type Reading, read, unreadable } from '../readers/reading.ts'
import { DATED, headingsFor, REGISTER_FIELDS, type RegisterField } from './headings.ts'
import { nameWord, wholeId } from './identity.ts'

type Columns = ReadonlyMap<RegisterField, number>
type Calendar = '1900' | '1904' | null
const NAME_MAX = 60
const DETAIL_MAX = 200

export interface RegisterFile {
  rows: AsyncIterable<{ row: number; reading: Reading<RegisterRow> }>
  /** Headings that are kept but not compared. */
  other: string[]
}

/** Opens the file. Errors: E-INPUT for another kind of file, or one without a column of names or, for the dead, of days. */
export async function openRegister(register: RegisterName, path: string, places: Gazetteer): Promise<RegisterFile> {
  const search = { fieldOf: (heading: string) => fieldNamed(register, heading), line: null }
  const fitOf = (headings: readonly string[]): Fit => (columnsOf(register, headings).has('name') ? 'all' : 'none')
  const format = formatOf(path)
  if (format !== 'csv' && format !== 'xlsx')
    throw new SunhallError('E-INPUT', `Expected a register as .csv or .xlsx, got ${path}; save it as one of these`)
  let calendar: Calendar = null
  let file: RecordFile
  if (format === 'xlsx') {
    const sheet = await openSheet(path, null, search, fitOf)
    calendar = sheet.calendar
    file = sheet
  } else file = await openCsv(path, await findEncoding(path), search)
  const columns = columnsOf(register, file.headings)
  requireColumns(register, columns, file.headings)
  const taken = new Set(columns.values())
  const other = file.headings.filter((heading, at) => heading !== '' && !taken.has(at))
  return { rows: readRows(file, { register, columns, calendar, places }), other }
}

interface RowContext {
  register: RegisterName
  columns: Columns
  calendar: Calendar
  places: Gazetteer
}

async function* readRows(file: RecordFile, context: RowContext): RegisterFile['rows'] {
  for await (const { row, cells, fault } of file.records) {
    const reading: Reading<RegisterRow> =
      fault === null ? readOne(row, cells, file.headings, context) : { ok: false, reason: fault }
    yield { row, reading }
  }
}

function readOne(
  row: number,
  cells: readonly string[],
  headings: readonly string[],
  context: RowContext,
): Reading<RegisterRow> {
  const { register, columns, calendar, places } = context
  const cell = (field: RegisterField): string => cells[columns.get(field) ?? -1] ?? ''
  const name = nameWord(cell('name'))
  if (name === '' || name.length > NAME_MAX) return unreadable('name', { got: name })
  const idNumber = readIdNumber(cell('idNumber'))
  if (!idNumber.ok) return idNumber
  const place = placeOf(plain(cell('village')), plain(cell('township')), places)
  if (!place.ok) return place
  const from = optionalDay(cell('from'), calendar)
  if (!from.ok) return from
  const until = optionalDay(cell('until'), calendar)
  if (!until.ok) return until
  if (from.value === '' && DATED.includes(register)) return unreadable('empty')
  if (idNumber.value === '' && place.value === '') return unreadable('nobody-in-particular')
  const taken = new Set(columns.values())
  const detail: Record<string, string> = {}
  for (const [at, heading] of headings.entries())
    if (heading !== '' && !taken.has(at) && (cells[at] ?? '') !== '')
      detail[heading] = (cells[at] ?? '').slice(0, DETAIL_MAX)
  const found = {
    row,
    name,
    idNumber: wholeId(idNumber.value),
    village: place.value,
    from: from.value,
    until: until.value,
  }
  return read({ ...found, group: plain(cell('group')), relation: plain(cell('relation')), detail })
}

/** A village's 12 digits, a township's 9 where only that is named, '' for nothing or a place outside the county. */
function placeOf(village: string, township: string, places: Gazetteer): Reading<string> {
  const town = township === '' ? read('') : places.bodyOf(township)
  const townCode = town.ok && places.place(town.value)?.level === 'township' ? town.value : ''
  if (village === '') return read(townCode)
  const known = places.villageOf(village, township)
  if (known.ok) return known
  // People of other counties stand in these registers too: their place says nothing here, their ID number may.
  return /^\d{12}$/.test(village) || known.reason.code !== 'village-of-several' ? read(townCode) : known
}

function optionalDay(cell: string, calendar: Calendar): Reading<string> {
  return plain(cell) === '' ? read('') : readDay(cell, null, calendar)
}

function columnsOf(register: RegisterName, headings: readonly string[]): Columns {
  const words = headings.map(word)
  const columns = new Map<RegisterField, number>()
  for (const field of REGISTER_FIELDS) {
    for (const heading of headingsFor(register, field)) {
      const at = words.indexOf(word(heading))
      if (at < 0 || [...columns.values()].includes(at)) continue
      columns.set(field, at)
      break
    }
  }
  return columns
}

function fieldNamed(register: RegisterName, heading: string): RegisterField | undefined {
  return REGISTER_FIELDS.find((field) => headingsFor(register, field).some((known) => word(known) === word(heading)))
}

function requireColumns(register: RegisterName, columns: Columns, headings: readonly string[]): void {
  const needed: RegisterField[] = DATED.includes(register) ? ['name', 'from'] : ['name']
  const missing = needed.find((field) => !columns.has(field))
  if (missing !== undefined) {
    throw new SunhallError(
      'E-INPUT',
      `Expected a column ${headingsFor(register, missing).join(' or ')}, got ${headings.join(', ')}; rename the heading`,
    )
  }
  if (columns.has('idNumber') || columns.has('village')) return
  throw new SunhallError(
    'E-INPUT',
    `Expected a column 身份证号 or 村, got ${headings.join(', ')}; a name alone is nobody in particular`,
  )
}

function word(heading: string): string {
  return plain(heading).replace(/\s+/g, '')
}
