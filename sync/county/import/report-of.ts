// Puts the report of an import together out of what was taken of each sheet.
import type { TableName } from '../tables.ts'
import { IMPORT_LIMITS } from './limits.ts'
import type { SourceFile } from './open-source.ts'
import type { ImportReport, MatchedHeading } from './report.ts'
import type { SheetTaken } from './take-sheets.ts'

export interface ReportFacts {
  /** Number of the import; 0 where nothing was taken. */
  id: number
  run: number
  table: TableName
  name: string
  sameFileAs: number | null
}

export function reportOf(file: SourceFile, sheets: readonly SheetTaken[], facts: ReportFacts): ImportReport {
  const sum = (count: 'accepted' | 'refused' | 'duplicates' | 'skipped'): number =>
    sheets.reduce((total, sheet) => total + sheet[count], 0)
  const units = sheets.map(({ source }) => source.opened.found?.unit ?? null)
  return {
    import: facts.id,
    run: facts.run,
    table: facts.table,
    file: facts.name,
    encoding: file.encoding,
    taken: facts.id > 0,
    accepted: sum('accepted'),
    refused: sum('refused'),
    duplicates: sum('duplicates'),
    skipped: sum('skipped'),
    ignored: [...new Set(sheets.flatMap(({ mapping }) => mapping.ignored))],
    refusedFile: null,
    refusedWorkbook: null,
    sameFileAs: facts.sameFileAs,
    sheet: sheets.map(({ source }) => source.sheet).join('、'),
    sheets: sheets.map(({ source, accepted, refused, duplicates, skipped }) => ({
      sheet: source.sheet,
      accepted,
      refused,
      duplicates,
      skipped,
      unit: source.opened.found?.unit ?? null,
      headingRows: source.opened.found?.lines.map(({ row }) => row) ?? [],
    })),
    titles: [...new Set(sheets.flatMap(({ source }) => source.opened.found?.titles ?? []))],
    // What must not be overlooked wins: one sheet in 万元 is said of the file.
    unit: units.includes('万元') ? '万元' : (units.find((unit) => unit !== null) ?? null),
    headings: headingsOf(sheets),
    refusedCells: sheets.flatMap(({ refusedCells }) => refusedCells).slice(0, IMPORT_LIMITS.listedCells),
    skippedLines: sheets.flatMap(({ skippedLines }) => skippedLines).slice(0, IMPORT_LIMITS.listedLines),
    totals: sheets
      .flatMap(({ totals, source, origin }) => totals.map((line) => ({ ...line, sheet: source.sheet, origin })))
      .slice(0, IMPORT_LIMITS.listedLines),
    warnings: [...file.warnings, ...sheets.flatMap(({ source }) => source.warnings)],
    ms: 0,
  }
}

/** Each heading once, in the order in which the sheets have them. */
function headingsOf(sheets: readonly SheetTaken[]): MatchedHeading[] {
  const found = new Map<string, MatchedHeading>()
  for (const { mapping } of sheets)
    for (const { heading, field, how } of mapping.columns)
      found.set(`${heading}\u0001${field}`, { heading, field, how })
  return [...found.values()]
}
