// A push that is killed at any moment leaves the bucket serving the old release or the new one, whole (P1): what a web server
// before the bucket would show is given to the terminals' own verifier.
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { importFile } from '../../sync/county/import/import-file.ts'
import { makeCountyKeys, ROOT_FILE } from '../../sync/county/keys/root.ts'
import type { Office } from '../../sync/county/office.ts'
import { exportOpenData } from '../../sync/county/open-data/export.ts'
import { publishOffice } from '../../sync/county/release/publish-office.ts'
import { localDay } from '../../sync/county/release/today.ts'
import { runVerifier } from '../../sync/county/release/verify-child.ts'
import { plantedOffice, VILLAGE } from '../county/planted-office.ts'
import { startS3, type TestS3 } from '../county/s3-store.ts'

vi.setConfig({ testTimeout: 300_000 })
const CLI = join(import.meta.dirname, '..', '..', 'sync', 'county', 'cli.ts')
const POINTER = 'huitong/metadata/timestamp.json'
const NOW = new Date()
let folder = ''
let office: Office
let store: TestS3

beforeEach(async () => {
  ;({ office, folder } = await plantedOffice())
  makeCountyKeys(office, true, NOW)
  store = await startS3()
})
afterEach(async () => {
  await office.close()
  await store.close()
  rmSync(folder, { recursive: true })
})

async function publish(): Promise<void> {
  await publishOffice(office, NOW, localDay(NOW), '')
  await exportOpenData(office, { out: null, now: NOW })
}
async function pay(payee: string): Promise<void> {
  const file = join(folder, `${payee}.csv`)
  writeFileSync(file, `fund,village,group,payee,amount,date\nF001,${VILLAGE},1组,${payee},1234,2026-04-01\n`)
  await importFile(office, { table: 'payments', file, map: new Map(), set: new Map(), refused: null, by: '', now: NOW })
}

function pushing(): ChildProcess {
  const line = [
    CLI,
    'push',
    's3://county/huitong',
    '--endpoint',
    store.url,
    '--by',
    '',
    '--data',
    office.folder,
    '--json',
  ]
  const env = { ...process.env, AWS_ACCESS_KEY_ID: 'key', AWS_SECRET_ACCESS_KEY: 'secret' }
  return spawn(process.execPath, line, { stdio: 'ignore', env })
}
const ended = (child: ChildProcess) => new Promise<number | null>((done) => child.once('close', done))

/** Pushes, and kills the program at the first request that `at` says yes to. */
async function pushKilledAt(at: (what: Parameters<TestS3['before']>[0]) => boolean): Promise<void> {
  const child = pushing()
  let isDead = false
  store.before = (what) => {
    if (!isDead && !at(what)) return undefined
    isDead = true
    child.kill('SIGKILL')
    // What was on its way when the line went is lost with it.
    return new Promise(() => undefined)
  }
  await ended(child)
  expect(isDead).toBe(true)
  store.before = () => undefined
}

async function served(): Promise<unknown> {
  const copy = mkdtempSync(join(tmpdir(), 'bucket-'))
  store.dump('huitong/', copy)
  const verdict = await runVerifier(copy, join(office.folder, ROOT_FILE))
  rmSync(copy, { recursive: true })
  return verdict.ok === true ? verdict.release : verdict
}

it('killed in packs, in metadata, before the pointer or in the taking away, it leaves a release whole, and the next push goes on', async () => {
  await publish()
  expect(await ended(pushing())).toBe(0)
  expect(await served()).toBe(1)
  await pay('龙新人')
  await publish()
  let puts = 0
  const moments: [string, (what: Parameters<TestS3['before']>[0]) => boolean, number][] = [
    ['at the first file', () => true, 1],
    ['in the middle of the packs', (what) => 'put' in what && what.put.includes('/packs/') && ++puts > 1, 1],
    ['in the metadata', (what) => 'put' in what && what.put.endsWith('snapshot.json'), 1],
    ['before the pointer', (what) => 'put' in what && what.put === POINTER, 1],
    ['after it, before anything is taken away', (what) => 'remove' in what, 2],
  ]
  // Something to take away: nothing of release 1 but a pack that nobody needs.
  store.objects.set(`huitong/packs/${'b'.repeat(64)}/431225.gz`, Buffer.from('old'))
  for (const [moment, at, release] of moments) {
    await pushKilledAt(at)
    expect(await served(), moment).toBe(release)
  }
  expect(await ended(pushing())).toBe(0)
  expect(await served()).toBe(2)
  expect(store.objects.get(POINTER)).toEqual(readFileSync(join(office.dist, 'metadata/timestamp.json')))
  expect([...store.objects.keys()].filter((key) => key.includes('bbbb'))).toEqual([])
})
