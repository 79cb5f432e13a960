// Rotation and loss of the keys beside TUF's own, rehearsed with a real office and a real host: config, office, the inspectors'
// opening and signing keys, the recovery key. The terminal goes on, and a withdrawn key counts for nothing.
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { generalDecrypt, importJWK } from 'jose'
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createHost, type Host } from '../../electron/host/host.ts'
import { sealMessage } from '../../renderer/app/report/seal.ts'
import { type OpeningKey, openingKeys } from '../../sync/contract/inbox.ts'
import { type Recipients, recipients, reportMessage, type SealedMessage } from '../../sync/contract/report.ts'
import { takeList } from '../../sync/county/inbox/list.ts'
import {
  type Ceremony,
  makeInspectorsKeys,
  OPENING_KEY,
  openSigner,
  recoverOpeningKey,
  rotateOpeningKey,
  SIGNING_KEY,
} from '../../sync/county/keys/inspectors.ts'
import { openJson } from '../../sync/county/keys/inspectors-files.ts'
import { type KeyList, type ListFiles, makeList, putList, readKeyList } from '../../sync/county/keys/inspectors-list.ts'
import { readShare } from '../../sync/county/keys/inspectors-shares.ts'
import type { KeyRole } from '../../sync/county/keys/keys.ts'
import { rotateKeys } from '../../sync/county/keys/rotate.ts'
import { openReportOffice, PASSPHRASE, type ReportOffice } from '../county/report-office.ts'

const ID = '0123456789A'
let folder: string
let county: ReportOffice
let host: Host
let ceremony: Ceremony
const clock = (): Date => new Date()

beforeAll(async () => {
  ceremony = await makeInspectorsKeys(PASSPHRASE, new Date())
}, 60_000)
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sunhall-handed-'))
  county = await openReportOffice(folder, clock, ceremony)
  host = await start(await county.provision('HT-07'))
  await look()
}, 60_000)
afterEach(async () => {
  await host.close()
  await county.close()
  rmSync(folder, { recursive: true, force: true })
})

function start(configFile: string | null = null): Promise<Host> {
  return createHost({
    ...{ dataFolder: join(folder, 'terminal'), clock, shell: 'browser', appVersion: '0.1.0' },
    ...{ production: false, configFile, stickPlaces: [] },
  })
}
async function restart(): Promise<void> {
  await host.close()
  host = await start()
}
const ask = (path: string, init: RequestInit = {}): Promise<Response> =>
  host.handle(new Request(`http://127.0.0.1${path}`, init))
const post = (path: string, body: unknown): Promise<Response> =>
  ask(path, { method: 'POST', body: JSON.stringify(body) })
/** A look for a release: the terminal sees the newest root and list. */
const look = async (): Promise<unknown> => (await post('/host/check', { reason: 'now', folder: null })).json()
const rotate = (roles: KeyRole[], inspectors?: string) =>
  rotateKeys(county.office, { roles, rootFolders: [], passphrase: null, out: null, inspectors }, new Date())
const getRecipients = async (): Promise<Recipients> => recipients.parse(await (await ask('/host/recipients')).json())
const report = () =>
  reportMessage.parse({
    ...{ format: 1, id: ID, queryCode: '白云-青山-稻田-水车-木桥', kind: 'report', reason: 'not-received' },
    object: { kind: 'payment', place: '431225100201', snapshot: [], origin: null, release: 1 },
    ...{ words: '低保钱没收到', named: null, terminal: 'HT-07', day: '2026-11-24' },
  })
const sealed = async (): Promise<SealedMessage> => sealMessage(report(), await getRecipients())
async function opens({ sealed: jwe }: SealedMessage, keys: readonly OpeningKey[]): Promise<boolean> {
  for (const key of keys) {
    const opened = await generalDecrypt(jwe, await importJWK(key, 'ECDH-ES+A256KW')).catch(() => null)
    if (opened !== null) return true
  }
  return false
}
const keysIn = async (file: string) => (await openJson(file, PASSPHRASE, openingKeys)).keys

describe('the config key', () => {
  test('rotated: a terminal that is set up goes on after a restart, and takes new configs by the new key alone', async () => {
    const old = join(folder, 'old')
    cpSync(join(folder, 'stick-HT-07'), old, { recursive: true })
    await rotate(['config'])
    expect(await look()).toMatchObject({ result: 'release' })
    await restart()
    expect(host.state().profile?.terminal).toBe('HT-07')
    await host.close()
    await expect(start(join(old, 'config.jws'))).rejects.toMatchObject({ code: 'E-CONFIG' })
    host = await start(await county.provision('HT-07'))
    expect(host.state()).toMatchObject({ mode: 'terminal', profile: { terminal: 'HT-07' } })
  }, 60_000)
})

