// Rotation and loss of each of the county's keys, rehearsed against the terminal's own verifier (TUF 5.3.4, 5.3.11): it
// follows to the new keys by itself, refuses whoever holds a stolen old one, and what two root keys lost means.
import { createPrivateKey, type KeyObject } from 'node:crypto'
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { folderSource } from '../../electron/host/source.ts'
import { openTrust, type Trust } from '../../electron/host/trust/trust.ts'
import { verifyFolder } from '../../electron/host/verify-folder.ts'
import { codeOf } from '../../sync/contract/errors.ts'
import type { ReleaseRecord } from '../../sync/contract/release.ts'
import { canonicalJson } from '../../sync/core/canonical.ts'
import { makeRealKeys } from '../../sync/county/keys/ceremony.ts'
import type { KeyRole } from '../../sync/county/keys/keys.ts'
import { namedKeys } from '../../sync/county/keys/named.ts'
import { countyRoot, signer, unlockSigner } from '../../sync/county/keys/root.ts'
import { type Rotation, rotateKeys } from '../../sync/county/keys/rotate.ts'
import { type Office, openOffice } from '../../sync/county/office.ts'
import { type Signer, signerOf } from '../../sync/publish/keys.ts'
import { publishRelease } from '../../sync/publish/publish.ts'
import { currentTimestamp, refreshTimestamp, signRecord } from '../../sync/publish/tuf.ts'
import { smallCounty, smallSource } from '../county/small-source.ts'

const PASSPHRASE = '三把钥匙，三个抽屉，两个人在场'
const NOW = new Date(Date.now() - 86_400_000)

let folder = ''
let office: Office
let trust: Trust
let record: ReleaseRecord
const stick = (name: string): string => join(folder, `stick-${name}`)

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sunhall-keys-'))
  office = openOffice(join(folder, 'office'), NOW)
  const rootOut = ['a', 'b', 'c'].map(stick)
  await makeRealKeys(office, { rootOut, passphrase: PASSPHRASE }, NOW)
  record = await publish(null)
  trust = openTrust(join(folder, 'trust'))
  trust.provision(countyRoot(office, NOW))
  expect(await answer()).toBe('')
}, 60_000)
afterEach(async () => {
  await office.close()
  rmSync(folder, { recursive: true, force: true })
})

async function publish(previous: ReleaseRecord | null): Promise<ReleaseRecord> {
  const small = smallCounty()
  small.dataUntil = NOW.toISOString().slice(0, 10)
  const keys = {
    root: countyRoot(office, NOW),
    release: await unlockSigner(office, 'release', PASSPHRASE),
    timestamp: signer(office, 'timestamp'),
  }
  const number = (previous?.number ?? 0) + 1
  const release = { source: smallSource(small), dist: office.dist, keys, number, previous, now: NOW }
  return (await publishRelease(release)).record
}

/** The code with which the provisioned terminal refuses what lies in `dist`; '' where it takes it. */
async function answer(dist = office.dist): Promise<string> {
  try {
    await trust.update(folderSource(dist), new Date(), true)
    return ''
  } catch (error) {
    return codeOf(error, 'E-STATE')
  }
}

function rotate(roles: KeyRole[], sticks: string[], out: string | null = null, afterTheft = false): Promise<Rotation> {
  const request = { roles, rootFolders: sticks.map(stick), passphrase: PASSPHRASE, out, afterTheft }
  return rotateKeys(office, request, NOW)
}

function keyOn(name: string, role: KeyRole): KeyObject {
  return createPrivateKey(readFileSync(join(stick(name), `${role}.pem`)))
}

