// Books for tests of rules: a real office in a folder of its own, rows put in as imports, and the hits of one rule.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { CheckSettings } from '../../contract/console/checks.ts'
import { databaseRow, RowWriter } from '../import/write-row.ts'
import { type Office, openOffice } from '../office.ts'
import type { LedgerRow, PaymentsRow, TableName, Tables } from '../tables.ts'
import { RULES } from './rules.ts'
import { DEFAULT_SETTINGS } from './settings.ts'
import { type Found, walkBooks } from './walk.ts'

export const NOW = new Date('2026-11-24T08:00:00Z')
export const VILLAGE = '431225100201'

export class TestBooks {
  readonly office: Office
  readonly #folder: string

  constructor() {
    this.#folder = mkdtempSync(join(tmpdir(), 'checks-'))
    this.office = openOffice(this.#folder, NOW)
  }

  async close(): Promise<void> {
    await this.office.close()
    rmSync(this.#folder, { recursive: true, force: true })
  }

  /** Imports rows as the next import, whose number it gives back; the first is row 2 of its file. */
  put<T extends TableName>(table: T, rows: readonly Tables[T][]): number {
    const { database } = this.office
    const id = Number(database.prepare('SELECT max(id) + 1 AS id FROM imports').get()?.id)
    database
      .prepare(
        `INSERT INTO imports (id, "table", file, sha256, encoding, accepted, refused, duplicates, at, by, sample)
         VALUES (?, ?, 'test.csv', '', 'utf-8', ?, 0, 0, ?, 'test', 0)`,
      )
      .run(id, table, rows.length, NOW.toISOString())
    database
      .prepare(`INSERT INTO origins VALUES (?, ?, ?, 'test.csv', 'test', '2026-11-24', '', NULL, 0)`)
      .run(id, id, table)
    const writer = new RowWriter(database, table, id)
    for (const [index, row] of rows.entries()) writer.write(databaseRow(table, row), id, index + 2)
    writer.finish()
    return id
  }

  found(rule: string, settings: Partial<CheckSettings> = {}): Found[] {
    const rules = RULES.filter(({ id }) => id === rule)
    const [run] = walkBooks(this.office.database, rules, { ...DEFAULT_SETTINGS, ...settings })
    if (run === undefined) throw new Error(`Expected a rule, got ${rule}`)
    return run.found
  }

  /** Hits of one rule as 'level row'. */
  hits(rule: string, settings: Partial<CheckSettings> = {}): string[] {
    return this.found(rule, settings).map(({ level, hit }) => `${level} ${hit.row}`)
  }
}

export function payment(given: Partial<PaymentsRow> = {}): PaymentsRow {
  return {
    fund: 'F001',
    village: VILLAGE,
    group: '1组',
    payee: '杨示例',
    household: '',
    relation: '户主',
    idNumber: '',
    bankAccount: '',
    phone: '',
    batch: '2026-03',
    serial: 1,
    standard: 10_500,
    quantity: 4_200,
    unit: '亩',
    due: 44_100,
    amount: 44_100,
    date: '2026-03-20',
    status: '已发',
    earlier: null,
    policy: '',
    clauses: '',
    note: '',
    ...given,
  }
}

export function entry(given: Partial<LedgerRow> = {}): LedgerRow {
  return {
    village: VILLAGE,
    month: '2026-08',
    voucher: '记-001',
    date: '2026-08-12',
    edition: '财会〔2023〕14号',
    account: '',
    accountName: '补助收入',
    class: '补助收入',
    summary: '县级转移支付',
    direction: 'income',
    amount: 100_000,
    counterpart: '',
    handler: '',
    approver: '',
    checkedBy: '民主理财小组',
    checkedOn: null,
    publishedOn: null,
    images: [],
    opening: null,
    closing: null,
    ...given,
  }
}
