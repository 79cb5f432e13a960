// A terminal takes the county's signed config, and says by path and in Chinese what is wrong with any other.
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CompactSign } from 'jose'
import { describe, expect, test } from 'vitest'
import { pinMatches } from '../electron/host/maintenance.ts'
import { MAX_CONFIG_BYTES } from '../sync/contract/limits.ts'
import { newKey, Repository, type TestKey } from '../test/e2e/host-tuf.ts'
import exampleJson from './example.json' with { type: 'json' }
import { checkDraft, checkValues, loadSignedConfig, readConfigFolder } from './load.ts'
import { hashPin, weaknessOf } from './pin.ts'
import { configOf } from './profiles.ts'
import { terminalConfig, toProfile } from './schema.ts'

const PIN_HASH = hashPin('482916')
const good = () => {
  const given = { officeUrl: 'http://10.0.0.5:8080', pin: PIN_HASH, production: false, developer: false }
  const config = configOf('HT-17', { ...given, issuedAt: '2026-11-24T08:00:00.000Z' })
  if (config === undefined) throw new Error('Expected HT-17 among the profiles')
  return config
}

const county = (sample = false) => {
  const key = newKey()
  const delegated = { sample, config: { keyid: key.key.keyID, public: key.publicHex } }
  return { key, repository: new Repository({ extra: { 'x-sunhall': delegated } }) }
}
const signed = (value: unknown, key: TestKey) =>
  new CompactSign(Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)))
    .setProtectedHeader({ alg: 'EdDSA' })
    .sign(key.secret)
const rootOf = (repository: Repository) => repository.rootBytes().toString('utf8')
const CHINESE = /[\u4e00-\u9fff]/

async function problems(jws: string, root: string, production = false) {
  const read = await loadSignedConfig(jws, root, { production })
  return read.ok ? [] : read.errors
}

describe('a signed config', () => {
  test('is taken when the key that the county root delegates signed it', async () => {
    const { key, repository } = county()
    const read = await loadSignedConfig(await signed(good(), key), rootOf(repository), { production: true })
    expect(read).toEqual({ ok: true, config: good(), sampleKeys: false })
  })

  test('is refused when another key signed it, and when one byte of it was changed (P2)', async () => {
    const { key, repository } = county()
    const [foreign] = await problems(await signed(good(), newKey()), rootOf(repository))
    expect(foreign).toMatchObject({ path: 'signature', zh: expect.stringContaining('签名不对') })
    const [header, , signature] = (await signed(good(), key)).split('.')
    const payload = Buffer.from(JSON.stringify({ ...good(), officeUrl: 'http://10.6.6.6' })).toString('base64url')
    const [tampered] = await problems([header, payload, signature].join('.'), rootOf(repository))
    expect(tampered).toMatchObject({ path: 'signature' })
  })

  test('is refused with "alg": "none", and as plain JSON without a signature', async () => {
    const { repository } = county()
    const header = Buffer.from('{"alg":"none"}').toString('base64url')
    const none = `${header}.${Buffer.from(JSON.stringify(good())).toString('base64url')}.`
    expect(await problems(none, rootOf(repository))).toMatchObject([{ path: 'signature' }])
    const [plain] = await problems(JSON.stringify(good()), rootOf(repository))
    expect(plain?.zh).toContain('没有签名')
  })

  test('is refused over the limit, counted in bytes', async () => {
    const { key, repository } = county()
    const jws = await signed(good(), key)
    const [long] = await problems('会'.repeat(MAX_CONFIG_BYTES / 3 + 1), rootOf(repository))
    expect(long?.zh).toContain('太大')
    expect(await problems(jws, rootOf(repository))).toEqual([])
  })

  test('is refused when it belongs to another county, and the county is named once', async () => {
    const { key, repository } = county()
    const errors = await problems(await signed({ ...good(), county: '431226' }, key), rootOf(repository))
    expect(errors).toHaveLength(1)
    expect(errors[0]).toMatchObject({ path: 'county', zh: expect.stringContaining('431226') })
  })

  test('is refused when what was signed is no JSON', async () => {
    const { key, repository } = county()
    expect((await problems(await signed('{"format":', key), rootOf(repository)))[0]?.zh).toContain('JSON')
  })

  test('is refused with sample keys by a production terminal, whichever of the two says that it is one', async () => {
    const { key, repository } = county(true)
    const jws = await signed(good(), key)
    expect(await loadSignedConfig(jws, rootOf(repository), { production: false })).toMatchObject({ sampleKeys: true })
    const refused = [{ path: 'root.x-sunhall.sample', zh: expect.stringContaining('示例密钥') }]
    expect(await problems(jws, rootOf(repository), true)).toMatchObject(refused)
    expect(await problems(await signed({ ...good(), production: true }, key), rootOf(repository))).toMatchObject(
      refused,
    )
  })
})

describe('the county root beside a config', () => {
  test('is refused when too few of its own keys signed it (TUF client workflow 5.3.4)', async () => {
    const { key, repository } = county()
    repository.signers.root = repository.keys.root.slice(0, 1)
    repository.signRoot()
    expect(await problems(await signed(good(), key), rootOf(repository))).toMatchObject([
      { path: 'root', zh: expect.stringContaining('签名不够') },
    ])
  })

  test('is refused when it names no config key, and when it cannot be read', async () => {
    const jws = await signed(good(), newKey())
    expect(await problems(jws, rootOf(new Repository()))).toMatchObject([{ path: 'root.x-sunhall' }])
    expect(await problems(jws, 'not a root')).toMatchObject([{ path: 'root', zh: expect.stringContaining('读不懂') }])
  })
})

