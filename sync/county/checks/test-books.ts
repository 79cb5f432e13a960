// Books for tests of rules: a real office in a folder of its own, rows put in as imports, and the hits of one rule.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { CheckSettings } from '../../contract/console/checks.ts'
import { inTransaction } from '../database/books.ts'
import { addImport, nextImport } from '../import/add-import.ts'
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
  async put<T extends TableName>(table: T, rows: readonly Tables[T][]): Promise<number> {
    return inTransaction(await this.office.books(), async (books) => {
      const id = await nextImport(books)
      const counts = { accepted: rows.length, refused: 0, duplicates: 0, sample: 0 }
      const file = { file: 'test.csv', sha256: '', encoding: 'utf-8', by: 'test' }
      await addImport(books, { id, table, ...file, ...counts, now: NOW })
      const writer = await RowWriter.open(books, table, id)
      for (const [index, row] of rows.entries()) await writer.write(databaseRow(table, row), id, index + 2)
      await writer.finish()
      return id
    })
  }

  async found(rule: string, settings: Partial<CheckSettings> = {}): Promise<Found[]> {
    const rules = RULES.filter(({ id }) => id === rule)
    const [run] = await walkBooks(this.office, rules, { ...DEFAULT_SETTINGS, ...settings })
    if (run === undefined) throw new Error(`Expected a rule, got ${rule}`)
    return run.found
  }

  /** Hits of one rule as 'level row'. */
  async hits(rule: string, settings: Partial<CheckSettings> = {}): Promise<string[]> {
    return (await this.found(rule, settings)).map(({ level, hit }) => `${level} ${hit.row}`)
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
