// Takes every sheet of a file within one import: each with its own headings and origin (P8), all with one memory of rows, so
// that a sheet copied into the workbook twice counts once.
import { sql } from 'kysely'
import { reasonOf, sayReason } from '../../contract/console/reasons.ts'
import type { Books } from '../database/books.ts'
import { countOf } from '../database/query.ts'
import type { TableName } from '../tables.ts'
import { addOrigin } from './add-import.ts'
import { RowSet } from './duplicates.ts'
import { FileError, fileError } from './file-error.ts'
import { type MappingOptions, unusedMaps } from './mapping.ts'
import type { Source, SourceFile } from './open-source.ts'
import type { RefusedFile } from './refused.ts'
import { type Taken, type TakeParts, takeRecords } from './take-records.ts'

/** Sheets' origins beside the import's own number: above those of imports and of the sample, which begin at 1,000,000. */
const FIRST_SHEET_ORIGIN = 2_000_000
/** `--set village=@sheet`: the sheet's name is the value for all of its rows. */
export const SHEET_NAME = '@sheet'

export interface SheetTaken extends Taken {
  source: Source
  origin: number
}
export interface TakeFile extends Omit<TakeParts, 'source' | 'origin' | 'seen' | 'sameRows' | 'several'> {
  books: Books
  file: SourceFile
  table: TableName
  mapping: MappingOptions
  /** Name of the file and whose row its origins are. */
  origin: { file: string; by: string; day: string; import: number }
}

/** Errors: E-INPUT for a sheet that can't be read, with its name where there are several; whatever breaks the reading off. */
export async function takeSheets(given: TakeFile): Promise<SheetTaken[]> {
  const { file, mapping, refused } = given
  const seen = new RowSet()
  const several = file.parts.length > 1
  const taken: SheetTaken[] = []
  for (const { sheet, open } of file.parts) {
    try {
      const source = await open()
      const origin = await originOf(given, sheet, taken.length === 0)
      const found = source.opened.found
      const own: MappingOptions = { ...mapping, set: withName(mapping.set, sheet) }
      if (found?.unit) own.unit = found.unit
      startSection(refused, source, several)
      // Rows that only their sheet tells apart are no repeats of each other.
      const sameRows = own.set === mapping.set ? '' : sheet
      const parts = { ...given, mapping: own, source, origin, seen, sameRows, several }
      taken.push({ ...(await takeRecords(parts)), source, origin })
    } catch (error) {
      throw several && error instanceof FileError ? inSheet(sheet, error) : error
    }
  }
  if (several) requireMaps(taken, mapping)
  return taken
}

function startSection(refused: RefusedFile, { sheet, opened }: Source, several: boolean): void {
  refused.section(several ? sheet : '', opened.refusedHeadings)
}

function withName(set: MappingOptions['set'], sheet: string): MappingOptions['set'] {
  const named = [...set].some(([, value]) => value === SHEET_NAME)
  return named ? new Map([...set].map(([field, value]) => [field, value === SHEET_NAME ? sheet : value])) : set
}

async function originOf({ books, table, origin }: TakeFile, sheet: string, isFirst: boolean): Promise<number> {
  const last = isFirst ? 0 : await countOf(books, sql`SELECT max(id) FROM origins`)
  const id = isFirst ? origin.import : Math.max(FIRST_SHEET_ORIGIN, last + 1)
  const file = sheet === '' ? origin.file : `${origin.file} [${sheet}]`
  await addOrigin(books, {
    id,
    import: origin.import,
    table,
    file,
    importedBy: origin.by,
    importedOn: origin.day,
    sample: 0,
  })
  return id
}

function inSheet(sheet: string, { reason }: FileError): FileError {
  const [why, english] = [sayReason(reason, 'zh'), sayReason(reason, 'en')]
  return new FileError(reasonOf('sheet-refused', { sheet, why, english }))
}

/** A heading that was placed stands in one of the sheets at least. */
function requireMaps(taken: readonly SheetTaken[], mapping: MappingOptions): void {
  const headings = [...new Set(taken.flatMap(({ source }) => source.opened.headings))]
  const unused = unusedMaps(headings, mapping)
  if (unused.length > 0) throw fileError('maps-unused', { list: unused.join('、'), headings: headings.join('、') })
}
