// A small office for the proof's tests: open and masked payments, accounts, texts; and blocks with a leak planted in them.
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Kind, Rows } from '../../sync/contract/rows.ts'
import { decodeBlock, encodeBlock } from '../../sync/core/codec.ts'
import { canonicalOrder } from '../../sync/core/order.ts'
import { importFile } from '../../sync/county/import/import-file.ts'
import { type Office, openOffice } from '../../sync/county/office.ts'
import type { TableName } from '../../sync/county/tables.ts'
import type { BuiltBlock } from '../../sync/publish/prove.ts'

export const VILLAGE = '431225100201'
export const SECOND = '431225100001'
export const THIRD = '431225100002'
export const MASKED = 'FM'
export const MASKED_SPREAD = 'FM2'
export const TOTALS_ONLY = 'FA'
/** Known to the office from masked funds alone. */
export const HIDDEN_NAME = '粟密一'
const NOW = new Date('2026-11-24T02:00:00Z')

const FILES: Readonly<Partial<Record<TableName, string>>> = {
  funds: `code,name,tier,masked,maskReason,contactPhone
${MASKED},示例救助甲,B,1,示例,0745-5550101
${MASKED_SPREAD},示例救助乙,B,1,示例,0745-5550101
${TOTALS_ONLY},示例奖补,A,0,,0745-5550101
`,
  policies: `index,title,inForce,howMuch,text
ZC-1,示例办法,2026-01-01,每亩105元,"第一条 为了规范。
第二条 每亩105元。"
`,
  projects: `code,name,fund,year,village,content,officePhone
XM-1,示例修路,F001,2026,${VILLAGE},硬化道路,0745-5550102
`,
  ledger: `village,month,date,voucher,direction,amount,summary,opening,closing
${VILLAGE},2026-03,2026-03-05,记-1,income,100,示例补助,0,100
`,
  allocations: `fund,year,from,to,amount
F001,2026,431225,dept:县农业农村局,100
${MASKED},2026,431225,县民政局,100
${MASKED},2026,县民政局,林城镇,100
${MASKED},2026,林城镇,${VILLAGE},100
${TOTALS_ONLY},2026,县财政局,林城镇,100
${TOTALS_ONLY},2026,林城镇,小寨村,100
`,
  contracts: `village,number,subject,lessee
${VILLAGE},HT-1,门面租赁,示例商店
`,
  notices: `id,kind,title,body,date,contactPhone
GG-1,news,示例公告,本月发放示例补贴,2026-03-01,0745-5550101
`,
  payments: paymentsText(),
}

function paymentsText(): string {
  const lines = ['fund,village,group,payee,amount,date']
  const pay = (fund: string, village: string, names: readonly string[]): void => {
    for (const [at, name] of names.entries())
      lines.push(
        `${fund},${village},${(at % 4) + 1}组,${name},${100 + at},2026-03-${String((at % 28) + 1).padStart(2, '0')}`,
      )
  }
  const people = (surname: string, given: string, count: number): string[] =>
    Array.from('一二三四五六七八九'.slice(0, count), (digit) => `${surname}${given}${digit}`)
  pay('F001', VILLAGE, [...people('粟', '明', 8), ...people('杨', '光', 6)])
  pay('F001', SECOND, people('龙', '田', 6))
  pay('F001', THIRD, people('吴', '山', 6))
  pay(MASKED, VILLAGE, [HIDDEN_NAME, ...people('粟', '明', 6)])
  pay(MASKED_SPREAD, VILLAGE, people('杨', '光', 6))
  pay(MASKED_SPREAD, SECOND, people('龙', '田', 3))
  pay(MASKED_SPREAD, THIRD, people('吴', '山', 2))
  pay(TOTALS_ONLY, VILLAGE, people('粟', '明', 7))
  return `${lines.join('\n')}\n`
}

/** The office in a new folder under the system's own for scratch. `postgres`: where its service database is no file. */
export async function plantedOffice(postgres: string | null = null): Promise<{ office: Office; folder: string }> {
  const folder = mkdtempSync(join(tmpdir(), 'sunhall-proof-'))
  const office = openOffice(join(folder, 'office'), NOW, postgres)
  writeFileSync(join(office.folder, 'approved-phones.txt'), '0745-5550101 # hotline\n0745-5550102\n')
  for (const [table, text] of Object.entries(FILES) as [TableName, string][]) {
    const file = join(folder, `${table}.csv`)
    writeFileSync(file, text)
    const report = await importFile(office, {
      table,
      file,
      map: new Map(),
      set: new Map(),
      refused: null,
      by: '',
      now: NOW,
    })
    if (report.refused > 0)
      throw new Error(
        `Expected every row of ${table} to be taken, got ${report.refused} refused in ${report.refusedFile ?? ''}`,
      )
  }
  return { office, folder }
}

/** The blocks with one block's rows changed, as a careless publication would have built them. */
export function plant<K extends Kind>(
  blocks: readonly BuiltBlock[],
  kind: K,
  change: (rows: Rows[K][]) => Rows[K][],
  village?: string,
): BuiltBlock[] {
  const at = blocks.findIndex((block) => block.leaf[0] === kind && (village === undefined || block.village === village))
  const block = blocks[at]
  if (block === undefined) throw new Error(`Expected a block of ${kind} to plant in, found none`)
  const rows = change(decodeBlock(kind, block.bytes)).sort(canonicalOrder(kind))
  const bytes = encodeBlock(kind, rows)
  const [, period, seq, , hash] = block.leaf
  const changed: BuiltBlock = { ...block, bytes, leaf: [kind, period, seq, rows.length, hash, bytes.length] }
  return blocks.map((other, index) => (index === at ? changed : other))
}

/** The first row changed. Its fields are not checked here: a leak may well stand where none belongs. */
export function firstRow(change: object): <R>(rows: R[]) => R[] {
  return (rows) => rows.map((row, at) => (at === 0 ? { ...row, ...change } : row))
}
