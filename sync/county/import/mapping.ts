// Decides which cell is which field: canonical names, the Chinese headings of `docs/fields.md`, --map, or what was mapped for
// the same sender before. Nothing is guessed: a heading that none of these knows refuses the file, with the list. Whoever
// gives a --map has chosen what is kept: then such a heading is left out, and named.
import type { FieldSpec } from '../fields/field.ts'
import { fieldsOf, TABLES } from '../fields/tables.ts'
import { plain } from '../readers/reading.ts'
import type { TableName } from '../tables.ts'
import { type FileError, fileError } from './file-error.ts'

/** A column of the file that is kept. `field` is '' for the helper column township, which tells villages of one name apart. */
export interface Column {
  at: number
  heading: string
  field: string
  spec: FieldSpec
  unit: '元' | '万元'
  how: MatchedBy
}
/** By a name that the table knows, by --map, or by a --map for the same sender before. */
export type MatchedBy = 'name' | 'map' | 'remembered'
export interface Constant {
  field: string
  spec: FieldSpec
  cell: string
}
export interface Mapping {
  columns: readonly Column[]
  constants: readonly Constant[]
  /** Columns without a heading: a cell that says something there refuses its row. */
  blank: readonly number[]
  /** Column with the row number that a mended row had in the file it was refused from; null where there is none. */
  rowAt: number | null
  /** Headings left out because the file's --map doesn't name them. */
  ignored: readonly string[]
  /** Year for dates that have none; null refuses them. */
  year: number | null
}

/** Helper column: the township's name beside a village's. */
export const TOWNSHIP = 'township'
const TOWNSHIP_SPEC: FieldSpec = { type: 'text', zh: ['乡镇', '镇', '乡(镇)', '乡镇(街道)'], example: '高椅乡' }
/** Known headings whose cells the office doesn't keep at all. */
const DROPPED: readonly string[] = ['开户行', '开户银行', '代发银行', '金融机构', '账户名', '户名', '开户名']
/** Columns that the files of refused rows have besides the file's own (`refused.ts`, `refused-workbook.ts`). */
export const ORIGINAL_ROW = '原行号'
export const REFUSED_WHY = '拒收原因'
/** The sheet that a row came from, where there were several. */
export const REFUSED_SHEET = '原工作表'
/** The layout of the law library (JSON lines), field by field; '' is dropped. */
const LAW_LIBRARY: Readonly<Record<string, string>> = {
  path: 'index',
  publish: 'published',
  valid_from: 'inForce',
  expired: 'validity',
  category: 'topic',
  articles: '',
}

export interface MappingOptions {
  /** heading → field; '' ignores the heading. */
  map: ReadonlyMap<string, string>
  /** field → cell. */
  set: ReadonlyMap<string, string>
  /** heading → field, as the administrator mapped them for this sender before. */
  remembered?: ReadonlyMap<string, string>
  /** What the file says of its money where a heading says nothing. */
  unit?: '元' | '万元'
}

/** Mapping of a file's headings for a table. Errors: E-INPUT with every heading or field that isn't known. */
export function mapHeadings(table: TableName, headings: readonly string[], options: MappingOptions): Mapping {
  checkArguments(table, options)
  const columns: Column[] = []
  const unknown: string[] = []
  const blank: number[] = []
  headings.forEach((heading, at) => {
    const [field, how] = fieldOf(table, heading, headings, options)
    if (field === undefined && heading === '') blank.push(at)
    else if (field === undefined) unknown.push(heading)
    else if (field !== '')
      columns.push({
        at,
        heading,
        field,
        spec: specOf(table, field),
        unit: unitOf(heading) ?? options.unit ?? '元',
        how,
      })
  })
  if (unknown.length > 0 && options.map.size === 0) throw unknownHeadings(table, unknown)
  refuseTwice(columns, options)
  const kept = fallBackOnDue(table, columns)
  const constants = constantsOf(table, options)
  const rowAt = headings.indexOf(ORIGINAL_ROW)
  return { columns: kept, constants, blank, rowAt: rowAt < 0 ? null : rowAt, ignored: unknown, year: yearOf(options) }
}

