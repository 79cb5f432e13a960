// What an office carries away on sticks: a release for terminals, and its keys.
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { plantedOffice, VILLAGE } from '../../../test/county/planted-office.ts'
import { importFile } from '../import/import-file.ts'
import { listKeys } from '../keys/keys.ts'
import { makeCountyKeys } from '../keys/root.ts'
import { type Office, openOffice } from '../office.ts'
import { publishOffice } from '../release/publish-office.ts'
import { localDay } from '../release/today.ts'
import { keysVerb } from './keys.ts'
import { releaseVerb } from './release.ts'
import type { OptionValues, Verb } from './verb.ts'

const NOW = new Date()
// Whole publications and a verifier in a process of its own, beside other tests on two cores.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })
let folder = ''
let office: Office
let out = ''

beforeAll(async () => {
  ;({ office, folder } = await plantedOffice())
  makeCountyKeys(office, true, NOW)
  await publishOffice(office, NOW, localDay(NOW), '')
})
afterAll(() => {
  office.close()
  rmSync(folder, { recursive: true })
})
beforeEach(() => {
  out = join(mkdtempSync(join(tmpdir(), 'sunhall-stick-')), 'stick')
  return () => rmSync(join(out, '..'), { recursive: true })
})

async function run(verb: Verb, values: OptionValues, positionals: string[] = [], from = office) {
  const quiet = (): void => undefined
  return await verb.run({ office: from, positionals, values, now: NOW, json: true, say: quiet, warn: quiet })
}

function verify(stick: string, root: string): Record<string, unknown> {
  const program = join(import.meta.dirname, '../../../electron/host/verify-folder.ts')
  try {
    const text = execFileSync(process.execPath, [program, stick, '--root', root, '--json'], { encoding: 'utf8' })
    return JSON.parse(text.trim().split('\n').at(-1) ?? '')
  } catch (error) {
    return JSON.parse(
      String(Reflect.get(error as object, 'stdout'))
        .trim()
        .split('\n')
        .at(-1) ?? '',
    )
  }
}

async function otherOffice(): Promise<Office> {
  const other = openOffice(join(out, '..', 'other'), NOW)
  makeCountyKeys(other, true, NOW)
  await publishOffice(other, NOW, localDay(NOW), '')
  return other
}

describe('release --out', () => {
  it('writes a stick that the terminal’s own verifier takes, and refuses when a byte is changed', async () => {
    expect(await run(releaseVerb, { out })).toMatchObject({ ok: true, release: 1, out })
    const root = join(office.folder, 'root.json')
    expect(verify(out, root)).toMatchObject({ ok: true, release: 1 })
    expect(readFileSync(join(out, 'root.json'))).toEqual(readFileSync(root))
    const [packs = ''] = readdirSync(join(out, 'packs'))
    const pack = join(out, 'packs', packs, '431225.gz')
    const bytes = readFileSync(pack)
    bytes[bytes.length - 20] = (bytes[bytes.length - 20] ?? 0) ^ 1
    writeFileSync(pack, bytes)
    expect(verify(out, root)).toMatchObject({ ok: false })
  })

  it('carries nothing of the office but the release: no database, no keys, no refused rows', async () => {
    await run(releaseVerb, { out })
    expect(readdirSync(out).sort()).toEqual(['metadata', 'packs', 'root.json', 'targets'])
  })

  it('writes over this county’s older release, whose packs go once the new one is whole', async () => {
    await run(releaseVerb, { out })
    const file = join(folder, 'more.csv')
    writeFileSync(file, `fund,village,payee,amount,date\nF001,${VILLAGE},新示例,1,2026-04-01\n`)
    const plain = { table: 'payments', file, map: new Map(), set: new Map(), refused: null, by: '', now: NOW } as const
    await importFile(office, plain)
    const { record } = await publishOffice(office, NOW, localDay(NOW), '')
    await run(releaseVerb, { out })
    expect(readdirSync(join(out, 'packs'))).toEqual([record.root])
    expect(verify(out, join(office.folder, 'root.json'))).toMatchObject({ ok: true, release: record.number })
  })

  it('leaves alone another county’s stick, a full folder, a file, and what is served', async () => {
    const other = await otherOffice()
    await run(releaseVerb, { out }, [], other)
    other.close()
    await expect(run(releaseVerb, { out })).rejects.toThrow(/another root/)
    expect(verify(out, join(other.folder, 'root.json'))).toMatchObject({ ok: true })
    const full = join(out, '..', 'full')
    mkdirSync(full)
    writeFileSync(join(full, 'letter.txt'), 'x')
    await expect(run(releaseVerb, { out: full })).rejects.toThrow(/empty folder or one with a release/)
    await expect(run(releaseVerb, { out: join(full, 'letter.txt') })).rejects.toThrow(/got the file/)
    await expect(run(releaseVerb, { out: office.dist })).rejects.toThrow(/which is served/)
    await expect(run(releaseVerb, {})).rejects.toThrow(/--out DIR/)
  })

  it('has nothing to write before the first publication', async () => {
    const fresh = openOffice(join(out, '..', 'fresh'), NOW)
    await expect(run(releaseVerb, { out }, [], fresh)).rejects.toMatchObject({ code: 'E-STATE' })
    expect(existsSync(out)).toBe(false)
    fresh.close()
  })
})

describe('keys', () => {
  it('come back from their backup into an empty office, with the root that terminals hold', async () => {
    expect(await run(keysVerb, { out }, ['backup'])).toMatchObject({ ok: true, out })
    const fresh = openOffice(join(out, '..', 'fresh'), NOW)
    await expect(run(keysVerb, {}, ['restore'], fresh)).rejects.toThrow(/--from DIR/)
    await run(keysVerb, { from: out }, ['restore'], fresh)
    const hexes = (of: Office): string[] => listKeys(of.keys).map(({ publicHex }) => publicHex)
    expect(hexes(fresh)).toEqual(hexes(office))
    expect(readFileSync(join(fresh.folder, 'root.json'))).toEqual(readFileSync(join(office.folder, 'root.json')))
    expect(statSync(join(fresh.keys, 'release.pem')).mode & 0o777).toBe(0o600)
    await publishOffice(fresh, NOW, localDay(NOW), '')
    expect(verify(fresh.dist, join(office.folder, 'root.json'))).toMatchObject({ ok: true })
    fresh.close()
  })

  it('never overwrite others, neither on the stick nor in the office: those may be the only ones', async () => {
    const other = await otherOffice()
    await run(keysVerb, { out }, ['backup'], other)
    const before = readFileSync(join(out, 'root-1.pem'))
    await expect(run(keysVerb, { out }, ['backup'])).rejects.toMatchObject({ code: 'E-STATE' })
    await expect(run(keysVerb, { from: out }, ['restore'])).rejects.toMatchObject({ code: 'E-STATE' })
    expect(readFileSync(join(out, 'root-1.pem'))).toEqual(before)
    await run(keysVerb, { out }, ['backup'], other)
    await expect(run(keysVerb, { from: join(out, 'none') }, ['restore'])).rejects.toMatchObject({ code: 'E-KEYS' })
    other.close()
  })
})
