// Writes the refused rows as a workbook that can be mended and sent in again: the file's own headings, the bad cells in colour,
// and two columns more, the row's number in the file that it came from and the reason.

import { mkdirSync, renameSync } from 'node:fs'
import { dirname } from 'node:path'
import type { CellObject } from 'write-excel-file/node'
import writeExcelFile, { type SheetData } from 'write-excel-file/node'
import { asideOf } from './leftovers.ts'
import type { Mapping } from './mapping.ts'
import { ORIGINAL_ROW, REFUSED_WHY } from './mapping.ts'
import { sayRefusal } from './read-row.ts'
import type { RefusedRow } from './refused.ts'

const BAD = '#FFD6D6'
const HEADING = '#E8E4DA'
const MAX_WIDTH = 40

export interface RefusedBook {
  /** File and sheets that the rows came from, as people know them. */
  source: string
  sheets: readonly RefusedSheet[]
  /** How many rows were refused in all; more than `rows` where the workbook can't hold them. */
  refused: number
  constants: Mapping['constants']
}
export interface RefusedSheet {
  /** '' where the file has no sheets, or one alone was taken. */
  sheet: string
  headings: readonly string[]
  /** Said once more above the headings: read without it, the mended figures would be 10,000 times smaller. */
  unit: '元' | '万元' | null
  rows: readonly RefusedRow[]
}

/** Every cell is written as text, so that nothing in it is ever calculated. Written aside: a half one is never found. */
export async function writeRefusedWorkbook(path: string, book: RefusedBook): Promise<void> {
  const filled = book.sheets.filter(({ rows }) => rows.length > 0)
  const aside = asideOf(path)
  // The list of refused rows may have been asked for elsewhere: then nobody made this folder yet.
  mkdirSync(dirname(path), { recursive: true })
  await writeExcelFile([...filled.map(sheetOf), { data: notes(book), sheet: NOTES, columns: [{ width: 100 }] }]).toFile(
    aside,
  )
  renameSync(aside, path)
}

/** Name of the sheet of an only one, and of the explanation. */
const ONLY = '待改'
const NOTES = '说明（不导入）'

function sheetOf({ sheet, headings, unit, rows }: RefusedSheet) {
  const heading: CellObject[] = [...headings, ORIGINAL_ROW, REFUSED_WHY].map((text) => ({
    ...textCell(text),
    fontWeight: 'bold',
    backgroundColor: HEADING,
  }))
  const above = unit === null ? [] : [[textCell(`单位：${unit}`)]]
  const data: SheetData = [...above, heading, ...rows.map((row) => bookRow(row, headings.length))]
  const columns = [
    ...headings.map((text) => ({ width: Math.min(MAX_WIDTH, Math.max(10, text.length * 2 + 2)) })),
    { width: 8 },
    { width: 60 },
  ]
  return { data, sheet: sheet === '' ? ONLY : sheet, columns, stickyRowsCount: above.length + 1 }
}

function bookRow({ row, cells, wrong }: RefusedRow, width: number): CellObject[] {
  const bad = new Set(wrong.map(({ at }) => at))
  const own = Array.from({ length: width }, (_, at) => ({
    ...textCell(cells[at] ?? ''),
    ...(bad.has(at) ? { backgroundColor: BAD } : {}),
  }))
  return [...own, textCell(String(row)), textCell(wrong.map(sayRefusal).join('。'))]
}

function textCell(value: string): CellObject {
  return { value: printable(value), type: String }
}

/** Without what XML can't hold: controls but tabs and line breaks, and halves of characters. */
function printable(text: string): string {
  return text.replace(/[^\P{Cc}\t\n\r]|[\ufffe\uffff]/gu, '\ufffd').toWellFormed()
}

function notes(book: RefusedBook): SheetData {
  const listed = book.sheets.reduce((count, { rows }) => count + rows.length, 0)
  const lines = [
    `来源：${book.source}`,
    `拒收 ${book.refused} 行${book.refused > listed ? `，本工作簿只列前 ${listed} 行，其余见同名 CSV` : ''}。`,
    '红色为有问题的单元格，原因见最后一列。改好后直接导入本文件即可；“原行号”请勿改动，“拒收原因”不读取。',
    ...book.constants.map(({ field, cell }) => `导入时另给：${field}=${cell}`),
  ]
  return lines.map((text) => [textCell(text)])
}
