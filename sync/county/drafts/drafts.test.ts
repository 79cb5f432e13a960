import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { changeIn, countIn } from '../../../test/county/books-file.ts'
import { plantedOffice, VILLAGE } from '../../../test/county/planted-office.ts'
import { importFile } from '../import/import-file.ts'
import { undoImport } from '../import/undo.ts'
import { makeCountyKeys, ROOT_FILE, signer } from '../keys/root.ts'
import type { Office } from '../office.ts'
import { publishOffice } from '../release/publish-office.ts'
import { publishedRelease } from '../release/published.ts'
import { localDay } from '../release/today.ts'
import { runVerifier } from '../release/verify-child.ts'
import { approve, reject } from './approve.ts'
import { readDifference, readRows } from './difference.ts'
import { type Draft, draftFolder, openDraft, readDraft } from './draft.ts'
import { importsOf } from './imports.ts'
import { propose } from './propose.ts'
import { publishDraft, publishDue, schedule } from './publish-draft.ts'
import type { OpenFindings } from './refusals.ts'

// Each publication runs the terminals' verifier in a process of its own.
vi.setConfig({ testTimeout: 120_000 })

const NOW = new Date()
const OPERATOR = { login: 'wang', name: '王经办' }
const REVIEWER = { login: 'li', name: '李审核' }
let folder = ''
let office: Office
let file = 0

beforeEach(async () => {
  ;({ office, folder } = await plantedOffice())
  makeCountyKeys(office, true, NOW)
})
afterEach(async () => {
  await office.close()
  rmSync(folder, { recursive: true })
})

async function pay(payee: string, amount: number, by = OPERATOR.login, now = NOW): Promise<number> {
  const path = join(folder, `发放-${++file}.csv`)
  writeFileSync(path, `fund,village,group,payee,amount,date\nF001,${VILLAGE},1组,${payee},${amount},2026-04-01\n`)
  await importFile(office, { table: 'payments', file: path, map: new Map(), set: new Map(), refused: null, by, now })
  return countIn(office, 'SELECT max(id) FROM imports')
}

const approval = (draft: Draft, by = REVIEWER, findings: OpenFindings = { errors: 0, warnings: 0 }) => ({
  id: draft.id,
  by,
  fingerprint: draft.fingerprint,
  releaseKey: signer(office, 'release'),
  openFindings: async () => findings,
})
const later = (seconds: number) => new Date(NOW.getTime() + seconds * 1_000)

async function published(): Promise<Draft> {
  const draft = await propose(office, OPERATOR, NOW)
  await approve(office, approval(draft), NOW)
  return publishDraft(office, draft.id, 'zhang', NOW)
}

