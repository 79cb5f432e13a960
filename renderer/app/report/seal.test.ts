// Sealing as the inspectors will find it: opened here with jose in Node, by either of the two keys.
import { exportJWK, generalDecrypt, generateKeyPair } from 'jose'
import { describe, expect, it } from 'vitest'
import {
  MAX_SEALED_BYTES,
  type Recipients,
  type ReportedObject,
  type ReportMessage,
  SIZE_CLASSES,
} from '../../../sync/contract/report.ts'
import { unpaddedJson } from '../../../sync/core/report-padding.ts'
import { NOTHING_PARTICULAR, newDraft } from '../../navigation/report.ts'
import { messageOf, objectOf } from './compose.ts'
import { sealMessage } from './seal.ts'

const ALG = 'ECDH-ES+A256KW'
const active = await generateKeyPair(ALG, { crv: 'X25519', extractable: true })
const recovery = await generateKeyPair(ALG, { crv: 'X25519', extractable: true })
const stranger = await generateKeyPair(ALG, { crv: 'X25519', extractable: true })

async function publicOf(key: CryptoKey): Promise<Recipients['active']['jwk']> {
  const { x } = await exportJWK(key)
  return { kty: 'OKP', crv: 'X25519', x: x ?? '' }
}
const recipients: Recipients = {
  version: 1,
  active: { kid: 'inspectors-1', jwk: await publicOf(active.publicKey) },
  recovery: { kid: 'recovery-1', jwk: await publicOf(recovery.publicKey) },
}

function message(words: string, reason: 'favours' | 'ask' = 'favours'): ReportMessage {
  const object: ReportedObject = { kind: 'none', place: '431225204216', snapshot: [], origin: null, release: 47 }
  const draft = { ...newDraft(object, []), reason, phrases: words === '' ? [] : [words] }
  const codes = { id: 'K7Q29WBA34D', queryCode: '稻谷-水牛-扁担-月亮-板凳' }
  return messageOf(draft, codes, 'HT-17', '2025-10-18')
}
const lengthOf = (text: string): number => Buffer.from(text, 'base64url').length

describe('a sealed message', () => {
  it('is opened by the active key and by the recovery key, whole', async () => {
    const said = message('经手的是：村里')
    const { sealed } = await sealMessage(said, recipients)
    for (const { privateKey } of [active, recovery]) {
      const opened = await generalDecrypt(sealed, privateKey)
      expect(unpaddedJson(opened.plaintext)).toEqual(said)
      expect(new TextDecoder().decode(opened.additionalAuthenticatedData)).toBe(said.id)
    }
  })

  it('is opened by no other key, nor under another number, nor with a bit changed', async () => {
    const { sealed } = await sealMessage(message(''), recipients)
    await expect(generalDecrypt(sealed, stranger.privateKey)).rejects.toThrow()
    const renamed = { ...sealed, aad: Buffer.from('00000000001').toString('base64url') }
    await expect(generalDecrypt(renamed, active.privateKey)).rejects.toThrow()
    const first = sealed.ciphertext[0] === 'A' ? 'B' : 'A'
    const changed = { ...sealed, ciphertext: first + sealed.ciphertext.slice(1) }
    await expect(generalDecrypt(changed, active.privateKey)).rejects.toThrow()
  })

  it('says nothing outside but the number, the algorithms and whose keys open it', async () => {
    const { sealed, ...outside } = await sealMessage(message('经手的是：村里'), recipients)
    expect(outside).toEqual({ format: 1, id: 'K7Q29WBA34D' })
    expect(JSON.parse(Buffer.from(sealed.protected, 'base64url').toString())).toEqual({ enc: 'A256GCM' })
    expect(sealed.recipients.map(({ header }) => Object.keys(header).sort())).toEqual([
      ['alg', 'epk', 'kid'],
      ['alg', 'epk', 'kid'],
    ])
    expect(sealed.recipients.map(({ header }) => header.kid)).toEqual(['inspectors-1', 'recovery-1'])
  })

  it('has the same length for a long report as for a short question, and fits what the journal takes', async () => {
    const short = await sealMessage(message('', 'ask'), recipients)
    const long = await sealMessage(message('好多户都这样'.repeat(60)), recipients)
    expect(lengthOf(short.sealed.ciphertext)).toBe(SIZE_CLASSES[0])
    expect(JSON.stringify(long).length).toBe(JSON.stringify(short).length)
    const longest = await sealMessage(message('事'.repeat(1_000)), recipients)
    expect(SIZE_CLASSES).toContain(lengthOf(longest.sealed.ciphertext))
    expect(JSON.stringify(longest).length).toBeLessThanOrEqual(MAX_SEALED_BYTES)
  })

  it('is made with new keys each time: two of the same message have nothing in common', async () => {
    const [one, two] = await Promise.all([sealMessage(message(''), recipients), sealMessage(message(''), recipients)])
    expect(one.sealed.ciphertext).not.toBe(two.sealed.ciphertext)
    expect(one.sealed.recipients[0]?.header.epk).not.toEqual(two.sealed.recipients[0]?.header.epk)
  })
})

describe('composing', () => {
  it('leaves an anonymous message without name and number, whatever was tapped before', () => {
    expect(message('').named).toBeNull()
    expect(message('', 'ask').kind).toBe('question')
  })

  it('takes the place of the thing, else the village looked at, else the terminal’s own, else the county', () => {
    const nowhere = NOTHING_PARTICULAR
    const profile = { village: '', township: '431225204' }
    const there = { ...nowhere, object: { ...nowhere.object, place: '431225100' } }
    expect(objectOf(there, '431225204216', profile, 47).place).toBe('431225100')
    expect(objectOf(nowhere, '431225204216', profile, 47).place).toBe('431225204216')
    expect(objectOf(nowhere, null, profile, 47).place).toBe('431225204')
    expect(objectOf(nowhere, null, { village: '', township: '' }, 47)).toMatchObject({ place: '431225', release: 47 })
  })
})
