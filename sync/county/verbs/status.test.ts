import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { importFile } from '../import/import-file.ts'
import { loadSample } from '../import/load-sample.ts'
import { hasKeys } from '../keys/keys.ts'
import { type Office, openOffice } from '../office.ts'
import { plainError } from '../plain-error.ts'
import { heldBack } from '../release/held-back.ts'
import { sampleCounty } from '../sample/sample.ts'
import type { TableName } from '../tables.ts'
import { undoVerb } from './imports.ts'
import { publishVerb } from './publish.ts'
import { statusVerb } from './status.ts'
import type { Verb } from './verb.ts'

const NOW = new Date('2026-11-24T02:00:00Z')
const VILLAGE = '431225100201'
// Whole publications and a verifier in a process of its own, beside other tests on two cores.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })
let folder = ''
let office: Office

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sunhall-status-'))
  office = openOffice(join(folder, 'office'), NOW)
})
afterEach(() => {
  office.close()
  rmSync(folder, { recursive: true })
})

async function run(verb: Verb, ...positionals: string[]) {
  const quiet = (): void => undefined
  return await verb.run({ office, positionals, values: {}, now: NOW, json: true, say: quiet, warn: quiet })
}

async function take(table: TableName, content: string): Promise<number> {
  const file = join(folder, `${table}.csv`)
  writeFileSync(file, content)
  const plain = { table, file, map: new Map(), set: new Map(), refused: null, by: '', now: NOW }
  return (await importFile(office, plain)).import
}

it('status counts what counts: a row that replaces another is no second one', async () => {
  await loadSample(office, sampleCounty({ scale: 0.001, seed: 1, today: '2026-11-20' }), [], NOW)
  expect(await run(statusVerb)).toMatchObject({ rows: { places: 262, funds: 196 } })
  await take('assets', `village,number,kind,name\n${VILLAGE},示例-1,asset,甲\n`)
  const { rows: before } = (await run(statusVerb)) as { rows: Record<string, number> }
  await take('assets', `village,number,kind,name\n${VILLAGE},示例-1,asset,乙\n`)
  expect((await run(statusVerb)).rows).toEqual(before)
}, 30_000)

it('undo keeps a fund that payments of another import name: they would fall out of the release', async () => {
  const fund = await take('funds', 'code,name\nFX,示例新资金\n')
  const payments = await take('payments', `fund,village,payee,amount,date\nFX,${VILLAGE},杨示例,1,2026-03-01\n`)
  await expect(run(undoVerb, String(fund))).rejects.toThrow(new RegExp(`payments in import ${payments} name its fund`))
  expect(await run(undoVerb, String(payments))).toMatchObject({ ok: true, rows: 1 })
  expect(await run(undoVerb, String(fund))).toMatchObject({ ok: true, table: 'funds' })
})

it('publish tells of ledger entries that no opening balance leads to', async () => {
  const head = 'village,month,date,direction,amount,opening\n'
  const entries = [`${VILLAGE},2026-03,2026-03-05,income,100,`, `${VILLAGE},2026-04,2026-04-05,income,100,5`]
  await take('ledger', `${head}${entries.join('\n')}\n431225100001,2026-03,2026-03-05,income,1,\n`)
  expect(await heldBack(await office.books())).toEqual({ entriesWithoutOpening: 2, villages: 2 })
  const warnings: string[] = []
  const warn = (line: string): number => warnings.push(line)
  const say = (): void => undefined
  const context = { office, positionals: [], values: {}, now: new Date(), json: true, say, warn }
  expect(await publishVerb.run(context)).toMatchObject({ ok: true, heldBack: { villages: 2 } })
  await publishVerb.run(context)
  expect(warnings.join('\n')).toMatch(
    /no second person[\s\S]*2 ledger entries of 2 villages[\s\S]*nothing has changed since release 1/,
  )
})

it.each(['xx', '2026-12-01T08:00:00+08:00'])('publish --at %s in a practice office publishes nothing', async (at) => {
  const say = (): void => undefined
  const context = { office, positionals: [], values: { at }, now: NOW, json: true, say, warn: say }
  await expect(publishVerb.run(context)).rejects.toMatchObject({ code: 'E-INPUT' })
  expect(hasKeys(office.keys)).toBe(false)
})

it('publish lists the characters that the shipped fonts lack', async () => {
  await take('payments', `fund,village,payee,amount,date\nF001,${VILLAGE},粟𬎆例,1,2026-03-01\n`)
  const warnings: string[] = []
  const say = (): void => undefined
  const warn = (line: string): number => warnings.push(line)
  const context = { office, positionals: [], values: {}, now: new Date(), json: true, say, warn }
  expect(await publishVerb.run(context)).toMatchObject({ figures: { missingCharacters: ['𬎆'] } })
  expect(warnings.join('\n')).toContain('the shipped fonts lack 1 characters: 𬎆')
})

it('a database that is busy, full or none, and a disk without room, are said in plain words', () => {
  const of = (more: object): unknown => plainError(Object.assign(new Error('raw'), more))
  expect(of({ errcode: 5 })).toMatchObject({ code: 'E-STATE', message: expect.stringContaining('try again') })
  expect(of({ errcode: 26 })).toMatchObject({ code: 'E-STATE' })
  expect(of({ code: 'ENOSPC', path: '/x' })).toMatchObject({ code: 'E-QUOTA' })
  expect(of({ code: 'EEXIST', path: '/x' })).toMatchObject({ message: expect.stringContaining('/x') })
  expect(of({})).toEqual(new Error('raw'))
})