describe('a key of the county is rotated', () => {
  test.each<KeyRole>(['release', 'timestamp', 'config', 'office'])(
    '%s, with two root sticks at hand and the old key lost: the terminal follows, and takes the next release',
    async (role) => {
      rmSync(join(office.keys, `${role}.${role === 'release' ? 'jwe' : 'pem'}`))
      const before = namedKeys(countyRoot(office, NOW))[role as 'release']
      expect(await rotate([role], ['b', 'c'])).toMatchObject({ version: 2 })
      expect(namedKeys(countyRoot(office, NOW))[role as 'release'].keyId).not.toBe(before.keyId)
      expect(await answer()).toBe('')
      expect(JSON.parse(trust.root() ?? '{}').signed.version).toBe(2)
      record = await publish(record)
      expect(await answer()).toBe('')
      expect(trust.record()).toEqual(record)
      // A terminal that is provisioned only now begins with the new root.
      expect(await verifyFolder(office.dist, countyRoot(office, NOW), new Date())).toMatchObject({ ok: true })
    },
    60_000,
  )

  test.each<[KeyRole, string, string[]]>([
    ['root-1', 'a', ['b', 'c']],
    ['root-2', 'b', ['a', 'c']],
    ['root-3', 'c', ['a', 'b']],
  ])(
    '%s, lost: the other two name another, which then counts; the found old stick does not',
    async (role, old, left) => {
      await rotate([role], left, stick('new'))
      expect(await answer()).toBe('')
      await rotate(['config'], ['new', left[0] ?? ''])
      expect(await answer()).toBe('')
      expect(JSON.parse(trust.root() ?? '{}').signed.version).toBe(3)
      await expect(rotate(['config'], [old, left[0] ?? ''])).rejects.toMatchObject({ code: 'E-KEYS' })
    },
    60_000,
  )

  test('twice, while the terminal was off: it follows version by version', async () => {
    await rotate(['timestamp'], ['a', 'b'])
    await rotate(['release', 'timestamp'], ['b', 'c'])
    expect(await answer()).toBe('')
    expect(JSON.parse(trust.root() ?? '{}').signed.version).toBe(3)
  }, 60_000)

  test('and every target that was signed stays signed, byte for byte', async () => {
    const before = currentTargets()
    await rotate(['release'], ['a', 'c'])
    expect(currentTargets()).toEqual(before)
  }, 60_000)
})

describe('a thief', () => {
  test('with the old release key and the old timestamp key is refused once the terminal has seen the new root', async () => {
    const stolen = await stolenKeys()
    await rotate(['release', 'timestamp'], ['a', 'b'])
    expect(await answer()).toBe('')
    const theirs = join(folder, 'theirs')
    cpSync(office.dist, theirs, { recursive: true })
    signRecord(theirs, canonicalJson({ ...record, number: record.number + 1 }), stolen, NOW)
    expect(await answer(theirs)).toBe('E-SIGNATURE')
    refreshTimestamp(theirs, stolen.timestamp, NOW)
    expect(await answer(theirs)).toBe('E-SIGNATURE')
    expect(trust.record()).toEqual(record)
  }, 60_000)

  test('who drove the versions far ahead doesn’t shut the county out: rotated keys begin below them (5.3.11)', async () => {
    const stolen = await stolenKeys()
    const theirs = join(folder, 'theirs')
    cpSync(office.dist, theirs, { recursive: true })
    for (let times = 0; times < 20; times += 1) signRecord(theirs, canonicalJson(record), stolen, NOW)
    expect(await answer(theirs)).toBe('')
    expect(await answer()).toBe('E-NUMBER')
    await rotate(['release', 'timestamp'], ['a', 'b'])
    expect(currentTimestamp(office.dist)?.signed.version).toBeLessThan(20)
    expect(await answer()).toBe('')
  }, 60_000)

  test('with the timestamp key alone, driven far ahead, is passed by rotating that one', async () => {
    const stolen = signer(office, 'timestamp')
    const theirs = join(folder, 'theirs')
    cpSync(office.dist, theirs, { recursive: true })
    for (let times = 0; times < 20; times += 1) refreshTimestamp(theirs, stolen, NOW)
    expect(await answer(theirs)).toBe('')
    expect(await answer()).toBe('E-NUMBER')
    await rotate(['timestamp'], ['a', 'b'])
    expect(await answer()).toBe('')
    refreshTimestamp(theirs, stolen, NOW)
    expect(await answer(theirs)).toBe('E-SIGNATURE')
  }, 60_000)

  test('who published release 1,000,000 is passed by a new series of numbers, which two root keys begin', async () => {
    const theirs = await theirMillionth()
    expect(await answer(theirs)).toBe('')
    expect(trust.record()?.number).toBe(1_000_000)
    await rotate(['release', 'timestamp'], ['a', 'b'], null, true)
    expect(await answer()).toBe('')
    expect(trust.record()).toEqual({ ...record, series: 1 })
    record = await publish(record)
    expect(record).toMatchObject({ number: 2, series: 1 })
    expect(await answer()).toBe('')
    expect(trust.record()).toEqual(record)
    // The thief's own is a replay now, and no key of theirs signs another.
    expect(await answer(theirs)).toBe('E-SIGNATURE')
    expect(await verifyFolder(office.dist, countyRoot(office, NOW), new Date())).toMatchObject({ ok: true, release: 2 })
  }, 60_000)

  test('is not passed by rotation alone, and a new series wants both keys rotated', async () => {
    expect(await answer(await theirMillionth())).toBe('')
    await rotate(['release', 'timestamp'], ['a', 'b'])
    expect(await answer()).toBe('E-NUMBER')
    await expect(rotate(['release'], ['a', 'b'], null, true)).rejects.toMatchObject({ code: 'E-INPUT' })
    await rotate(['release', 'timestamp'], ['a', 'b'], null, true)
    expect(await answer()).toBe('')
  }, 60_000)

  test('with both keys begins no series by themselves: the root alone says which counts', async () => {
    const stolen = await stolenKeys()
    const theirs = join(folder, 'theirs')
    cpSync(office.dist, theirs, { recursive: true })
    signRecord(theirs, canonicalJson({ ...record, series: 1 }), stolen, NOW)
    expect(await answer(theirs)).toBe('E-NUMBER')
    expect(trust.record()).toEqual(record)
  }, 60_000)

  test('with one root stick can name no keys, neither in the office nor before a terminal', async () => {
    await expect(rotate(['release'], ['b'])).rejects.toMatchObject({ code: 'E-KEYS' })
    const { makeRoot } = await import('../../sync/publish/tuf.ts')
    const { writeFileSync } = await import('node:fs')
    const own = signerOf(keyOn('b', 'root-2'))
    const foreign = await foreignKeys()
    const root = makeRoot(
      { ...foreign, root: [own, ...foreign.root.slice(1)] },
      { sample: false, now: NOW, version: 2 },
    )
    writeFileSync(join(office.dist, 'metadata', '2.root.json'), root)
    expect(await answer()).toBe('E-SIGNATURE')
  }, 60_000)
})