/** Errors: E-INPUT where a field that every row must have has neither a heading nor a --set: each row would be refused. */
export function requireFields(table: TableName, headings: readonly string[], mapping: Mapping): void {
  const given = new Set([...mapping.columns, ...mapping.constants].map(({ field }) => field))
  const missing = fieldsOf(table).filter(([name, spec]) => spec.required && !given.has(name))
  if (missing.length === 0) return
  throw fileError('headings-missing', {
    name: table,
    missing: missing.map(([, { zh }]) => zh[0]).join('、'),
    fields: missing.map(([name, { zh }]) => `${name} (${zh.join(', ')})`).join('; '),
    list: shownHeadings(headings),
  })
}

/** Headings given with --map that the file doesn't have. */
export function unusedMaps(headings: readonly string[], options: MappingOptions): string[] {
  return [...options.map.keys()].filter((heading) => !headings.includes(heading))
}

/** Names that a file or an option may use for a field of the table. */
export function fieldNames(table: TableName): string[] {
  return [...fieldsOf(table).map(([name]) => name), ...(hasVillage(table) ? [TOWNSHIP] : [])]
}

function fieldOf(
  table: TableName,
  heading: string,
  headings: readonly string[],
  options: MappingOptions,
): [field: string | undefined, how: MatchedBy] {
  const mapped = options.map.get(heading)
  if (mapped !== undefined) return [mapped, 'map']
  const before = options.remembered?.get(heading)
  return before === undefined ? [knownField(table, heading, headings), 'name'] : [before, 'remembered']
}

/** The field that a heading is matched with ('' is left out); undefined where nothing knows it: what headings are found by. */
export function matchedField(table: TableName, heading: string, options: MappingOptions): string | undefined {
  return fieldOf(table, heading, [], options)[0]
}

/** The same among the file's other headings, for whoever maps them: null for what nothing knows. */
export function matchHeading(
  table: TableName,
  heading: string,
  headings: readonly string[],
  options: MappingOptions,
): { field: string | null; how: MatchedBy | null } {
  const [field, how] = fieldOf(table, heading, headings, options)
  return field === undefined ? { field: null, how: null } : { field, how }
}

/** '补贴/金额' is 补贴金额 where the table knows such a heading, else the 金额 that stands under 补贴. */
function knownField(table: TableName, heading: string, headings: readonly string[]): string | undefined {
  const whole = wordField(table, heading, headings)
  const levels = heading.split('/')
  if (whole !== undefined || levels.length === 1) return whole
  for (let from = 0; from < levels.length; from += 1) {
    const field = wordField(table, levels.slice(from).join(''), headings)
    if (field !== undefined) return field
  }
  return undefined
}

function wordField(table: TableName, heading: string, headings: readonly string[]): string | undefined {
  const fields = fieldsOf(table)
  if (fields.some(([name]) => name === heading)) return heading
  if (heading === TOWNSHIP && hasVillage(table)) return TOWNSHIP
  if (table === 'policies' && headings.includes('valid_from') && Object.hasOwn(LAW_LIBRARY, heading))
    return LAW_LIBRARY[heading]
  const word = bare(heading)
  if (DROPPED.includes(word) || [ORIGINAL_ROW, REFUSED_WHY, REFUSED_SHEET].includes(word)) return ''
  if (hasVillage(table) && TOWNSHIP_SPEC.zh.includes(word)) return TOWNSHIP
  // 户主姓名 is the payee where no other heading names one (`header_aliases.json`), else the household's head.
  if (table === 'payments' && /^户主(姓名)?$/.test(word)) {
    return headings.some((other) =>
      fieldsOf('payments').some(
        ([name, spec]) => name === 'payee' && (other === name || spec.zh.includes(bare(other))),
      ),
    )
      ? 'household'
      : 'payee'
  }
  const field = fields.find(([, spec]) => spec.zh.includes(word))?.[0]
  // A number of the line says nothing where the table doesn't keep one.
  return field ?? (word === '序号' || word === '编号' ? '' : undefined)
}