describe('a draft', () => {
  it('remembers nothing, signs nothing and shows what would change', async () => {
    await publishOffice(office, NOW, localDay(NOW), '')
    await pay('龙新人', 1234)
    const people = countIn(office, 'SELECT count(*) FROM roster WHERE number IS NOT NULL')
    const draft = await propose(office, OPERATOR, NOW)
    expect(countIn(office, 'SELECT count(*) FROM roster WHERE number IS NOT NULL')).toBe(people)
    expect(publishedRelease(office.dist)?.record.number).toBe(1)
    const at = draftFolder(office, draft.id)
    const found = readDifference(at)
    expect(found?.kinds.find(({ kind }) => kind === 'payments')).toMatchObject({ added: 1, changed: 0, removed: 0 })
    expect(found?.funds).toMatchObject([{ fund: 'F001', added: 1 }])
    const [fund] = found?.funds ?? []
    expect((fund?.after ?? 0) - (fund?.before ?? 0)).toBe(123_400)
    expect(found?.villages.find(({ village }) => village === VILLAGE)).toMatchObject({ township: '林城镇' })
    expect(found?.largest[0]).toMatchObject({ change: 'added', money: 123_400, after: { payee: '龙新人' } })
    expect(readRows(at, 'payments', 0, 10).rows[0]?.after).not.toHaveProperty('idNumber')
  })

  it('names a changed amount once, with both sides', async () => {
    await pay('龙新人', 1000)
    await publishOffice(office, NOW, localDay(NOW), '')
    changeIn(office, "UPDATE payments SET amount = 99900 WHERE payee = '龙新人'")
    const draft = await propose(office, OPERATOR, NOW)
    const { rows } = readRows(draftFolder(office, draft.id), 'payments', 0, 10)
    expect(rows).toMatchObject([
      { change: 'changed', money: -100, before: { amount: 100_000 }, after: { amount: 99_900 } },
    ])
  })

  it('shows what a new masking rule hides', async () => {
    await publishOffice(office, NOW, localDay(NOW), '')
    changeIn(office, "UPDATE funds SET masked = 1, maskReason = '隐私' WHERE code = 'F001'")
    changeIn(office, "DELETE FROM projects WHERE fund = 'F001'")
    const draft = await propose(office, OPERATOR, NOW)
    const [effect] = readDifference(draftFolder(office, draft.id))?.disclosure ?? []
    expect(effect).toMatchObject({ fund: 'F001', before: 'open', after: 'masked', reason: '隐私', openAdded: 0 })
    expect(effect?.openRemoved).toBe(26)
    expect(effect?.maskedAdded).toBe(26)
    expect(readRows(draftFolder(office, draft.id), 'masked', 0, 1).rows[0]?.after).not.toHaveProperty('payee')
  })

  it('is refused by the proof, and nobody can override that', async () => {
    changeIn(office, "UPDATE notices SET body = '431225197003041230'")
    await expect(propose(office, OPERATOR, NOW)).rejects.toMatchObject({ code: 'E-DISCLOSURE' })
    expect(await openDraft(await office.service())).toBeNull()
  })

  it('replaces the one before that still waits for its reviewer', async () => {
    const first = await propose(office, OPERATOR, NOW)
    const second = await propose(office, OPERATOR, NOW)
    const service = await office.service()
    expect((await readDraft(service, first.id)).state).toBe('replaced')
    expect((await openDraft(service))?.id).toBe(second.id)
    expect(existsSync(join(draftFolder(office, first.id), 'candidate'))).toBe(false)
  })
})

