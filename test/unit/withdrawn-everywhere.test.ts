// A withdrawal, from the command line to every place that held the mistake: a payment, a ledger and a picture that were wrong
// are in no pack, delta, block, picture, record, metadata or export any more, here, in a bucket and in another server's folder.
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import sharp from 'sharp'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { paths } from '../../sync/contract/release.ts'
import { importFile } from '../../sync/county/import/import-file.ts'
import { makeCountyKeys, ROOT_FILE } from '../../sync/county/keys/root.ts'
import type { Office } from '../../sync/county/office.ts'
import { addPictures } from '../../sync/county/pictures/add.ts'
import { lookAt } from '../../sync/county/pictures/look.ts'
import { publishedRelease } from '../../sync/county/release/published.ts'
import { runVerifier } from '../../sync/county/release/verify-child.ts'
import type { TableName } from '../../sync/county/tables.ts'
import { exportVerb } from '../../sync/county/verbs/export.ts'
import { publishVerb } from '../../sync/county/verbs/publish.ts'
import { pushVerb } from '../../sync/county/verbs/push.ts'
import { statusVerb } from '../../sync/county/verbs/status.ts'
import type { OptionValues, Verb } from '../../sync/county/verbs/verb.ts'
import { withdrawVerb } from '../../sync/county/verbs/withdraw.ts'
import { rowsIn } from '../county/books-file.ts'
import { plantedOffice, VILLAGE } from '../county/planted-office.ts'
import { S3_CREDENTIALS, startS3, type TestS3 } from '../county/s3-store.ts'

vi.setConfig({ testTimeout: 300_000, hookTimeout: 60_000 })
const NOW = new Date()
/** What was wrong, and in whose words: a payee, a household's head without a payment, a voucher. */
const WRONG = ['龙误发', '龙假户主', '误记的摘要']
const ACTOR = { login: 'wang', name: '王', roles: ['operator' as const, 'reviewer' as const], township: null }
let folder = ''
let office: Office
let file = 0
const warnings: string[] = []

beforeEach(async () => {
  ;({ office, folder } = await plantedOffice())
  makeCountyKeys(office, true, NOW)
  warnings.length = 0
  vi.stubEnv('AWS_ACCESS_KEY_ID', S3_CREDENTIALS.accessKeyId)
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', S3_CREDENTIALS.secretAccessKey)
})
afterEach(async () => {
  vi.unstubAllEnvs()
  await office.close()
  rmSync(folder, { recursive: true })
})

const run = (verb: Verb, positionals: string[] = [], values: OptionValues = {}) =>
  verb.run({
    office,
    positionals,
    values: { by: '王', ...values },
    now: NOW,
    json: false,
    say: () => undefined,
    warn: (line) => warnings.push(line),
  })

async function take(table: TableName, text: string): Promise<number> {
  const path = join(folder, `${table}-${++file}.csv`)
  writeFileSync(path, text)
  const plain = { table, file: path, map: new Map(), set: new Map(), refused: null, by: '王', now: NOW } as const
  const report = await importFile(office, plain)
  expect(report).toMatchObject({ refused: 0 })
  return report.import
}

async function mistakes(): Promise<{ imports: number[]; picture: string }> {
  const payments = await take(
    'payments',
    `fund,village,group,payee,household,amount,date\nF001,${VILLAGE},1组,龙误发,龙假户主,1234,2026-04-01\nF001,${VILLAGE},1组,粟明一,龙假户主,5,2026-04-02\n`,
  )
  const ledger = await take(
    'ledger',
    `village,month,date,voucher,direction,amount,summary\n${VILLAGE},2026-03,2026-03-06,记-9,income,7,误记的摘要\n`,
  )
  const from = join(folder, 'pictures')
  mkdirSync(from)
  const photo = sharp({ create: { width: 320, height: 240, channels: 3, background: '#aa3311' } })
  writeFileSync(join(from, `${VILLAGE}_2026-03_记-1.jpg`), await photo.jpeg().toBuffer())
  const added = await addPictures(office, { paths: [from], mapping: null, actor: ACTOR, now: NOW })
  const picture = String(rowsIn(office, 'SELECT hash FROM pictures')[0]?.hash)
  await lookAt(office, picture, ACTOR, NOW)
  return { imports: [payments, ledger, added.import], picture }
}

const rootOf = (number: number) => rowsIn(office, 'SELECT root FROM releases WHERE number = ?', number)[0]?.root

/** Every file below a folder, unpacked where it is packed, that holds a text or is named by it. */
function filesWith(top: string, text: string): string[] {
  return readdirSync(top, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => {
      const bytes = readFileSync(path)
      return path.includes(text) || (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).includes(text)
    })
}
const withoutNotes = (files: string[]): string[] => files.filter((file) => !file.endsWith('withdrawn.json'))
const verdict = (top: string) => runVerifier(top, join(office.folder, ROOT_FILE))

