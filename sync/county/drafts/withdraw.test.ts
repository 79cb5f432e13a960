import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { changeIn, countIn } from '../../../test/county/books-file.ts'
import { plantedOffice, VILLAGE } from '../../../test/county/planted-office.ts'
import { paths, type ReleaseRecord } from '../../contract/release.ts'
import { pointTo } from '../../publish/tuf.ts'
import { importFile } from '../import/import-file.ts'
import { undoImport } from '../import/undo.ts'
import { makeCountyKeys, ROOT_FILE, signer } from '../keys/root.ts'
import type { Office } from '../office.ts'
import { publishOffice } from '../release/publish-office.ts'
import { publishedRelease } from '../release/published.ts'
import { localDay } from '../release/today.ts'
import { runVerifier } from '../release/verify-child.ts'
import { approve } from './approve.ts'
import { readDifference } from './difference.ts'
import { type Draft, draftFolder, readDraft } from './draft.ts'
import { WITHDRAWN_FILE } from './erase.ts'
import { reconcileDrafts } from './finish.ts'
import { propose } from './propose.ts'
import { publishDraft } from './publish-draft.ts'
import { proposeAgain, proposeWithdrawal } from './withdraw.ts'

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

async function pay(payee: string): Promise<number> {
  const path = join(folder, `发放-${++file}.csv`)
  writeFileSync(path, `fund,village,group,payee,amount,date\nF001,${VILLAGE},1组,${payee},1234,2026-04-01\n`)
  const choices = { table: 'payments', file: path, map: new Map(), set: new Map(), refused: null, by: 'wang', now: NOW }
  await importFile(office, choices as Parameters<typeof importFile>[1])
  return countIn(office, 'SELECT max(id) FROM imports')
}

const publish = async (): Promise<ReleaseRecord> => (await publishOffice(office, NOW, localDay(NOW), '')).record

async function agree(draft: Draft): Promise<Draft> {
  const { id, fingerprint } = draft
  const releaseKey = signer(office, 'release')
  return approve(
    office,
    { id, by: REVIEWER, fingerprint, releaseKey, openFindings: async () => ({ errors: 0, warnings: 0 }) },
    NOW,
  )
}

const verdict = () => runVerifier(office.dist, join(office.folder, ROOT_FILE))

/** Every file of the distribution, unpacked where it is packed, that says a text. */
function filesThatSay(text: string): string[] {
  return readdirSync(office.dist, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => {
      const bytes = readFileSync(path)
      return (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).includes(text)
    })
}

