// `npm run provision` as a technician types it: a stick written by it is taken by its own check, and nothing else is.
import { execFile } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { createHost } from '../../electron/host/host.ts'
import { newOffice } from './host-office.ts'

const CLI = resolve(import.meta.dirname, '../../kiosk-config/cli.ts')

interface Ran {
  code: number
  out: string
  error: string
  json: { ok?: boolean; errors?: { path: string }[]; warnings?: { path: string }[]; terminals?: unknown[] }
}
function provision(...args: string[]): Promise<Ran> {
  return new Promise((done) => {
    const child = execFile(process.execPath, [CLI, ...args], (error, out, stderr) => {
      const last = out.trim().split('\n').at(-1) ?? ''
      const json = args.includes('--json') ? JSON.parse(last) : {}
      done({ code: error === null ? 0 : Number(error.code), out, error: stderr, json })
    })
    child.stdin?.end()
  })
}

/** An office's folder as its keys verb leaves it: the root in dist/metadata, the config key in keys. */
async function officeFolder(sample = true, rootDays = 3650) {
  const folder = mkdtempSync(join(tmpdir(), 'sunhall-provision-'))
  const office = newOffice({ sample })
  office.repository.lifetimes.root = rootDays
  office.repository.versions.root = 0
  office.repository.signRoot()
  office.writeTo(join(folder, 'dist'))
  await mkdir(join(folder, 'keys'))
  writeFileSync(join(folder, 'keys/config.pem'), office.configKey.secret.export({ format: 'pem', type: 'pkcs8' }))
  return { folder, root: join(folder, 'dist/metadata/1.root.json'), stick: join(folder, 'stick') }
}
const writing = (root: string, stick: string) => ['--out', stick, '--root', root, '--url', 'http://10.0.0.5:8080']