describe('the office key', () => {
  test('rotated: a report waits until the terminal knows the new one, then its receipt counts', async () => {
    await post('/host/message', await sealed())
    await rotate(['office'])
    expect(await host.deliver()).toMatchObject({ receipts: 0, refused: 1 })
    expect(host.state().waiting).toBe(1)
    await look()
    expect(await host.deliver()).toMatchObject({ receipts: 1 })
    expect(host.state().waiting).toBe(0)
  }, 60_000)

  test('rotated after a receipt was lost: the office signs for the message anew', async () => {
    await post('/host/message', await sealed())
    county.fault = (request, response) => {
      if (request.url !== '/terminal/messages') return false
      const end = response.end.bind(response)
      response.end = (() => end(() => response.destroy())) as typeof response.end
      return false
    }
    expect((await host.deliver()).receipts).toBe(0)
    county.fault = null
    await rotate(['office'])
    await look()
    expect(await host.deliver()).toMatchObject({ receipts: 1 })
    const service = await county.office.service()
    expect(await service.selectFrom('messages').select('id').execute()).toEqual([{ id: ID }])
  }, 60_000)
})

describe('the inspectors’ keys', () => {
  const file = (name: string): string => ceremony.files.get(name) ?? ''
  const held = (list: KeyList) => ({
    ...{ openingKey: file(OPENING_KEY), signingKey: file(SIGNING_KEY), passphrase: PASSPHRASE, list, retiredDays: 400 },
  })
  const listOf = async (files: ListFiles): Promise<KeyList> =>
    readKeyList(files, await openSigner(file(SIGNING_KEY), PASSPHRASE))
  function publish(files: ListFiles): void {
    const at = mkdtempSync(join(folder, 'public-'))
    putList(files, at)
    takeList(county.office, at)
  }

  test('rotated: terminals seal to the new one, and an older list is a replay (E-NUMBER) for office and terminal', async () => {
    const before = await getRecipients()
    const first = await rotateOpeningKey(held(await listOf(ceremony.list)), new Date())
    publish(first.list)
    await look()
    const after = await getRecipients()
    expect(after.version).toBe(2)
    expect(after.active.kid).not.toBe(before.active.kid)
    expect(after.recovery).toEqual(before.recovery)
    expect(await opens(await sealed(), await keysIn(first.files.get(OPENING_KEY) ?? ''))).toBe(true)
    expect(await opens(await sealed(), await keysIn(file(OPENING_KEY)))).toBe(false)
    expect(() => publish(ceremony.list)).toThrow(expect.objectContaining({ code: 'E-NUMBER' }))
    // Whoever has the web server puts the older list back: the terminal keeps what it has.
    putList(ceremony.list, county.office.dist)
    await look()
    expect(await getRecipients()).toEqual(after)
  }, 60_000)

  test('of which the signing key was stolen and driven far ahead: the root names another, and its count begins anew', async () => {
    const { keys } = await listOf(ceremony.list)
    putList(makeList(keys, 1_000, await openSigner(file(SIGNING_KEY), PASSPHRASE), new Date()), county.office.dist)
    await look()
    expect((await getRecipients()).version).toBe(1_000)
    const anew = await makeInspectorsKeys(PASSPHRASE, new Date())
    await rotate([], anew.publicHex)
    publish(anew.list)
    await look()
    expect((await getRecipients()).version).toBe(1)
    expect(await opens(await sealed(), await keysIn(anew.files.get(OPENING_KEY) ?? ''))).toBe(true)
    // The thief goes on with the old key.
    putList(makeList(keys, 2_000, await openSigner(file(SIGNING_KEY), PASSPHRASE), new Date()), county.office.dist)
    await look()
    expect((await getRecipients()).version).toBe(1)
  }, 60_000)

  test('of which the recovery key was used or its shares lost: another is made, and opens what is sealed from then on', async () => {
    const before = await sealed()
    const next = await rotateOpeningKey({ ...held(await listOf(ceremony.list)), recovery: true }, new Date())
    publish(next.list)
    await look()
    const after = await sealed()
    const shares = (files: ReadonlyMap<string, string>) =>
      [1, 3].map((at) => readShare(files.get(`share-${at}.json`) ?? ''))
    const old = await keysIn(await recoverOpeningKey(shares(ceremony.files), PASSPHRASE))
    const fresh = await keysIn(await recoverOpeningKey(shares(next.files), PASSPHRASE))
    expect([await opens(before, old), await opens(before, fresh)]).toEqual([true, false])
    expect([await opens(after, old), await opens(after, fresh)]).toEqual([false, true])
  }, 60_000)
})