describe('wrong values', () => {
  const wrong: [path: string, change: object, got: string][] = [
    ['format', { format: 2 }, '2'],
    ['terminal', { terminal: 'HT-00' }, 'HT-00'],
    ['name', { name: '' }, '""'],
    ['kind', { kind: 'shop' }, 'shop'],
    ['township', { township: '430100100' }, '430100100'],
    ['village', { village: '翁高村' }, '翁高村'],
    ['village', { village: '431225100001' }, 'township'],
    ['officeUrl', { officeUrl: 'ftp://office' }, 'ftp://office'],
    ['officePhone', { officePhone: 'ask me' }, 'ask me'],
    ['language', { language: 'fr' }, 'fr'],
    ['port', { port: 80 }, '80'],
    ['schedule.everyMinutes', { schedule: { everyMinutes: 0, largeLoads: [], largeBytes: 1 } }, '0'],
    [
      'schedule.largeLoads.0.to',
      { schedule: { everyMinutes: 60, largeLoads: [{ from: '22:00', to: '24:00' }], largeBytes: 1 } },
      '24:00',
    ],
    ['slot', { slot: 30 }, 'fleet'],
    ['evening.from', { evening: { from: '6pm', to: '06:00' } }, '6pm'],
    ['idle.warnAfterSeconds', { idle: { warnAfterSeconds: 1, resetAfterSeconds: 20 } }, '1'],
    ['staleAfterDays', { staleAfterDays: 1.5 }, '1.5'],
    ['maintenance', { maintenance: undefined }, '保密'],
    ['production', { production: 'yes' }, 'yes'],
    ['developer', { production: true, developer: true }, 'production'],
    ['issuedAt', { issuedAt: 'today' }, 'today'],
    ['enrolment', { enrolment: 'short' }, '保密'],
    ['colour', { colour: 'red' }, '删掉'],
  ]
  test.each(wrong)('at %s are named by path, in Chinese, with what came', (path, change, got) => {
    const read = checkValues({ ...good(), ...change })
    const errors = read.ok ? [] : read.errors
    expect(errors.map((one) => one.path)).toEqual([path])
    expect(errors[0]?.zh).toMatch(CHINESE)
    expect(errors[0]?.zh).toContain(got)
    expect(errors[0]?.en).toMatch(/^Expected /)
  })

  test('are all named at once, and a PIN put where its hash belongs is never repeated', () => {
    const read = checkValues({ ...good(), port: 80, language: 'fr', maintenance: { pin: '739105' } })
    if (read.ok) throw new Error('Expected three problems')
    expect(read.errors.map(({ path }) => path).sort()).toEqual(['language', 'maintenance.pin', 'port'])
    expect(JSON.stringify(read.errors)).not.toContain('739105')
  })

  test('of another kind than an object are named too', () => {
    for (const text of ['null', '[]', '"config"', '{'])
      expect(checkDraft(text)).toMatchObject({ ok: false, errors: [{ path: '' }] })
  })
})

test('A config folder without its files names each one that is missing', () => {
  const folder = mkdtempSync(join(tmpdir(), 'sunhall-config-'))
  const read = readConfigFolder(folder)
  expect(read).toMatchObject({ ok: false, errors: [{ path: 'config.jws' }, { path: 'root.json' }] })
  writeFileSync(join(folder, 'root.json'), '{}')
  writeFileSync(join(folder, 'config.jws'), 'x'.repeat(MAX_CONFIG_BYTES + 1))
  expect(readConfigFolder(folder)).toMatchObject({ ok: false, errors: [{ path: 'config.jws' }] })
})

test('The page never learns the PIN hash, the address of the office or the port', () => {
  const text = JSON.stringify(toProfile(terminalConfig.parse(good())))
  for (const secret of [PIN_HASH, 'scrypt', '10.0.0.5', '47117']) expect(text).not.toContain(secret)
})

test('The example is a right config, and a terminal still refuses it because nobody signed it', async () => {
  expect(checkValues(exampleJson)).toMatchObject({ ok: true })
  const text = readFileSync(join(import.meta.dirname, 'example.json'), 'utf8')
  expect((await problems(text, rootOf(county().repository)))[0]?.zh).toContain('没有签名')
})

describe('a maintenance PIN', () => {
  test.each(['', '12345', '1234567890123', '12a456', '111111', '123456', '654321', '121212', '123123'])(
    'of %j is refused as weak',
    (pin) => {
      expect(weaknessOf(pin)).toMatch(CHINESE)
      expect(() => hashPin(pin)).toThrow(weaknessOf(pin) ?? '')
    },
  )

  test('opens maintenance by its hash, and no other PIN does', async () => {
    expect(hashPin('482916')).not.toBe(PIN_HASH)
    expect(await pinMatches('482916', PIN_HASH)).toBe(true)
    expect(await pinMatches('482917', PIN_HASH)).toBe(false)
  })
})