describe('a withdrawal', () => {
  let store: TestS3
  beforeEach(async () => {
    store = await startS3()
  })
  afterEach(() => store.close())

  it('takes payment, ledger and picture out of every place that held them, and a terminal takes what is left', async () => {
    await run(publishVerb)
    const { imports, picture } = await mistakes()
    await run(publishVerb)
    await take('payments', `fund,village,group,payee,amount,date\nF001,${VILLAGE},1组,龙新人,1,2026-04-03\n`)
    await run(publishVerb)
    const mirror = mkdtempSync(join(tmpdir(), 'mirror-'))
    await run(pushVerb, ['s3://county/huitong'], { endpoint: store.url })
    await run(pushVerb, [mirror])
    const bucket = (): string => {
      const copy = mkdtempSync(join(folder, 'bucket-'))
      store.dump('huitong/', copy)
      return copy
    }
    const held = [2, 3].map((number) => String(rootOf(number)))
    for (const top of [office.dist, mirror, bucket()]) {
      for (const text of WRONG) expect(filesWith(top, text).length, text).toBeGreaterThan(1)
      expect(existsSync(join(top, paths.media(picture)))).toBe(true)
    }
    const done = await run(withdrawVerb, ['2'], { imports: imports.join(','), why: '录错了' })
    expect(done).toMatchObject({ release: 4, openData: { ok: true }, stores: [{ ok: true }, { ok: true }] })
    for (const top of [office.dist, mirror, bucket()]) {
      for (const text of [...WRONG, picture]) expect(withoutNotes(filesWith(top, text)), text).toEqual([])
      // The way from a withdrawn release to the new one stays: it holds the new one's blocks only.
      for (const root of held)
        expect([existsSync(join(top, 'packs', root)), existsSync(join(top, 'deltas', root))]).toEqual([false, false])
      expect(readdirSync(join(top, 'open')).sort()).toEqual(['1', '4', 'index.json'])
      const metadata = readdirSync(join(top, 'metadata')).filter((name) => /(targets|snapshot)\.json$/.test(name))
      expect(metadata.sort()).toEqual(['1.snapshot.json', '1.targets.json', '4.snapshot.json', '4.targets.json'])
      expect(await verdict(top)).toMatchObject({ ok: true, release: 4 })
    }
    expect(publishedRelease(office.dist)?.record.withdrawn).toEqual([2, 3])
    const names = rowsIn(office, "SELECT name, number FROM roster WHERE name IN ('龙误发', '龙假户主')")
    expect(names).toEqual([])
    expect(rowsIn(office, "SELECT count(*) AS n FROM roster WHERE name = '' AND number > 0")[0]?.n).toBe(2)
    expect(await run(statusVerb)).toMatchObject({ storesBehind: [] })
    rmSync(mirror, { recursive: true })
  })

  it('is public though a store can’t be reached, and the office says which may still hold it until a push comes through', async () => {
    await run(publishVerb)
    const id = await take('payments', `fund,village,group,payee,amount,date\nF001,${VILLAGE},1组,龙误发,1,2026-04-03\n`)
    await run(publishVerb)
    await run(pushVerb, ['s3://county/huitong'], { endpoint: store.url })
    store.failAt = 'huitong/metadata/timestamp.json'
    const done = await run(withdrawVerb, ['2'], { imports: String(id), why: '错' })
    expect(done).toMatchObject({ release: 3, stores: [{ ok: false, code: 'E-SERVER' }] })
    expect(warnings.join('\n')).toMatch(/still holds what is withdrawn/)
    expect(await run(statusVerb)).toMatchObject({ storesBehind: ['s3://county/huitong'] })
    store.failAt = null
    expect(await run(pushVerb)).toMatchObject({ ok: true, stores: [{ ok: true }] })
    expect(await run(statusVerb)).toMatchObject({ storesBehind: [] })
    expect([...store.objects.keys()].filter((key) => /open\/2\//.test(key))).toEqual([])
  })
})

describe('the open data of a publication', () => {
  it('is made with each release, unless the office or the publisher said otherwise', async () => {
    expect(await run(publishVerb)).toMatchObject({ release: 1, openData: { ok: true, removed: [] } })
    expect(await run(publishVerb, [], { 'no-export': true })).toMatchObject({ release: 2, openData: null })
    await run(exportVerb, [], { 'each-release': 'no' })
    expect(await run(publishVerb)).toMatchObject({ release: 3, openData: null })
    expect(readdirSync(join(office.dist, 'open')).sort()).toEqual(['1', 'index.json'])
    await run(exportVerb, [], { 'each-release': 'yes' })
    expect(await run(publishVerb)).toMatchObject({ release: 4, openData: { ok: true } })
  })

  it('that fails doesn’t undo the publication: it is said, stands in the trail, and can be made later', async () => {
    mkdirSync(office.dist, { recursive: true })
    writeFileSync(join(office.dist, 'open'), 'in the way')
    expect(await run(publishVerb)).toMatchObject({
      ok: true,
      release: 1,
      openData: { ok: false, again: 'county export' },
    })
    expect(publishedRelease(office.dist)?.record.number).toBe(1)
    expect(warnings.join('\n')).toMatch(/its open data isn't.*run "export"/)
    const trail = await (await office.service()).selectFrom('audit').select('action').execute()
    expect(trail.map(({ action }) => action)).toContain('export-failed')
    rmSync(join(office.dist, 'open'))
    expect(await run(exportVerb)).toMatchObject({ ok: true, release: 1 })
  })
})