describe('a withdrawal', () => {
  it('publishes the release without the mistake, and nothing that held it is left', async () => {
    const first = await publish()
    const wrong = await pay('龙误发')
    const second = await publish()
    expect(filesThatSay('龙误发').length).toBeGreaterThan(1)
    const draft = await proposeWithdrawal(office, { release: 2, imports: [], why: '发错了人' }, OPERATOR, NOW)
    expect(draft).toMatchObject({ kind: 'withdrawal', number: 3, without: [wrong], withdraws: [2] })
    const kinds = readDifference(draftFolder(office, draft.id))?.kinds
    expect(kinds?.find(({ kind }) => kind === 'payments')).toMatchObject({ removed: 1, added: 0 })
    await agree(draft)
    expect(countIn(office, 'SELECT count(*) FROM imports WHERE undone IS NOT NULL')).toBe(0)
    await publishDraft(office, draft.id, 'zhang', NOW)
    expect(publishedRelease(office.dist)?.record).toMatchObject({ number: 3, withdrawn: [2] })
    expect(filesThatSay('龙误发')).toEqual([])
    expect(existsSync(join(office.dist, paths.tree(second.root)))).toBe(false)
    expect(existsSync(join(office.dist, paths.tree(first.root)))).toBe(true)
    expect(existsSync(join(office.dist, 'records', '2.json'))).toBe(false)
    const gone = JSON.parse(readFileSync(join(office.dist, WITHDRAWN_FILE), 'utf8'))
    expect(gone).toMatchObject({ releases: [2], paths: expect.arrayContaining([`packs/${second.root}`]) })
    expect(countIn(office, 'SELECT count(*) FROM imports WHERE undone IS NOT NULL')).toBe(1)
    expect(await verdict()).toMatchObject({ ok: true, release: 3 })
  })

  it('is told by every later release too, since a terminal may have slept through it', async () => {
    await publish()
    await pay('龙误发')
    await publish()
    await publishDraft(office, (await agree(await propose2())).id, 'zhang', NOW)
    await pay('龙新人')
    expect(await publish()).toMatchObject({ number: 4, withdrawn: [2] })
    expect(await verdict()).toMatchObject({ ok: true, release: 4 })
  })

  it('that was cut off right after the pointer moved is finished at the next look', async () => {
    await publish()
    await pay('龙误发')
    await publish()
    const draft = await agree(await propose2())
    // What publishDraft does up to the moment of the crash.
    const stage = join(draftFolder(office, draft.id), 'stage')
    for (const path of readdirSync(stage, { recursive: true, withFileTypes: true })) {
      if (!path.isFile()) continue
      const from = join(path.parentPath, path.name)
      const to = join(office.dist, from.slice(stage.length))
      mkdirSync(join(to, '..'), { recursive: true })
      copyFileSync(from, to)
    }
    pointTo(office.dist, draft.snapshot, signer(office, 'timestamp'), NOW)
    expect(filesThatSay('龙误发').length).toBeGreaterThan(1)
    await reconcileDrafts(office, NOW)
    expect((await readDraft(await office.service(), draft.id)).state).toBe('published')
    expect(filesThatSay('龙误发')).toEqual([])
    expect(countIn(office, 'SELECT count(*) FROM imports WHERE undone IS NOT NULL')).toBe(1)
    await reconcileDrafts(office, NOW)
    expect(await verdict()).toMatchObject({ ok: true, release: 3 })
  })

  it('needs its words, a public release, and imports that a release holds', async () => {
    await publish()
    const id = await pay('龙新人')
    const ask = (release: number, imports: number[], why: string) =>
      proposeWithdrawal(office, { release, imports, why }, OPERATOR, NOW)
    await expect(ask(1, [], ' ')).rejects.toThrow(/what was wrong/)
    await expect(ask(2, [], '错')).rejects.toThrow(/from 1 to 1/)
    await expect(ask(1, [id], '错')).rejects.toThrow(/imports that a release holds/)
  })

  it('is refused where rows of other imports hang on what would go', async () => {
    const path = join(folder, 'funds2.csv')
    writeFileSync(path, 'code,name\nFX,示例新项目\n')
    const funds = { table: 'funds', file: path, map: new Map(), set: new Map(), refused: null, by: 'wang', now: NOW }
    await importFile(office, funds as Parameters<typeof importFile>[1])
    const id = countIn(office, 'SELECT max(id) FROM imports')
    const rows = join(folder, 'rows2.csv')
    writeFileSync(rows, `fund,village,group,payee,amount,date\nFX,${VILLAGE},1组,龙新人,5,2026-04-01\n`)
    await importFile(office, { ...funds, table: 'payments', file: rows } as Parameters<typeof importFile>[1])
    await publish()
    await expect(proposeWithdrawal(office, { release: 1, imports: [id], why: '错' }, OPERATOR, NOW)).rejects.toThrow(
      /nothing hangs on/,
    )
    expect(countIn(office, "SELECT count(*) FROM funds WHERE code = 'FX'")).toBe(1)
  })

  async function propose2(): Promise<Draft> {
    return proposeWithdrawal(office, { release: 2, imports: [], why: '发错了人' }, OPERATOR, NOW)
  }
})

describe('an earlier state', () => {
  it('is published again as a new release, and the later imports stay in the office', async () => {
    const first = await publish()
    await pay('龙新人')
    await publish()
    const draft = await proposeAgain(office, 1, OPERATOR, NOW)
    await agree(draft)
    await publishDraft(office, draft.id, 'zhang', NOW)
    const record = publishedRelease(office.dist)?.record
    expect(record).toMatchObject({ number: 3, datasets: first.datasets })
    expect(record?.withdrawn).toBeUndefined()
    expect(countIn(office, "SELECT count(*) FROM payments WHERE payee = '龙新人'")).toBe(1)
    expect(await verdict()).toMatchObject({ ok: true, release: 3 })
    const next = await propose(office, OPERATOR, NOW)
    expect(readDifference(draftFolder(office, next.id))?.largest).toMatchObject([{ after: { payee: '龙新人' } }])
  })

  it('is published under today’s masking rules: a fund that became totals only since shows no row', async () => {
    await publish()
    await pay('龙新人')
    await publish()
    changeIn(office, "UPDATE funds SET tier = 'A' WHERE code = 'F001'")
    changeIn(office, "DELETE FROM projects WHERE fund = 'F001'")
    // A refusal by the proof can't be overridden: names that stand in other texts would be tied to the closed fund.
    const draft = await proposeAgain(office, 1, OPERATOR, NOW)
    const found = readDifference(draftFolder(office, draft.id))
    expect(found?.disclosure).toMatchObject([{ fund: 'F001', before: 'open', after: 'totals', openAdded: 0 }])
    expect(found?.disclosure[0]?.openRemoved).toBeGreaterThan(20)
  })

  it('is refused where an import of it was taken back: the file has to come again', async () => {
    const id = await pay('龙新人')
    await publish()
    changeIn(office, 'UPDATE imports SET published = NULL WHERE id = ?', id)
    await undoImport(office, id, new Date(NOW.getTime() + 1))
    changeIn(office, 'UPDATE imports SET published = 1 WHERE id = ?', id)
    await expect(proposeAgain(office, 1, OPERATOR, NOW)).rejects.toThrow(/import those files again/)
  })
})
