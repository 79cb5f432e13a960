// A real county's keys: where each of them lies, under what, and what the ceremony refuses.
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { decodeProtectedHeader } from 'jose'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { readRoot } from '../../../kiosk-config/root.ts'
import { type Office, openOffice } from '../office.ts'
import { keysVerb } from '../verbs/keys.ts'
import type { OptionValues } from '../verbs/verb.ts'
import { listKeys } from './keys.ts'
import { countyRoot, needsPassphrase, signer, unlockSigner } from './root.ts'
import { rotateKeys, settleRotation } from './rotate.ts'

// Each passphrase takes a million rounds, on purpose, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000 })

const NOW = new Date('2026-11-24T08:00:00.000Z')
let folder = ''
let office: Office
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sunhall-ring-'))
  office = openOffice(join(folder, 'office'), NOW)
  writeFileSync(join(folder, 'secret'), 'eine lange Losung\r\n')
  writeFileSync(join(folder, 'other'), 'eine ganz andere Losung')
})
afterEach(async () => {
  await office.close()
  rmSync(folder, { recursive: true, force: true })
})

const stick = (name: string): string => join(folder, name)
const sticks = ['a', 'b', 'c']
const lines: string[] = []

async function keys(positionals: string[], values: OptionValues): Promise<{ [key: string]: unknown }> {
  lines.length = 0
  const say = (line: string): void => void lines.push(line)
  const secret = { 'passphrase-file': stick('secret') }
  return await keysVerb.run({
    office,
    positionals,
    values: { ...secret, ...values },
    now: NOW,
    json: false,
    say,
    warn: say,
  })
}
const make = () => keys(['make'], { 'root-out': sticks.map(stick), by: '李示例' })

describe('keys make for a real county', () => {
  it('writes each root key onto its own stick and never into the office, the release key under the passphrase', async () => {
    expect(await make()).toMatchObject({ ok: true, sample: false })
    for (const [at, name] of sticks.entries())
      expect(readdirSync(stick(name)).sort()).toEqual([`root-${at + 1}.pem`, 'root.json'])
    const lying = readdirSync(office.keys).sort()
    expect(lying).toEqual(['config.pem', 'keys.json', 'office.pem', 'release.jwe', 'timestamp.pem'])
    for (const name of lying) expect(statSync(join(office.keys, name)).mode & 0o777, name).toBe(0o600)
    const header = decodeProtectedHeader(readFileSync(join(office.keys, 'release.jwe'), 'utf8').trim())
    expect(header).toMatchObject({ alg: 'PBES2-HS512+A256KW', p2c: 1_000_000 })
    expect(lines.join('\n')).toMatch(/root-3 .*on its stick/)
    expect(needsPassphrase(office)).toBe(true)
  })

  it('names all of them in a root that a production terminal takes, the office key included', async () => {
    await make()
    const read = readRoot(countyRoot(office, NOW))
    const hexOf = (role: string) => listKeys(office.keys).find((key) => key.role === role)?.publicHex
    expect(read).toMatchObject({
      ok: true,
      value: { sample: false, officeKey: { publicHex: hexOf('office') }, configKey: { publicHex: hexOf('config') } },
    })
  })

  it('refuses root keys in the office’s folder, twice in one place, fewer than three, and a short passphrase', async () => {
    const bad: [string[], RegExp][] = [
      [[stick('a'), stick('b'), join(office.folder, 'c')], /outside the office/],
      [[stick('a'), stick('b'), stick('a')], /three different folders/],
      [[], /three different folders/],
    ]
    for (const [out, message] of bad) await expect(keys(['make'], { 'root-out': out })).rejects.toThrow(message)
    writeFileSync(stick('short'), '12345678901')
    const short = keys(['make'], { 'root-out': sticks.map(stick), 'passphrase-file': stick('short') })
    await expect(short).rejects.toMatchObject({ code: 'E-KEYS', message: expect.stringContaining('12 characters') })
    expect(existsSync(stick('a'))).toBe(false)
  })

  it('never writes over a stick that holds a key', async () => {
    await make()
    const before = readFileSync(join(stick('a'), 'root-1.pem'), 'utf8')
    rmSync(office.keys, { recursive: true })
    await expect(make()).rejects.toMatchObject({ code: 'E-STATE' })
    expect(readFileSync(join(stick('a'), 'root-1.pem'), 'utf8')).toBe(before)
  })
})