test('two root keys lost: nothing is rotated any more, reading and publishing go on, new terminals need a new county root', async () => {
  await expect(rotate(['timestamp'], ['c'])).rejects.toThrow(/two are lost.*provisioned anew/)
  record = await publish(record)
  expect(await answer()).toBe('')
  const anew = openOffice(join(folder, 'anew'), NOW)
  await makeRealKeys(anew, { rootOut: ['d', 'e', 'f'].map(stick), passphrase: PASSPHRASE }, NOW)
  const root = countyRoot(anew, NOW)
  await anew.close()
  // A provisioned terminal takes no other county's root from a stick; an empty data folder does.
  expect(() => trust.provision(root)).toThrow(expect.objectContaining({ code: 'E-CONFIG' }))
  openTrust(join(folder, 'emptied')).provision(root)
}, 60_000)

/** What a thief of release and timestamp key would serve. */
async function theirMillionth(): Promise<string> {
  const theirs = join(folder, 'theirs')
  cpSync(office.dist, theirs, { recursive: true })
  signRecord(theirs, canonicalJson({ ...record, number: 1_000_000 }), await stolenKeys(), NOW)
  return theirs
}

async function stolenKeys(): Promise<{ release: Signer; timestamp: Signer }> {
  return { release: await unlockSigner(office, 'release', PASSPHRASE), timestamp: signer(office, 'timestamp') }
}

async function foreignKeys() {
  const { fakeKeys } = await import('../county/fake-county.ts')
  return fakeKeys()
}

function currentTargets(): unknown {
  const names = readdirSync(join(office.dist, 'metadata')).filter((name) => name.endsWith('.targets.json'))
  const newest = names.sort((a, b) => Number.parseInt(b, 10) - Number.parseInt(a, 10))[0] ?? ''
  return JSON.parse(readFileSync(join(office.dist, 'metadata', newest), 'utf8')).signed.targets
}
