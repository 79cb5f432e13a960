// Findings from import to justification: what stands in the way, whose word lets it stand, and what is asked again.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Actor } from '../accounts/roles.ts'
import { importFile } from '../import/import-file.ts'
import { undoImport } from '../import/undo.ts'
import { type Office, openOffice } from '../office.ts'
import { findingsCsv } from './csv.ts'
import { justify, listFindings, openFindings } from './findings.ts'
import { isStale } from './run.ts'
import { readCheckSettings, writeCheckSettings } from './settings.ts'

const NOW = new Date('2026-11-24T08:00:00Z')
const REVIEWER: Actor = { login: 'lifang', name: '李芳', roles: ['reviewer'], township: null }

let office: Office
let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'findings-'))
  office = openOffice(folder, NOW)
})
afterEach(async () => {
  await office.close()
  rmSync(folder, { recursive: true, force: true })
})

/** A month of accounts with an expense of that summary. */
async function importLedger(summary: string, vouchers: readonly string[]): Promise<number> {
  const path = join(folder, '村级账.csv')
  const rows = vouchers.map(
    (voucher) => `431225100201,2026-08,${voucher},2026-08-12,${summary},expense,5.00,民主理财小组`,
  )
  writeFileSync(path, ['村代码,期间,凭证号,日期,摘要,方向,金额,审核人', ...rows].join('\n'))
  const options = {
    table: 'ledger' as const,
    file: path,
    map: new Map(),
    set: new Map(),
    refused: null,
    by: '王强',
    now: NOW,
  }
  return (await importFile(office, options)).import
}

it('count errors and warnings, run the rules again when an import came or went, and not otherwise', async () => {
  expect(await openFindings(office, NOW)).toEqual({ errors: 0, warnings: 0 })
  expect(await isStale(office)).toBe(false)
  const id = await importLedger('付招待费', ['记-001', '记-003'])
  expect(await isStale(office)).toBe(true)
  expect(await openFindings(office, NOW)).toEqual({ errors: 2, warnings: 1 })
  const { findings } = await listFindings(await office.service(), { rule: 'forbidden' })
  expect(findings.map(({ file, row, placeName }) => [file, row, placeName])).toEqual([
    ['村级账.csv', 2, '林城镇 小寨村'],
    ['村级账.csv', 3, '林城镇 小寨村'],
  ])
  await undoImport(office, id, NOW)
  expect(await openFindings(office, NOW)).toEqual({ errors: 0, warnings: 0 })
})

it('let a warning stand on a word with its speaker, and do not ask again when the same rows come in another file', async () => {
  const id = await importLedger('付电费', ['记-001', '记-003'])
  expect(await openFindings(office, NOW)).toEqual({ errors: 0, warnings: 1 })
  const service = await office.service()
  const [one] = (await listFindings(service)).findings
  expect(await justify(service, { what: { id: one?.id ?? '' }, words: '记-002作废' }, REVIEWER, NOW)).toBe(1)
  await undoImport(office, id, NOW)
  expect(await openFindings(office, NOW)).toEqual({ errors: 0, warnings: 0 })
  await importLedger('付电费', ['记-001', '记-003'])
  expect(await openFindings(office, NOW)).toEqual({ errors: 0, warnings: 0 })
  const [again] = (await listFindings(service)).findings
  expect([again?.words, again?.justifiedName]).toEqual(['记-002作废', '李芳'])
  // Another gap is another finding.
  await importLedger('付水费', ['记-007'])
  expect(await openFindings(office, NOW)).toEqual({ errors: 0, warnings: 1 })
  const trail = await service.selectFrom('audit').select(['actor', 'action']).execute()
  expect(trail).toContainEqual({ actor: 'lifang', action: 'justify' })
})

it('take no word for an error, none too short, none from another role or township', async () => {
  await importLedger('付招待费', ['记-001', '记-003'])
  await openFindings(office, NOW)
  const service = await office.service()
  const { findings } = await listFindings(service)
  const error = findings.find(({ level }) => level === 'error')?.id ?? ''
  const warning = findings.find(({ level }) => level === 'warning')?.id ?? ''
  const say = (id: string, words: string, actor: Partial<Actor> = {}): Promise<number> =>
    justify(service, { what: { id }, words }, { ...REVIEWER, ...actor }, NOW)
  await expect(say(error, '已经核对过了')).rejects.toMatchObject({ code: 'E-STATE' })
  await expect(say(warning, '好')).rejects.toMatchObject({ code: 'E-INPUT' })
  await expect(say(warning, '已经核对过了', { roles: ['auditor'] })).rejects.toMatchObject({ code: 'E-FORBIDDEN' })
  await expect(say(warning, '已经核对过了', { township: '431225101' })).rejects.toMatchObject({ code: 'E-MISSING' })
  expect(await openFindings(office, NOW)).toEqual({ errors: 2, warnings: 1 })
  expect(await say(warning, '已经核对过了', { township: '431225100' })).toBe(1)
})

it('settle all warnings of a rule at once, never its errors, and show a township its own', async () => {
  await importLedger('付电费', ['记-001', '记-003'])
  await openFindings(office, NOW)
  const service = await office.service()
  expect((await listFindings(service, { township: '431225101' })).total).toBe(0)
  expect((await listFindings(service, { township: '431225100' })).total).toBe(1)
  expect(await justify(service, { what: { rule: 'vouchers' }, words: '凭证作废，有清单' }, REVIEWER, NOW)).toBe(1)
  expect((await listFindings(service, { justified: false })).total).toBe(0)
})

it('follow the words that the county forbids, which only a reviewer of the county changes', async () => {
  await importLedger('付电费', ['记-001'])
  expect(await openFindings(office, NOW)).toEqual({ errors: 0, warnings: 0 })
  const service = await office.service()
  const settings = { ...(await readCheckSettings(service)), forbidden: ['电费'] }
  const local = { ...REVIEWER, township: '431225100' }
  await expect(writeCheckSettings(service, settings, local, NOW)).rejects.toMatchObject({ code: 'E-FORBIDDEN' })
  await writeCheckSettings(service, settings, REVIEWER, NOW)
  expect(await openFindings(office, NOW)).toEqual({ errors: 1, warnings: 0 })
})

it('write a CSV in which no text of a file is a formula', async () => {
  await importLedger('=HYPERLINK("http://x")招待费', ['记-001'])
  await openFindings(office, NOW)
  const { findings } = await listFindings(await office.service())
  const csv = findingsCsv(findings.map((one) => ({ ...one, value: '=1+1' })))
  expect(csv).toContain(`,'=1+1,`)
  expect(csv.startsWith('\ufeff级别,')).toBe(true)
})