describe('the second person', () => {
  it('is never who imported or proposed it', async () => {
    await pay('龙新人', 5, REVIEWER.login)
    const draft = await propose(office, OPERATOR, NOW)
    await expect(approve(office, approval(draft, OPERATOR), NOW)).rejects.toMatchObject({ code: 'E-FORBIDDEN' })
    await expect(approve(office, approval(draft, REVIEWER), NOW)).rejects.toMatchObject({ code: 'E-FORBIDDEN' })
    await approve(office, approval(draft, { login: 'zhao', name: '赵审核' }), NOW)
  })

  it('stands under every figure of what was approved, and only once it is public (P8)', async () => {
    const id = await pay('龙新人', 5)
    const draft = await propose(office, OPERATOR, NOW)
    await approve(office, approval(draft), NOW)
    expect((await importsOf(office, [id]))[0]).toMatchObject({ approvedBy: '', release: null })
    expect(publishedRelease(office.dist)).toBeNull()
    await publishDraft(office, draft.id, 'zhang', NOW)
    expect(publishedRelease(office.dist)?.record).toMatchObject({ number: 1, reviewed: true })
    expect(publishedRelease(office.dist)?.record.auditHead).toMatch(/^[0-9a-f]{64}$/)
    expect((await importsOf(office, [id]))[0]).toMatchObject({
      approvedBy: '李审核',
      approvedOn: localDay(NOW),
      release: 1,
    })
    expect(await runVerifier(office.dist, join(office.folder, ROOT_FILE))).toMatchObject({ ok: true, release: 1 })
    // The next draft finds the approvals in place: nothing differs.
    const next = await propose(office, OPERATOR, NOW)
    expect(readDifference(draftFolder(office, next.id))?.kinds).toEqual([])
    expect(next.imports).toEqual([])
  })

  it('refuses what isn’t what was looked at any more', async () => {
    const draft = await propose(office, OPERATOR, NOW)
    await pay('龙新人', 5)
    await expect(approve(office, approval(draft), NOW)).rejects.toThrow(/came after it/)
    const next = await propose(office, OPERATOR, NOW)
    changeIn(office, "UPDATE notices SET body = '改过的公告'")
    await expect(approve(office, approval(next), NOW)).rejects.toThrow(/content changed/)
    await expect(approve(office, { ...approval(next), fingerprint: 'f'.repeat(64) }, NOW)).rejects.toMatchObject({
      code: 'E-STATE',
    })
    expect((await readDraft(await office.service(), next.id)).state).toBe('proposed')
    expect(countIn(office, "SELECT count(*) FROM origins WHERE approvedBy <> ''")).toBe(0)
  })

  it('refuses while findings are open', async () => {
    const draft = await propose(office, OPERATOR, NOW)
    await expect(approve(office, approval(draft, REVIEWER, { errors: 0, warnings: 1 }), NOW)).rejects.toThrow(
      /1 warnings/,
    )
  })

  it('sends it back with words, also after the approval: nothing of it is ever public', async () => {
    const draft = await propose(office, OPERATOR, NOW)
    await approve(office, approval(draft), NOW)
    await reject(office, draft.id, REVIEWER, '金额不对', NOW)
    expect(await readDraft(await office.service(), draft.id)).toMatchObject({ state: 'rejected', words: '金额不对' })
    await expect(publishDraft(office, draft.id, 'zhang', NOW)).rejects.toMatchObject({ code: 'E-STATE' })
    expect(existsSync(office.dist) && readdirSync(office.dist).length > 0).toBe(false)
    expect((await propose(office, OPERATOR, NOW)).number).toBe(1)
  })
})

describe('publication', () => {
  it('waits for its time, and moves the pointer then', async () => {
    const draft = await propose(office, OPERATOR, NOW)
    await approve(office, approval(draft), NOW)
    await schedule(office, draft.id, 'zhang', later(60), NOW)
    expect(await publishDue(office, later(59))).toBeNull()
    expect(publishedRelease(office.dist)).toBeNull()
    expect((await publishDue(office, later(61)))?.state).toBe('published')
    expect(publishedRelease(office.dist)?.record.number).toBe(1)
    expect(await publishDue(office, later(62))).toBeNull()
  })

  it('refuses an import that was taken back since, and a file that was changed since', async () => {
    const id = await pay('龙新人', 5)
    const draft = await propose(office, OPERATOR, NOW)
    await approve(office, approval(draft), NOW)
    const blocks = join(draftFolder(office, draft.id), 'stage', 'packs')
    const [root = ''] = readdirSync(blocks)
    const pack = join(blocks, root, '431225.gz')
    writeFileSync(pack, 'x')
    await expect(publishDraft(office, draft.id, 'zhang', NOW)).rejects.toThrow(/a terminal takes/)
    await undoImport(office, id, NOW)
    await expect(publishDraft(office, draft.id, 'zhang', NOW)).rejects.toThrow(/taken back/)
    expect(publishedRelease(office.dist)).toBeNull()
  })

  it('refuses a draft that another release has overtaken', async () => {
    const draft = await propose(office, OPERATOR, NOW)
    await approve(office, approval(draft), NOW)
    await publishOffice(office, NOW, localDay(NOW), '')
    await expect(publishDraft(office, draft.id, 'zhang', NOW)).rejects.toThrow(/to follow release 0/)
  })

  it('leaves every release verifiable, with deltas from one to the next', async () => {
    await published()
    await pay('龙新人', 5)
    await published()
    const record = publishedRelease(office.dist)?.record
    expect(record).toMatchObject({ number: 2, deltas: [{ number: 1 }] })
    expect(await runVerifier(office.dist, join(office.folder, ROOT_FILE))).toMatchObject({ ok: true, release: 2 })
  })
})
