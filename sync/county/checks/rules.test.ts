// Every rule over real SQLite: rows that break it are found, and the clean rows beside them are not.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { loadSample } from '../import/load-sample.ts'
import { databaseRow, RowWriter } from '../import/write-row.ts'
import { type Office, openOffice } from '../office.ts'
import { sampleCounty } from '../sample/sample.ts'
import type { LedgerRow, PaymentsRow, TableName, Tables } from '../tables.ts'
import { RULES } from './rules.ts'
import { DEFAULT_SETTINGS } from './settings.ts'
import { walkBooks } from './walk.ts'

const NOW = new Date('2026-11-24T08:00:00Z')
const VILLAGE = '431225100201'

let office: Office
let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'checks-'))
  office = openOffice(folder, NOW)
})
afterEach(async () => {
  await office.close()
  rmSync(folder, { recursive: true, force: true })
})

/** Imports rows as the next import. */
function put<T extends TableName>(table: T, rows: readonly Tables[T][]): number {
  const { database } = office
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

function payment(given: Partial<PaymentsRow> = {}): PaymentsRow {
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

function entry(given: Partial<LedgerRow> = {}): LedgerRow {
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

/** Hits of one rule as 'level row value', and the other rules' hits stay out of the way. */
function hits(rule: string, settings: Partial<typeof DEFAULT_SETTINGS> = {}): string[] {
  const [run] = walkBooks(
    office.database,
    RULES.filter(({ id }) => id === rule),
    { ...DEFAULT_SETTINGS, ...settings },
  )
  return run?.found.map(({ level, hit }) => `${level} ${hit.row}`) ?? ['no such rule']
}

describe('rules about payments', () => {
  it('find an amount that is not standard times quantity, more paid than due, and a negative payment', () => {
    put('payments', [
      payment(),
      payment({ payee: '李示例', due: 44_200, amount: 44_200 }),
      payment({ payee: '吴示例', amount: 44_101 }),
      payment({ payee: '林示例', due: -44_100, amount: -44_100, quantity: -4_200 }),
      payment({ payee: '石示例', amount: 30_000 }),
      payment({ payee: '张示例', quantity: 1_234, due: 12_957, amount: 12_957 }),
    ])
    expect(hits('amount')).toEqual(['error 3', 'error 4', 'error 5'])
    expect(hits('amount', { rounding: 100 })).toEqual(['error 4', 'error 5'])
  })

  it('take a reversal in either way of writing, and leave rows without a standard alone', () => {
    put('payments', [
      payment(),
      payment({ status: '冲销', due: -44_100, amount: -44_100, quantity: -4_200, date: '2026-04-01' }),
      payment({ payee: '李示例', status: '冲销', due: -44_100, amount: -44_100, date: '2026-04-01' }),
      payment({ payee: '吴示例', standard: null, quantity: null, due: 7, amount: 7 }),
    ])
    expect(hits('amount')).toEqual([])
  })

  it('find a returned payment that still counts as paid', () => {
    put('payments', [payment({ status: '退回' }), payment({ status: '退回', amount: 0 })])
    expect(hits('returned-amount')).toEqual(['error 2'])
  })

  it('find a reversal of nobody, of too much, and of the same payment twice', () => {
    const back = { status: '冲销', due: -44_100, amount: -44_100, date: '2026-05-01' } as const
    put('payments', [
      payment(),
      payment(back),
      payment({ ...back, payee: '李示例' }),
      payment({ payee: '吴示例' }),
      payment({ ...back, payee: '吴示例', due: -50_000, amount: -50_000 }),
      payment({ payee: '林示例' }),
      payment({ ...back, payee: '林示例' }),
      payment({ ...back, payee: '林示例', date: '2026-06-01' }),
      payment({ ...back, payee: '石示例', earlier: '2019-05-01' }),
    ])
    expect(hits('reversal')).toEqual(['error 4', 'error 6', 'error 9', 'warning 10'])
  })

  it('ask for a word where a returned payment was not sent again in time', () => {
    put('payments', [
      payment({ status: '退回', amount: 0, date: '2026-03-29' }),
      payment({ payee: '李示例', status: '退回', amount: 0, date: '2026-03-29' }),
      payment({ payee: '李示例', status: '补发', date: '2026-04-20', earlier: '2026-03-29' }),
      payment({ payee: '吴示例', date: '2026-09-01' }),
      payment({ payee: '林示例', status: '退回', amount: 0, date: '2026-08-20' }),
    ])
    expect(hits('returned')).toEqual(['warning 2'])
  })

  it('find a payment before its policy was in force and after its repeal, and judge what was sent again by its first day', () => {
    const policy = sampleCounty({ scale: 0.001, seed: 1, today: '2026-11-24' }).rows('policies')
    const [any] = policy
    if (any === undefined) throw new Error('Expected a policy in the sample')
    put('policies', [{ ...any, index: 'ZC-1', inForce: '2026-01-01', repealed: '2026-04-01' }])
    put('payments', [
      payment({ policy: 'ZC-1' }),
      payment({ policy: 'ZC-1', payee: '李示例', date: '2025-12-31' }),
      payment({ policy: 'ZC-1', payee: '吴示例', date: '2026-04-01' }),
      payment({
        policy: 'ZC-1',
        payee: '林示例',
        status: '退回',
        amount: 0,
        date: '2026-04-02',
        earlier: '2026-03-20',
      }),
      payment({ policy: 'ZC-1', payee: '林示例', status: '补发', date: '2026-04-30', earlier: '2026-04-02' }),
      payment({ policy: 'unknown', payee: '石示例', date: '2020-01-01' }),
    ])
    expect(hits('policy')).toEqual(['error 3', 'error 4'])
    // A newer text of the policy's record counts in place of the older one.
    put('policies', [{ ...any, index: 'ZC-1', inForce: '2025-12-01', repealed: null }])
    expect(hits('policy')).toEqual([])
  })

  it('ask for a word where a payment is many times what the fund usually pays', () => {
    const many = Array.from({ length: 60 }, (_, i) => payment({ payee: `人${i}`, serial: i }))
    put('payments', [...many, payment({ payee: '大额', standard: null, due: 4_410_000, amount: 4_410_000 })])
    expect(hits('outlier')).toEqual(['warning 62'])
  })
})

describe('rules about lists and people', () => {
  it('find the same batch in two imports, and not two batches that differ in a fen', () => {
    put('payments', [payment(), payment({ payee: '李示例' })])
    put('payments', [payment({ batch: '2026-04' }), payment({ payee: '李示例', batch: '2026-04', amount: 44_099 })])
    expect(hits('batch-twice')).toEqual([])
    put('payments', [payment({ payee: '李示例' }), payment()])
    expect(hits('batch-twice')).toEqual(['error 2'])
  })

  it('ask for a word where one person is paid twice in a batch, unless one payment was reversed or the payee is a village', () => {
    const village = office.database.prepare("SELECT code FROM funds WHERE payee = '村' LIMIT 1").get()
    put('payments', [
      payment(),
      payment({ date: '2026-03-21' }),
      payment({ payee: '李示例' }),
      payment({ payee: '李示例', date: '2026-03-21' }),
      payment({ payee: '李示例', status: '冲销', due: -44_100, amount: -44_100, date: '2026-03-22' }),
      payment({ fund: String(village?.code), payee: '村委会' }),
      payment({ fund: String(village?.code), payee: '村委会', date: '2026-03-21' }),
      payment({ payee: '吴示例', group: '1组' }),
      payment({ payee: '吴示例', group: '2组' }),
    ])
    expect(hits('paid-twice')).toEqual(['warning 3'])
  })

  it('ask for a word where one ID number has two names, and tell only its end', () => {
    put('payments', [
      payment({ idNumber: '431225197001011234' }),
      payment({ payee: '李示例', idNumber: '431225197001011234' }),
      payment({ payee: '吴示例', idNumber: '431225197001015678' }),
      payment({ payee: '吴示例', idNumber: '431225197001015678', batch: '2026-04' }),
    ])
    const [run] = walkBooks(
      office.database,
      RULES.filter(({ id }) => id === 'id-two-names'),
      DEFAULT_SETTINGS,
    )
    expect(run?.found.map(({ hit }) => hit.value)).toEqual(['尾号1234：李示例、杨示例'])
  })

  it('ask for a word about people whom no earlier list of the village named', () => {
    put('payments', [payment(), payment({ payee: '李示例' })])
    expect(hits('new-payees')).toEqual([])
    put('payments', [payment({ batch: '2026-04' }), payment({ payee: '新人', batch: '2026-04' })])
    expect(hits('new-payees')).toEqual(['warning 3'])
  })

  it('find rows of a village that the county does not have', () => {
    put('payments', [payment(), payment({ village: '431225999999' })])
    expect(hits('place')).toEqual(['error 3'])
  })
})

describe('rules about the books', () => {
  it('find a month whose balances do not add up, and one that does not open as the last one closed', () => {
    put('ledger', [
      entry({ month: '2026-06', opening: 0, closing: 100_000 }),
      entry({ month: '2026-07', opening: 100_000, closing: 200_000 }),
      entry({ month: '2026-08', opening: 200_001, closing: 300_001 }),
      entry({ month: '2026-09', closing: 350_000 }),
      entry({ month: '2026-10', direction: 'expense', amount: 350_000, closing: 0 }),
    ])
    expect(hits('balance')).toEqual(['error 4', 'error 5'])
  })

  it('ask for a word where voucher numbers have gaps, whether they begin anew each month or run through the year', () => {
    put('ledger', [
      entry({ voucher: '记-001' }),
      entry({ voucher: '记-002' }),
      entry({ voucher: '记-002' }),
      entry({ voucher: '收字1号' }),
      entry({ month: '2026-09', voucher: '记-003' }),
      entry({ month: '2026-09', voucher: '收字1号' }),
    ])
    expect(hits('vouchers')).toEqual([])
    put('ledger', [entry({ month: '2026-09', voucher: '记-006' }), entry({ month: '2026-10', voucher: '收字3号' })])
    expect(hits('vouchers')).toEqual(['warning 6', 'warning 3'])
  })

  it('find an expense that the county forbids, in words that the office may change', () => {
    put('ledger', [
      entry({ direction: 'expense', summary: '付招待费', amount: 5 }),
      entry({ direction: 'expense', summary: '付水费', accountName: '烟酒支出', amount: 5 }),
      entry({ direction: 'income', summary: '退还招待费', amount: 5 }),
      entry({ direction: 'expense', summary: '付电费', amount: 5 }),
    ])
    expect(hits('forbidden')).toEqual(['error 2', 'error 3'])
    expect(hits('forbidden', { forbidden: ['电费'] })).toEqual(['error 5'])
    expect(hits('forbidden', { forbidden: [] })).toEqual([])
  })

  it('find new rows of a month that is closed, and ask for a word where the month was public already', () => {
    const first = put('ledger', [entry({ month: '2026-07' })])
    office.database.prepare('UPDATE imports SET published = 1 WHERE id = ?').run(first)
    put('ledger', [entry({ month: '2026-06' }), entry({ month: '2026-07' }), entry({ month: '2026-08' })])
    put('payments', [payment({ date: '2026-06-30' }), payment({ date: '2026-07-01' })])
    expect(hits('closed-month')).toEqual(['warning 3'])
    expect(hits('closed-month', { closedUntil: '2026-06' }).sort()).toEqual(['error 2', 'error 2', 'warning 3'])
  })

  it('ask for a word where a voucher lies outside its month or nobody has checked it', () => {
    put('ledger', [entry(), entry({ date: '2026-09-01' }), entry({ checkedBy: '' })])
    expect(hits('ledger-month')).toEqual(['warning 3'])
    expect(hits('unchecked')).toEqual(['warning 4'])
  })
})

describe('rules about where money came from', () => {
  const given = (from: string, to: string, amount: number, year = 2025): Tables['allocations'] => {
    const parts = { central: amount, provincial: 0, municipal: 0, county: 0 }
    return { fund: 'F001', year, document: '〔2025〕1号', from, to, amount, ...parts, date: null }
  }

  it('find an allocation whose parts do not add up to it', () => {
    const none = { central: 0, provincial: 0, municipal: 0, county: 0 }
    put('allocations', [
      given('43', '431225', 100),
      { ...given('43', '431225', 100), central: 99 },
      { ...given('43', '431225', 100), ...none },
    ])
    expect(hits('split')).toEqual(['error 3'])
  })

  it('find more passed on than was received, and ask for a word about what was kept in an earlier year', () => {
    put('payments', [payment()])
    put('allocations', [
      given('431225', '431225100', 100),
      given('431225100', VILLAGE, 101),
      given('431225', '431225101', 100),
      given('431225101', '431225101201', 60),
      given('431225', '431225102', 100, 2026),
      given('431225102', '431225102201', 60, 2026),
    ])
    expect(hits('passed-on')).toEqual(['error 3', 'warning 5'])
  })

  it('find more paid in a village than was ever allocated to it, and let money of one year be paid in the next', () => {
    put('allocations', [given('431225100', VILLAGE, 44_100), given('43', '431225', 88_200)])
    put('payments', [payment()])
    expect(hits('overspent')).toEqual([])
    put('payments', [payment({ payee: '李示例', due: 44_100, amount: 44_100 })])
    expect(hits('overspent')).toEqual(['error 2'])
  })

  it('find a contract and an asset whose figures do not agree', () => {
    const sample = sampleCounty({ scale: 0.001, seed: 1, today: '2026-11-24' })
    const [contract] = sample.rows('contracts')
    const [asset] = [...sample.rows('assets')].filter(({ netValue }) => netValue !== null)
    if (contract === undefined || asset === undefined) throw new Error('Expected both in the sample')
    put('contracts', [contract, { ...contract, number: 'X', owed: contract.owed + 1 }])
    put('assets', [asset, { ...asset, number: 'Y', netValue: (asset.netValue ?? 0) + 1 }])
    expect(hits('owed')).toEqual(['error 3', 'error 3'])
  })
})

describe('the totals of a file', () => {
  it('are held against its rows: an error where all rows were taken, a warning where some were not', () => {
    const id = put('payments', [payment()])
    const figure = { field: 'amount', heading: '金额', column: 'F', text: '441.00', said: 44_100, summed: 44_100 }
    const line = { scope: 'whole', label: '合计', refused: 0, duplicates: 0 }
    const totals = [
      { ...line, row: 9, figures: [figure] },
      { ...line, row: 10, figures: [{ ...figure, said: 44_000 }] },
      { ...line, row: 11, refused: 2, figures: [{ ...figure, said: 50_000 }] },
      { ...line, row: 12, figures: [{ ...figure, text: '约四百', said: null }] },
    ]
    const report = { import: id, table: 'payments', file: 'test.csv', sheet: '', totals }
    office.database
      .prepare(
        `INSERT INTO importRuns ("table", file, path, choices, by, startedAt, state, import, message, report)
         VALUES ('payments', 'test.csv', '', '{}', 'test', '', 'taken', ?, '', ?)`,
      )
      .run(id, JSON.stringify(report))
    expect(hits('totals')).toEqual(['error 10', 'warning 11', 'error 12'])
  })
})

describe('all rules', () => {
  it('explain themselves, and have names of their own', () => {
    expect(new Set(RULES.map(({ id }) => id)).size).toBe(RULES.length)
    for (const rule of RULES)
      for (const text of [rule.title, rule.why, rule.source, rule.todo]) expect(text).not.toBe('')
  })

  it('make a warning of what only concerns rows that are public already', () => {
    const id = put('payments', [payment({ due: 1, amount: 1 })])
    expect(hits('amount')).toEqual(['error 2'])
    office.database.prepare('UPDATE imports SET published = 3 WHERE id = ?').run(id)
    expect(hits('amount')).toEqual(['warning 2'])
  })

  for (const seed of [1, 2, 431225]) {
    it(`raise no error over a clean county (seed ${seed}), only words to ask for`, { timeout: 60_000 }, () => {
      loadSample(office, sampleCounty({ scale: 0.003, seed, today: '2026-11-24' }), [], NOW)
      const runs = walkBooks(office.database, RULES, DEFAULT_SETTINGS)
      expect(runs.filter(({ errors }) => errors > 0).map(({ rule, found }) => [rule, found[0]])).toEqual([])
      expect(runs.filter(({ warnings }) => warnings > 0).map(({ rule }) => rule)).toEqual(
        runs.filter(({ rule, warnings }) => rule === 'returned' && warnings > 0).map(({ rule }) => rule),
      )
    })
  }
})