/** '金额（万元）' → '金额'; full-width signs and spaces don't matter. */
function bare(heading: string): string {
  return plain(heading)
    .replace(/\s+/g, '')
    .replace(/\((?:元|万元|单位:元|单位:万元|元\/[^)]{1,4})\)$/, '')
}

/** null where the heading says nothing of it. */
function unitOf(heading: string): '元' | '万元' | null {
  const text = plain(heading)
  return text.includes('万元') ? '万元' : /[(:]\s*元\s*\)?$/.test(text) ? '元' : null
}

/** 应发金额 is what is due beside 实发金额, and the amount where it stands alone. */
function fallBackOnDue(table: TableName, columns: Column[]): Column[] {
  if (table !== 'payments' || columns.some((column) => column.field === 'amount')) return columns
  return columns.map((column) =>
    column.field === 'due' && column.heading !== 'due'
      ? { ...column, field: 'amount', spec: specOf(table, 'amount') }
      : column,
  )
}

function specOf(table: TableName, field: string): FieldSpec {
  if (field === TOWNSHIP) return TOWNSHIP_SPEC
  const spec = fieldsOf(table).find(([name]) => name === field)?.[1]
  if (spec === undefined) throw unknownField(table, field)
  return spec
}

function checkArguments(table: TableName, options: MappingOptions): void {
  const names = fieldNames(table)
  for (const field of options.map.values()) if (field !== '' && !names.includes(field)) throw unknownField(table, field)
  for (const field of options.set.keys())
    if (field !== 'year' && !names.includes(field)) throw unknownField(table, field)
}

function constantsOf(table: TableName, options: MappingOptions): Constant[] {
  return [...options.set]
    .filter(([field]) => fieldNames(table).includes(field))
    .map(([field, cell]) => ({ field, spec: specOf(table, field), cell }))
}

function yearOf(options: MappingOptions): number | null {
  const year = options.set.get('year')
  if (year === undefined) return null
  if (/^(?:19|20|21)\d{2}$/.test(year)) return Number(year)
  throw fileError('year-set', { got: year })
}

function refuseTwice(columns: readonly Column[], options: MappingOptions): void {
  const seen = new Map<string, string>()
  for (const { field, heading, spec } of columns) {
    const other = seen.get(field) ?? (options.set.has(field) ? `--set ${field}` : undefined)
    // A mapping goes by the heading, so it can't tell two equal ones apart.
    if (other === heading) throw fileError('headings-alike', { field, first: heading })
    if (other !== undefined)
      throw fileError('headings-twice', { field, title: spec.zh[0] ?? field, first: other, second: heading })
    seen.set(field, heading)
  }
}

function hasVillage(table: TableName): boolean {
  return fieldsOf(table).some(([name]) => name === 'village')
}

function unknownHeadings(table: TableName, unknown: readonly string[]): FileError {
  const fields = fieldNames(table).join(', ')
  return fileError('headings-unknown', { table: TABLES[table].zh, name: table, list: shownHeadings(unknown), fields })
}

/** Headings for a message: a file of another kind may have thousands, or one of a million characters. */
function shownHeadings(headings: readonly string[]): string {
  const list = headings.slice(0, 20).map((heading) => `"${heading.slice(0, 60)}"`)
  return `${list.join(', ')}${headings.length > 20 ? ` and ${headings.length - 20} more` : ''}`
}

function unknownField(table: TableName, field: string): FileError {
  const fields = fieldNames(table).join(', ')
  return fileError('field-unknown', { table: TABLES[table].zh, name: table, got: field, fields })
}
