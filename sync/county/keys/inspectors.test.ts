// The inspectors' ceremony rehearsed: made, rotated with older messages still readable, the opening key lost and two
// shares in its place, and what must fail.
import { CompactEncrypt, compactDecrypt, importJWK } from 'jose'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import { type OpeningKey, openingKeys } from '../../contract/inbox.ts'
import {
  type Ceremony,
  makeInspectorsKeys,
  OPENING_KEY,
  openSigner,
  recoverOpeningKey,
  rotateOpeningKey,
  SIGNING_KEY,
} from './inspectors.ts'
import { openJson } from './inspectors-files.ts'
import { type KeyList, type ListFiles, readKeyList } from './inspectors-list.ts'
import { readShare, type Share } from './inspectors-shares.ts'

// A passphrase costs a third of a second by design, many times that on a busy machine.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 })

const PASSPHRASE = '检举只给纪委看，钥匙在抽屉里'
const NOW = new Date('2026-11-24T01:00:00Z')
const DAY_MS = 86_400_000
let made: Ceremony
let list: KeyList
const signedBy = (files: ListFiles): Promise<KeyList> =>
  openSigner(text(SIGNING_KEY), PASSPHRASE).then(({ keyId, publicHex }) => readKeyList(files, { keyId, publicHex }))
const text = (name: string): string => made.files.get(name) ?? ''
const shares = (...numbers: number[]): Share[] => numbers.map((number) => readShare(text(`share-${number}.json`)))
const xOf = (of: KeyList, purpose: string): string => of.keys.find((key) => key.purpose === purpose)?.x ?? ''

async function sealTo(x: string): Promise<string> {
  const key = await importJWK({ kty: 'OKP', crv: 'X25519', x }, 'ECDH-ES+A256KW')
  const header = { alg: 'ECDH-ES+A256KW', enc: 'A256GCM' }
  return await new CompactEncrypt(new TextEncoder().encode('低保')).setProtectedHeader(header).encrypt(key)
}
async function opens(sealed: string, keys: readonly OpeningKey[]): Promise<boolean> {
  for (const key of keys) {
    const tried = compactDecrypt(sealed, await importJWK(key, 'ECDH-ES+A256KW'))
    if (await tried.then(({ plaintext }) => new TextDecoder().decode(plaintext) === '低保').catch(() => false))
      return true
  }
  return false
}

beforeAll(async () => {
  made = await makeInspectorsKeys(PASSPHRASE, NOW)
  list = await signedBy(made.list)
})

describe('the inspectors’ keys', () => {
  it('are one active and one recovery key, signed; the recovery key itself lies in no file', async () => {
    expect(list.keys.map(({ purpose }) => purpose).sort()).toEqual(['active', 'recovery'])
    const { keys } = await openJson(text(OPENING_KEY), PASSPHRASE, openingKeys)
    expect(keys.map(({ x }) => x)).toEqual([xOf(list, 'active')])
    expect([...made.files.keys()].sort()).toEqual(
      ['opening-key.jwe', 'share-1.json', 'share-2.json', 'share-3.json', 'signing-key.jwe'].sort(),
    )
  })

  it('refuse a short or a wrong passphrase (E-KEYS)', async () => {
    await expect(makeInspectorsKeys('太短', NOW)).rejects.toMatchObject({ code: 'E-KEYS' })
    await expect(openJson(text(OPENING_KEY), `${PASSPHRASE}！`, openingKeys)).rejects.toMatchObject({ code: 'E-KEYS' })
  })

  it('are recovered from any two shares, and from none alone or of another county', async () => {
    const sealed = await sealTo(xOf(list, 'recovery'))
    for (const pair of [shares(1, 2), shares(1, 3), shares(2, 3)]) {
      const { keys } = await openJson(await recoverOpeningKey(pair, PASSPHRASE), PASSPHRASE, openingKeys)
      expect(await opens(sealed, keys)).toBe(true)
    }
    await expect(recoverOpeningKey(shares(1, 1), PASSPHRASE)).rejects.toMatchObject({ code: 'E-KEYS' })
    const [good, damaged] = shares(1, 2)
    if (good === undefined || damaged === undefined) return expect.fail('Shares are missing')
    const broken = { ...damaged, share: damaged.share.replace(/^(.)/, (first) => (first === 'A' ? 'B' : 'A')) }
    await expect(recoverOpeningKey([good, broken], PASSPHRASE)).rejects.toMatchObject({ code: 'E-KEYS' })
    await expect(recoverOpeningKey([good, { ...damaged, kid: 'x' }], PASSPHRASE)).rejects.toMatchObject({
      code: 'E-KEYS',
    })
  })

  it('open older messages after a rotation, and leave the list when no journal can hold a report for them', async () => {
    const old = await sealTo(xOf(list, 'active'))
    const held = { signingKey: text(SIGNING_KEY), passphrase: PASSPHRASE, retiredDays: 400 }
    const first = await rotateOpeningKey({ ...held, openingKey: text(OPENING_KEY), list }, NOW)
    const second = await signedBy(first.list)
    expect(second.version).toBe(2)
    expect(second.keys.map(({ purpose }) => purpose).sort()).toEqual(['active', 'recovery', 'retired'])
    expect(xOf(second, 'retired')).toBe(xOf(list, 'active'))
    const openingKey = first.files.get(OPENING_KEY) ?? ''
    const { keys } = await openJson(openingKey, PASSPHRASE, openingKeys)
    expect(await opens(old, keys)).toBe(true)
    expect(await opens(await sealTo(xOf(second, 'active')), keys)).toBe(true)
    const later = new Date(NOW.getTime() + 401 * DAY_MS)
    const third = await rotateOpeningKey({ ...held, openingKey, list: second }, later)
    const last = await signedBy(third.list)
    expect(last.keys.filter(({ purpose }) => purpose === 'retired').map(({ x }) => x)).toEqual([xOf(second, 'active')])
    const all = await openJson(third.files.get(OPENING_KEY) ?? '', PASSPHRASE, openingKeys)
    expect(await opens(old, all.keys)).toBe(true)
  })
})
