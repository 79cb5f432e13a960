// Suspects as a CSV that a spreadsheet opens: a line a payment, with the register's side beside it.
import { createWriteStream } from 'node:fs'
import { mkdir, rename } from 'node:fs/promises'
import { dirname } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { STATE_NAMES, type SuspectDetail, type SuspectQuery } from '../../contract/console/match.ts'
import { BOM, csvLine, inert } from '../csv.ts'
import type { Office } from '../office.ts'
import { eachSuspect } from './suspects.ts'

const HEADINGS: readonly string[] = [
  '编号',
  '规则',
  '得分',
  '理由',
  '状态',
  '处理人',
  '处理时间',
  '处理意见',
  '登记姓名',
  '登记证件号',
  '登记起',
  '登记止',
  '登记其他',
  '村',
  '组',
  '领取人',
  '证件号',
  '资金',
  '批次',
  '日期',
  '金额（元）',
  '来源文件',
  '来源行',
]

/** Writes the chosen suspects, whole or not at all. Returns how many lines. For this account's eyes: it holds ID numbers. */
export async function exportSuspects(office: Office, query: Partial<SuspectQuery>, file: string): Promise<number> {
  let lines = -1
  async function* counted(): AsyncGenerator<string> {
    for await (const text of suspectsAsCsv(office, query)) {
      lines += 1
      yield text
    }
  }
  await mkdir(dirname(file), { recursive: true })
  await pipeline(counted, createWriteStream(`${file}.aside`, { mode: 0o600, flush: true }))
  await rename(`${file}.aside`, file)
  return lines
}

/** The heading, then a line a payment. */
export async function* suspectsAsCsv(office: Office, query: Partial<SuspectQuery>): AsyncGenerator<string> {
  yield BOM + csvLine(HEADINGS)
  for await (const suspect of eachSuspect(office, query)) for (const cells of linesOf(suspect)) yield line(cells)
}

function linesOf({ registerRow: own, rows, ...suspect }: SuspectDetail): string[][] {
  const detail = [own.relation, ...Object.entries(own.detail).map(([name, value]) => `${name}：${value}`)]
  const left = [
    String(suspect.id),
    suspect.ruleName,
    String(suspect.score),
    suspect.why,
    STATE_NAMES[suspect.state],
    suspect.decidedBy,
    suspect.decidedAt,
    suspect.words,
    own.name,
    own.idNumber,
    own.from,
    own.until,
    detail.filter((part) => part !== '').join('；'),
  ]
  return rows.map((row) => [
    ...left,
    suspect.villageName,
    row.group,
    row.payee,
    row.idNumber,
    suspect.fundName,
    row.batch,
    row.date,
    yuan(row.amount),
    row.file,
    String(row.line),
  ])
}

/** Fen as yuan with two decimals. */
function yuan(fen: number): string {
  return (fen / 100).toFixed(2)
}

/** An ID number is text, or a spreadsheet rounds it; a cell that begins like a formula is made harmless. */
function line(cells: readonly string[]): string {
  return csvLine(cells.map((cell) => (/^\d{15,}$/.test(cell) ? `\t${cell}` : inert(cell))))
}