describe('the release key', () => {
  it('opens with its passphrase however it was typed, with no other, and not without one', async () => {
    await make()
    const { publicHex } = await unlockSigner(office, 'release', 'eine lange Losung')
    expect(publicHex).toBe(listKeys(office.keys).find(({ role }) => role === 'release')?.publicHex)
    for (const wrong of ['eine lange Losunq', ''])
      await expect(unlockSigner(office, 'release', wrong)).rejects.toMatchObject({ code: 'E-KEYS' })
    await expect(unlockSigner(office, 'release', null)).rejects.toThrow(/passphrase of the release key, got none/)
    expect(() => signer(office, 'release')).toThrow(expect.objectContaining({ code: 'E-KEYS' }))
  })

  it('gets another passphrase and stays the same key', async () => {
    await make()
    const { publicHex } = await unlockSigner(office, 'release', 'eine lange Losung')
    await keys(['passphrase'], { 'new-passphrase-file': stick('other') })
    expect((await unlockSigner(office, 'release', 'eine ganz andere Losung')).publicHex).toBe(publicHex)
    await expect(unlockSigner(office, 'release', 'eine lange Losung')).rejects.toMatchObject({ code: 'E-KEYS' })
  })

  it('comes back sealed from its backup; a backup from before a rotation is refused', async () => {
    await make()
    await keys(['backup'], { out: stick('backup') })
    expect(readdirSync(stick('backup'))).toContain('release.jwe')
    const root = [stick('a'), stick('b')]
    await keys(['rotate', 'release'], { root, 'passphrase-file': stick('other') })
    await expect(keys(['restore'], { from: stick('backup') })).rejects.toThrow(/later backup/)
    expect((await unlockSigner(office, 'release', 'eine ganz andere Losung')).publicHex).toHaveLength(64)
  })
})

describe('keys rotate', () => {
  it('finishes what was cut off between the new root and the new key, and drops a key that no root names', async () => {
    await make()
    const request = { roles: ['timestamp'] as const, passphrase: null, out: null }
    await rotateKeys(office, { ...request, rootFolders: [stick('a'), stick('b')] }, NOW)
    const { publicHex } = signer(office, 'timestamp')
    // As a power cut leaves it: the key is still aside, the distribution has no new root yet, a rival key lies about.
    writeFileSync(join(office.keys, 'timestamp.next.pem'), readFileSync(join(office.keys, 'timestamp.pem')))
    writeFileSync(join(office.keys, 'timestamp.pem'), 'the old one')
    const config = readFileSync(join(office.keys, 'config.pem'), 'utf8')
    writeFileSync(join(office.keys, 'config.next.pem'), readFileSync(join(stick('c'), 'root-3.pem')).toString())
    const served = join(office.dist, 'metadata', '2.root.json')
    rmSync(served)
    await settleRotation(office, null, NOW)
    expect(signer(office, 'timestamp').publicHex).toBe(publicHex)
    expect(existsSync(served)).toBe(true)
    expect(readdirSync(office.keys).filter((name) => name.includes('next'))).toEqual([])
    expect(readFileSync(join(office.keys, 'config.pem'), 'utf8')).toBe(config)
  })

  it('asks for an empty stick where a root key is made new', async () => {
    await make()
    const root = [stick('b'), stick('c')]
    await expect(keys(['rotate', 'root-1'], { root })).rejects.toThrow(/--out DIR/)
    await expect(keys(['rotate', 'root-1'], { root, out: stick('b') })).rejects.toMatchObject({ code: 'E-STATE' })
    expect(await keys(['rotate', 'root-1'], { root, out: stick('d') })).toMatchObject({ ok: true, version: 2 })
  })

  it('takes up the inspectors’ key by two root sticks, and keeps it through later rotations', async () => {
    await make()
    const hex = 'ab'.repeat(32)
    const root = [stick('a'), stick('c')]
    await expect(keys(['add', 'inspectors'], { root, public: 'nonsense' })).rejects.toMatchObject({ code: 'E-INPUT' })
    await keys(['add', 'inspectors'], { root, public: hex })
    await keys(['rotate', 'timestamp'], { root })
    expect(readRoot(countyRoot(office, NOW))).toMatchObject({ value: { inspectorsKey: { publicHex: hex } } })
    await expect(keys(['add', 'office'], { root })).rejects.toMatchObject({ code: 'E-STATE' })
  })

  it('leaves an entry in the audit trail for each key, and no secret', async () => {
    await make()
    await keys(['rotate', 'timestamp', 'config'], { root: [stick('a'), stick('c')], by: '王示例' })
    const service = await office.service()
    const entries = await service.selectFrom('audit').selectAll().orderBy('seq').execute()
    expect(entries.map(({ actor, action, object }) => [actor, action, object])).toEqual([
      ['李示例', 'keys-make', 'keys'],
      ['王示例', 'keys-rotate', 'timestamp'],
      ['王示例', 'keys-rotate', 'config'],
    ])
    expect(JSON.stringify(entries)).not.toMatch(/PRIVATE|Losung/)
  })
})
