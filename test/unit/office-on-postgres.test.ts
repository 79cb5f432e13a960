// The whole office in one PostgreSQL database, books and service: the way from a proposal to a release and its withdrawal,
// findings and their words, matching and the inspectors' list, with the very functions that run on SQLite
// everywhere else.
import { existsSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { checkAudit } from '../../sync/county/audit/check.ts'
import { countOpen, justify, listFindings } from '../../sync/county/checks/findings.ts'
import { runChecks } from '../../sync/county/checks/run.ts'
import { countOf } from '../../sync/county/database/query.ts'
import { approve } from '../../sync/county/drafts/approve.ts'
import type { Draft } from '../../sync/county/drafts/draft.ts'
import { propose } from '../../sync/county/drafts/propose.ts'
import { publishDraft } from '../../sync/county/drafts/publish-draft.ts'
import { proposeWithdrawal } from '../../sync/county/drafts/withdraw.ts'
import { importFile } from '../../sync/county/import/import-file.ts'
import { listEnvelopes, routeMessage } from '../../sync/county/inbox/envelopes.ts'
import { makeCountyKeys, signer } from '../../sync/county/keys/root.ts'
import { importRegister } from '../../sync/county/match/registers.ts'
import { runMatch } from '../../sync/county/match/run.ts'
import type { Office } from '../../sync/county/office.ts'
import { publishedRelease } from '../../sync/county/release/published.ts'
import { plantedOffice, VILLAGE } from '../county/planted-office.ts'
import { findPostgres, type Postgres, startPostgres } from '../county/postgres.ts'

vi.setConfig({ testTimeout: 120_000 })

/** Minutes ago: what follows may come a minute later without being ahead of the clock. */
const NOW = new Date(Date.now() - 600_000)
const bin = findPostgres()
const REVIEWER = { login: 'li', name: '李审核', roles: ['reviewer' as const], township: null }
const INSPECTOR = { login: 'ji', name: '纪检', roles: ['inspector' as const], township: null }
let postgres: Postgres
let office: Office
let folder = ''

describe.skipIf(bin === null)('an office on PostgreSQL (skipped where it can’t be installed)', () => {
  beforeAll(async () => {
    postgres = startPostgres(bin ?? '')
    ;({ office, folder } = await plantedOffice(postgres.fresh()))
    makeCountyKeys(office, true, NOW)
  }, 120_000)
  afterAll(async () => {
    await office?.close()
    postgres?.stop()
    rmSync(folder, { recursive: true, force: true })
  })

  it('keeps findings and the words that let them stand', async () => {
    await sql`UPDATE allocations SET amount = amount * 1000`.execute(await office.books())
    await runChecks(office, NOW)
    const service = await office.service()
    const { findings } = await listFindings(service)
    expect(findings.length).toBeGreaterThan(0)
    for (const rule of new Set(findings.map((one) => one.rule)))
      await justify(service, { what: { rule }, words: '示例数据，已核对' }, REVIEWER, NOW)
    expect(await countOpen(service)).toEqual({ errors: 0, warnings: 0 })
  })

  it('goes from a proposal through a second person to a release, and its trail is whole', async () => {
    const draft = await propose(office, { login: 'wang', name: '王经办' }, NOW)
    const findings = async () => ({ errors: 0, warnings: 0 })
    const { id, fingerprint } = draft
    const approval = { id, by: REVIEWER, fingerprint, releaseKey: signer(office, 'release'), openFindings: findings }
    await approve(office, approval, NOW)
    await publishDraft(office, draft.id, 'zhang', NOW)
    expect(publishedRelease(office.dist)?.record).toMatchObject({ number: 1, reviewed: true })
    expect(await checkAudit(await office.service(), office.dist)).toMatchObject({ broken: null, releases: 1 })
  })

  it('keeps nothing of the books in a file', async () => {
    expect(
      existsSync(join(folder, 'office', 'office.sqlite')) || existsSync(join(office.folder, 'office.sqlite')),
    ).toBe(false)
    expect(await countOf(await office.books(), sql`SELECT count(*) FROM books.payments`)).toBeGreaterThan(0)
  })

  it('withdraws what was wrong, and forgets whom only that import named', async () => {
    const file = join(folder, '误发.csv')
    writeFileSync(file, `fund,village,group,payee,amount,date\nF001,${VILLAGE},1组,龙误发,1,2026-04-01\n`)
    const plain = { map: new Map(), set: new Map(), refused: null, by: 'wang', now: NOW }
    const { import: id } = await importFile(office, { table: 'payments', file, ...plain })
    const findings = async () => ({ errors: 0, warnings: 0 })
    const release = async (draft: Draft, at: Date): Promise<void> => {
      const { fingerprint } = draft
      const key = { releaseKey: signer(office, 'release'), openFindings: findings }
      await approve(office, { id: draft.id, by: REVIEWER, fingerprint, ...key }, at)
      await publishDraft(office, draft.id, 'zhang', at)
    }
    const [second, third] = [NOW.getTime() + 60_000, NOW.getTime() + 120_000].map((at) => new Date(at))
    if (second === undefined || third === undefined) throw new Error('Expected two moments')
    await release(await propose(office, { login: 'wang', name: '王经办' }, second), second)
    const books = await office.books()
    const named = sql`SELECT count(*) FROM roster WHERE name = '龙误发'`
    expect(await countOf(books, named)).toBe(1)
    const wrong = { release: 2, imports: [id], why: '发错了' }
    await release(await proposeWithdrawal(office, wrong, { login: 'wang', name: '王经办' }, third), third)
    expect(publishedRelease(office.dist)?.record).toMatchObject({ number: 3, withdrawn: [2] })
    expect(await countOf(books, named)).toBe(0)
    expect(await countOf(books, sql`SELECT count(*) FROM imports WHERE undone IS NOT NULL`)).toBe(1)
  })

  it('takes a register, and finds nobody twice', async () => {
    const file = join(folder, '死亡.csv')
    writeFileSync(file, '姓名,身份证号,死亡日期,村\n粟明一,,2026-01-02,431225100201\n')
    expect(await importRegister(office, { register: 'deceased', file, by: 'li', now: NOW })).toMatchObject({
      accepted: 1,
    })
    await runMatch(office, { by: 'li', now: NOW })
    expect((await runMatch(office, { by: 'li', now: NOW })).fresh).toBe(0)
  })

  it('lists sealed messages and how they are routed', async () => {
    const service = await office.service()
    const envelope = { id: '0123456789A', terminal: 'HT-07', day: '2026-11-23', sha256: '', sealed: '{}', receipt: '' }
    await service.insertInto('messages').values(envelope).execute()
    const routing = { body: '431225101', accuses: [], deadlines: 'petition' as const, goesUp: false }
    const rest = { extended: false, told: false, closed: false }
    await routeMessage(office, envelope.id, { ...routing, ...rest }, INSPECTOR, NOW)
    expect(await listEnvelopes(service, 'ordinary', NOW)).toMatchObject([
      { id: envelope.id, routing: { body: '431225101' } },
    ])
  })
})
