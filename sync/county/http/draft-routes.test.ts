// Check, approve, publish over HTTP, by role: real accounts, the county's own keys under a passphrase, real child processes.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { changeIn } from '../../../test/county/books-file.ts'
import { type AskingPerson, type Asks, openAsks } from '../../../test/county/console-asks.ts'
import { plantedOffice, VILLAGE } from '../../../test/county/planted-office.ts'
import {
  draftsAnswer,
  draftView,
  jobAnswer,
  previewAnswer,
  previewPlaces,
  rowsAnswer,
} from '../../contract/console/drafts.ts'
import { justify, listFindings } from '../checks/findings.ts'
import { runChecks } from '../checks/run.ts'
import { makeRealKeys } from '../keys/ceremony.ts'
import type { Office } from '../office.ts'
import { publishedRelease } from '../release/published.ts'

const PASSPHRASE = 'noch ein langer Satz fuer den Schluessel 7'
let folder = ''
let office: Office
let asks: Asks

beforeAll(async () => {
  ;({ office, folder } = await plantedOffice())
  const rootOut = ['a', 'b', 'c'].map((name) => join(folder, name))
  for (const stick of rootOut) mkdirSync(stick)
  await makeRealKeys(office, { rootOut, passphrase: PASSPHRASE }, new Date())
  const people: AskingPerson[] = [
    ['jingban', 'operator', null],
    ['shen', 'reviewer', null],
    ['fabu', 'publisher', null],
    ['shenji', 'auditor', null],
    ['xiang', 'reviewer', '431225100'],
  ]
  asks = await openAsks(office, people)
  await settleFindings()
}, 120_000)
afterAll(async () => {
  await asks.close()
  await office.close()
  rmSync(folder, { recursive: true, force: true })
})

/** The planted office allocates less than it pays, which is mended; and has warnings: a person says why they may stand. */
async function settleFindings(): Promise<void> {
  changeIn(office, 'UPDATE allocations SET amount = amount * 1000')
  await runChecks(office, new Date())
  const service = await office.service()
  const actor = { login: 'shen', name: '示例', roles: ['reviewer' as const], township: null }
  const { findings } = await listFindings(service)
  for (const rule of new Set(findings.map((one) => one.rule)))
    await justify(service, { what: { rule }, words: '示例数据，已核对' }, actor, new Date())
}

const ask = (login: string, path: string, body?: object): Promise<Response> =>
  asks.ask(login, `/drafts${path}`, body === undefined ? 'GET' : 'POST', body)

async function ended(response: Response) {
  expect(response.status).toBe(200)
  return await asks.jobs.whenEnded(jobAnswer.parse(await response.json()).job)
}

/** Every file of the office that says a text. */
function filesThatSay(text: string): string[] {
  return readdirSync(office.folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => readFileSync(path).includes(text))
}

describe('check, approve, publish', () => {
  it('goes from a proposal to a public release only through a second person and a third', async () => {
    expect(await ended(await ask('jingban', '', {}))).toMatchObject({ state: 'done', result: { draft: 1, number: 1 } })
    const view = draftView.parse(await (await ask('shen', '/1')).json())
    expect(view).toMatchObject({ draft: { state: 'proposed' }, refusals: [], needsPassphrase: true })
    const { fingerprint } = view.draft
    const own = draftView.parse(await (await ask('jingban', '/1')).json())
    expect(own.refusals).toEqual(['本稿由 示例jingban 提交，须由另一人审核'])
    expect((await ask('jingban', '/1/approve', { fingerprint, passphrase: PASSPHRASE })).status).toBe(403)
    expect((await ask('fabu', '/1/approve', { fingerprint, passphrase: PASSPHRASE })).status).toBe(403)
    const wrong = await ended(
      await ask('shen', '/1/approve', { fingerprint, passphrase: 'ein falscher Satz, sehr lang' }),
    )
    expect(wrong).toMatchObject({ state: 'failed', error: { code: 'E-KEYS' } })
    const early = await ended(await ask('fabu', '/1/publish', { at: null }))
    expect(early).toMatchObject({ state: 'failed', error: { code: 'E-STATE' } })
    const approved = await ended(await ask('shen', '/1/approve', { fingerprint, passphrase: PASSPHRASE }))
    expect(approved).toMatchObject({ state: 'done', result: { state: 'approved', decidedBy: 'shen' } })
    expect(publishedRelease(office.dist)).toBeNull()
    expect((await ask('shen', '/1/publish', { at: null })).status).toBe(403)
    expect(await ended(await ask('fabu', '/1/publish', { at: null }))).toMatchObject({ state: 'done', error: null })
    expect(publishedRelease(office.dist)?.record).toMatchObject({ number: 1, reviewed: true })
    const { drafts, releases, practice } = draftsAnswer.parse(await (await ask('shen', '')).json())
    expect(practice).toBe(false)
    expect(drafts).toMatchObject([{ id: 1, state: 'published', decidedName: '示例shen' }])
    expect(releases).toMatchObject([{ number: 1, reviewed: true, withdrawn: false }])
    expect(filesThatSay(PASSPHRASE)).toEqual([])
    expect(JSON.stringify(asks.jobs.list('shen'))).not.toContain(PASSPHRASE)
  }, 900_000)

  it('shows the rows that differ and what a terminal will show, by name and without the office’s own fields', async () => {
    const rows = rowsAnswer.parse(await (await ask('shen', '/1/rows/payments?from=0')).json())
    expect(rows.total).toBe(26)
    expect(rows.rows[0]?.after).toHaveProperty('payee')
    const { places } = previewPlaces.parse(await (await ask('shen', '/1/places')).json())
    const place = places.find(({ village }) => village === VILLAGE)
    expect(place?.kinds.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['payments', 'masked']))
    const query = `part=${place?.part}&village=${VILLAGE}&kind=payments&from=0`
    const preview = previewAnswer.parse(await (await ask('shen', `/1/preview?${query}`)).json())
    expect(preview.total).toBe(14)
    expect(preview.columns).toEqual(expect.arrayContaining(['payee', 'amount', 'date']))
    expect(preview.columns).not.toEqual(expect.arrayContaining(['idNumber']))
    const strange = await ask('shen', `/1/preview?part=${place?.part}&village=${VILLAGE}&kind=../x`)
    expect(strange.status).toBe(422)
    expect((await ask('shen', '/1/rows/..%2Fdifference')).status).not.toBe(500)
  })

  it('is closed to auditors, to a township’s reviewer and to nobody at all', async () => {
    for (const path of ['/1', '/1/rows/payments', '/1/places']) {
      expect((await ask('shenji', path)).status, path).toBe(403)
      expect((await ask('xiang', path)).status, path).toBe(403)
      expect((await ask('nobody', path)).status, path).toBe(401)
    }
    expect((await ask('shen', '/withdraw', { release: 1, imports: [1], why: '错' })).status).toBe(403)
    expect(existsSync(join(office.dist, 'withdrawn.json'))).toBe(false)
  })

  it('sends a draft back with words', async () => {
    expect(await ended(await ask('jingban', '', {}))).toMatchObject({ state: 'done', result: { draft: 2, number: 2 } })
    expect((await ask('shen', '/2/reject', { words: ' ' })).status).toBe(422)
    expect(await (await ask('shen', '/2/reject', { words: '金额不对' })).json()).toMatchObject({
      state: 'rejected',
      words: '金额不对',
      decidedName: '示例shen',
    })
  }, 400_000)
})