describe('npm run provision', () => {
  test('lists 30 terminals, explains itself with an example, and fails on an unknown verb', async () => {
    const list = await provision('list', '--json')
    expect([list.code, list.json.terminals?.length]).toEqual([0, 30])
    expect((await provision('--help')).out).toContain('write HT-17')
    expect(await provision('bake')).toMatchObject({ code: 1, error: expect.stringContaining('bake') })
  })

  test('writes a stick that its own check and a terminal take', async () => {
    const { folder, root, stick } = await officeFolder()
    const pinFile = join(folder, 'pin')
    writeFileSync(pinFile, '482916\n')
    const wrote = await provision('write', 'HT-17', ...writing(root, stick), '--pin-file', pinFile, '--json')
    expect(wrote).toMatchObject({ code: 0, json: { ok: true, terminal: 'HT-17' } })
    expect(readdirSync(stick).sort()).toEqual(['config.jws', 'root.json'])
    const check = await provision('check', join(stick, 'config.jws'), '--json')
    expect(check).toMatchObject({ code: 0, json: { ok: true, sampleKeys: true } })
    const host = await createHost({
      dataFolder: join(folder, 'terminal'),
      clock: () => new Date(),
      shell: 'browser',
      appVersion: '0',
      production: false,
      configFile: join(stick, 'config.jws'),
    })
    expect(host.state()).toMatchObject({ mode: 'terminal', profile: { name: '高椅乡翁高村便民服务点' } })
    await host.close()
  })

  test('refuses a weak PIN, none at all, an unknown terminal and a foreign key, and writes nothing', async () => {
    const { folder, root, stick } = await officeFolder()
    const other = await officeFolder()
    const cases = [
      [['HT-17', ...writing(root, stick), '--pin', '123456'], '连号'],
      [['HT-17', ...writing(root, stick)], 'no default'],
      [['HT-31', ...writing(root, stick), '--pin', '482916'], 'HT-30'],
      [
        ['HT-17', ...writing(root, stick), '--pin', '482916', '--key', join(other.folder, 'keys/config.pem')],
        '签名不对',
      ],
      [['HT-17', ...writing(root, stick), '--pin', '482916', '--production'], '示例密钥'],
      [['HT-17', ...writing(root, stick), '--pin', '482916', '--production', '--developer'], 'developer'],
      [['HT-17', ...writing(join(folder, 'none.json'), stick), '--pin', '482916'], 'county root'],
    ] as const
    for (const [args, why] of cases) {
      expect(await provision('write', ...args)).toMatchObject({ code: 1, error: expect.stringContaining(why) })
    }
    expect(existsSync(stick)).toBe(false)
  })

  test('warns of sample keys, of a root that ends soon or has ended, and of an address that is the terminal itself', async () => {
    const { root, stick } = await officeFolder()
    const wrote = await provision('write', 'HT-17', ...writing(root, stick), '--pin', '482916', '--json')
    expect(wrote.json.warnings?.map(({ path }) => path)).toEqual(['root.x-sunhall.sample'])
    expect(wrote.error).toContain('示例密钥')
    for (const [lifetime, words] of [
      [100, '天（'],
      [-3, 'E-EXPIRED'],
    ] as const) {
      const own = await officeFolder(false, lifetime)
      const local = ['--out', own.stick, '--root', own.root, '--url', 'http://localhost:8080', '--pin', '482916']
      expect((await provision('write', 'HT-17', ...local, '--production')).error).toContain(words)
      const check = await provision('check', own.stick, '--json')
      expect(check).toMatchObject({ code: 0, json: { ok: true, sampleKeys: false } })
      expect(check.json.warnings?.map(({ path }) => path)).toEqual(['root.expires', 'officeUrl'])
    }
  })

  test('ends every mistake with a code', async () => {
    const { folder, root } = await officeFolder()
    writeFileSync(join(folder, 'file'), '')
    const cases = [
      [['write', 'HT-17', ...writing(root, join(folder, 'file')), '--pin', '482916'], /^E-STORE: .*stick/],
      [
        ['write', 'HT-17', '--out', folder, '--root', root, '--url', 'office', '--pin', '482916'],
        /^E-CONFIG: officeUrl/,
      ],
      [['write', 'HT-17', '--bogus'], /^E-INPUT: /],
      [['check'], /^E-INPUT: .*check FILE/],
      [['check', join(folder, 'none.jws')], /^E-INPUT: /],
    ] as const
    for (const [args, said] of cases)
      expect(await provision(...args)).toMatchObject({ code: 1, error: expect.stringMatching(said) })
  })

  test('names every error of a draft by path, in Chinese or English', async () => {
    const { folder } = await officeFolder()
    const example = JSON.parse(readFileSync(resolve(CLI, '../example.json'), 'utf8'))
    const draft = join(folder, 'draft.json')
    writeFileSync(draft, JSON.stringify({ ...example, port: 1, evening: { from: 'late', to: '06:00' } }))
    const zh = await provision('check', draft, '--json')
    expect(zh.code).toBe(1)
    expect(zh.json.errors?.map(({ path }) => path)).toEqual(['port', 'evening.from'])
    expect(zh.error).toContain('port: 应当是至少 1024，实际是 1')
    expect((await provision('check', draft, '--lang', 'en')).error).toContain('port: Expected at least 1024, got 1')
  })

  test('refuses a stick whose config was changed after it was signed', async () => {
    const { root, stick } = await officeFolder()
    await provision('write', 'HT-03', ...writing(root, stick), '--pin', '482916')
    const file = join(stick, 'config.jws')
    const [head, payload = '', signature] = readFileSync(file, 'utf8').split('.')
    const text = Buffer.from(payload, 'base64url').toString('utf8').replace('10.0.0.5', '10.9.9.9')
    writeFileSync(file, [head, Buffer.from(text).toString('base64url'), signature].join('.'))
    expect(await provision('check', file)).toMatchObject({ code: 1, error: expect.stringContaining('签名不对') })
  })
})
