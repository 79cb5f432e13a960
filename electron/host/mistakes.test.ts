// What a technician can do wrong with a data folder, a config and the office's address: each ends with a code and a
// sentence that says what to do, and damages nothing.
import { execFileSync, spawn } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { checkResult } from '../../sync/contract/host-api.ts'
import { newOffice, type Office, type Served, serve } from '../../test/e2e/host-office.ts'
import { createHost, type Host, type HostOptions } from './host.ts'

let folder: string
let office: Office
let served: Served
let clock: Date
const opened: Host[] = []

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sunhall-mistakes-'))
  clock = new Date()
  office = newOffice()
  office.publish(1, 'first')
  served = await serve(office.repository.files)
  await office.provision(join(folder, 'stick'), served.url)
})
afterEach(async () => {
  for (const host of opened.splice(0)) await host.close()
  await served.stop()
  rmSync(folder, { recursive: true, force: true })
})

async function open(configFile: string | null, more: Partial<HostOptions> = {}): Promise<Host> {
  const fixed = { shell: 'browser', appVersion: '0', production: false, stickPlaces: [] } as const
  const host = await createHost({ ...fixed, dataFolder: data(), clock: () => clock, configFile, ...more })
  opened.push(host)
  return host
}
const data = (): string => join(folder, 'data')
const config = (name = 'stick'): string => join(folder, name, 'config.jws')
async function check(host: Host, reason = 'now', at: string | null = null) {
  const request = { method: 'POST', body: JSON.stringify({ reason, folder: at }) }
  return checkResult.parse(await (await host.handle(new Request('http://127.0.0.1/host/check', request))).json())
}

describe('the data folder', () => {
  it('E-STATE: a second terminal on it is refused, touches nothing, and may start when the first has ended', async () => {
    const first = await open(config())
    const before = readdirSync(data(), { recursive: true }).sort()
    const log = readFileSync(join(data(), 'logs', 'host.log'), 'utf8')
    await expect(open(config())).rejects.toMatchObject({
      code: 'E-STATE',
      message: expect.stringMatching(/stop that one/),
    })
    expect(readdirSync(data(), { recursive: true }).sort()).toEqual(before)
    expect(readFileSync(join(data(), 'logs', 'host.log'), 'utf8')).toBe(log)
    expect(await check(first)).toMatchObject({ result: 'release' })
    await first.close()
    expect((await open(null)).state()).toMatchObject({ mode: 'terminal', uncleanStop: false })
  })

  it('P10: a terminal that was killed leaves no lock behind', async () => {
    const child = join(import.meta.dirname, '../../test/e2e/host-child.ts')
    const running = spawn(process.execPath, [child, data(), config(), 'loop'])
    await new Promise((resolve) => running.stdout.once('data', resolve))
    await expect(open(null)).rejects.toMatchObject({ code: 'E-STATE' })
    running.kill('SIGKILL')
    await new Promise((resolve) => running.once('exit', resolve))
    expect((await open(null)).state()).toMatchObject({ mode: 'terminal', uncleanStop: true })
  }, 60_000)

  it('E-STORE: a file in the way, and a place where nothing can be made', async () => {
    writeFileSync(data(), '')
    const refused = { code: 'E-STORE', message: expect.stringMatching(/give a folder/) }
    await expect(open(config())).rejects.toMatchObject(refused)
    await expect(open(config(), { dataFolder: join(data(), 'below') })).rejects.toMatchObject(refused)
    if (process.platform !== 'linux') return
    // Node's own recursive mkdir never comes back from here.
    const nowhere = { code: 'E-STORE', message: expect.stringMatching(/give another --data/) }
    await expect(open(config(), { dataFolder: '/proc/sunhall/data' })).rejects.toMatchObject(nowhere)
  })

  it('a start with a refused config is no run: the next one has no unclean stop', async () => {
    await expect(open(join(folder, 'none', 'config.jws'))).rejects.toMatchObject({ code: 'E-CONFIG' })
    expect((await open(config())).state().uncleanStop).toBe(false)
  })
})

describe('--config', () => {
  it('takes the very file that it names, whatever lies beside it, or the folder that holds it', async () => {
    await office.provision(join(folder, 'other'), served.url, { terminal: 'HT-03' })
    cpSync(config('other'), join(folder, 'stick', 'ht-03.jws'))
    expect((await open(join(folder, 'stick', 'ht-03.jws'))).state().profile?.terminal).toBe('HT-03')
    await opened.pop()?.close()
    expect((await open(join(folder, 'stick'))).state().profile?.terminal).toBe('HT-17')
    await opened.pop()?.close()
    await expect(open(join(folder, 'stick', 'gone.jws'))).rejects.toThrow(/gone\.jws.*provision -- write/)
  })

  it('E-SAMPLE-KEY: a config for production refuses sample keys that a later root brings (P2)', async () => {
    await office.provision(join(folder, 'stick'), served.url, { production: true })
    const host = await open(config())
    expect(host.production).toBe(true)
    office.repository.extra = { 'x-sunhall': { ...(office.repository.extra['x-sunhall'] as object), sample: true } }
    office.repository.signRoot()
    office.publish(2, 'second')
    expect(await check(host)).toMatchObject({ result: 'refused', error: { code: 'E-SAMPLE-KEY' } })
    expect(host.state().trusted).toBeNull()
  })
})

describe('the office’s address', () => {
  const at = async (officeUrl: string) => {
    await office.provision(join(folder, 'stick'), officeUrl)
    const result = await check(await open(config()))
    return 'error' in result ? result.error : expect.fail('Expected no release')
  }
  it('E-OFFLINE: nobody there, no such name, and http where TLS is asked for', async () => {
    const { url } = served
    const gone = await serve(new Map())
    await gone.stop()
    expect(await at(gone.url)).toMatchObject({
      code: 'E-OFFLINE',
      message: expect.stringMatching(/ECONNREFUSED.*officeUrl/),
    })
    await opened.pop()?.close()
    expect((await at('http://127.0.0.1:6000')).message).toMatch(/another/)
    await opened.pop()?.close()
    expect((await at('http://nowhere.invalid')).message).toMatch(/DNS/)
    await opened.pop()?.close()
    expect((await at(url.replace('http:', 'https:'))).message).toMatch(/begin with http:/)
  })

  it('E-OFFLINE: a certificate that nobody vouches for', async () => {
    const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')]
    const made = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '1', '-subj', '/CN=office']
    execFileSync('openssl', [...made, '-keyout', key, '-out', cert], { stdio: 'ignore' })
    const secure = createServer({ key: readFileSync(key), cert: readFileSync(cert) })
    await new Promise<void>((resolve) => secure.listen(0, '127.0.0.1', resolve))
    const error = await at(`https://127.0.0.1:${(secure.address() as AddressInfo).port}`)
    secure.close()
    expect(error).toMatchObject({ code: 'E-OFFLINE', message: expect.stringMatching(/SELF_SIGNED.*certificate/) })
  }, 60_000)

  it.each<[string, string, RegExp, number, Record<string, string>, string]>([
    ['a login page', 'E-FORMAT', /address right/, 200, {}, '<html><body>请先登录'],
    ['another office’s error', 'E-SERVER', /office's log/, 500, {}, ''],
    ['a wrong folder', 'E-MISSING', /check the address/, 404, {}, ''],
    ['a busy office', 'E-BUSY', /later/, 429, { 'retry-after': '33' }, ''],
  ])('%s is told as %s', async (_, code, remedy, status, headers, body) => {
    for (const path of ['metadata/2.root.json', 'metadata/timestamp.json'])
      served.faults.set(path, (response) => response.writeHead(status, headers).end(body))
    expect(await at(served.url)).toMatchObject({ code, message: expect.stringMatching(remedy) })
  })
})

describe('the clock', () => {
  const years = (n: number) => new Date(Date.now() + n * 365 * 86_400_000)
  it('E-CLOCK: years behind, before and after the first release', async () => {
    clock = years(-6)
    const host = await open(config())
    const behind = {
      result: 'refused',
      error: { code: 'E-CLOCK', message: expect.stringMatching(/set date and time/) },
    }
    expect(await check(host)).toMatchObject(behind)
    expect(host.state().trusted).toBeNull()
    clock = new Date()
    expect(await check(host)).toMatchObject({ result: 'release' })
    clock = years(-6)
    expect(await check(host)).toMatchObject(behind)
    expect(host.state()).toMatchObject({ trusted: { number: 1 }, clockTrusted: false })
  })

  it('E-EXPIRED: years ahead before the first release, and the sentence asks for the date', async () => {
    clock = years(6)
    const error = { code: 'E-EXPIRED', message: expect.stringContaining(`on ${clock.toISOString().slice(0, 10)}`) }
    const result = await check(await open(config()))
    expect(result).toMatchObject({ result: 'refused', error })
    expect(result).toMatchObject({ error: { message: expect.stringMatching(/check this machine’s date/) } })
  })

  it('E-EXPIRED: a county root past its date asks for a new root, not for a publication', async () => {
    clock = years(11)
    office.repository.now = clock
    office.publish(2, 'second')
    const error = { code: 'E-EXPIRED', message: expect.stringMatching(/sign a new root/) }
    expect(await check(await open(config()))).toMatchObject({ result: 'refused', error })
  })
})

describe('P2: a stick', () => {
  it.each<[string, string, () => void]>([
    ['older than what is trusted', 'E-NUMBER', () => undefined],
    ['of another county', 'E-SIGNATURE', () => newCounty(join(folder, 'usb'))],
    ['with a changed byte', 'E-SIGNATURE', () => spoil(join(folder, 'usb', 'metadata', 'timestamp.json'))],
    ['without its timestamp', 'E-MISSING', () => rmSync(join(folder, 'usb', 'metadata', 'timestamp.json'))],
    ['of an empty folder', 'E-MISSING', () => emptied(join(folder, 'usb'))],
  ])('%s is refused, and the release stays', async (_, code, spoiled) => {
    office.writeTo(join(folder, 'usb'))
    office.publish(2, 'second')
    const host = await open(config())
    expect(await check(host)).toMatchObject({ result: 'release', record: { number: 2 } })
    spoiled()
    expect(await check(host, 'stick', join(folder, 'usb'))).toMatchObject({ error: { code } })
    expect(host.state().trusted?.number).toBe(2)
    expect(host.state().lastCheck).toMatchObject({ ok: false, error: { code } })
  })

  function newCounty(to: string): void {
    emptied(to)
    const other = newOffice()
    other.publish(3, 'elsewhere')
    other.writeTo(to)
  }
  function spoil(file: string): void {
    writeFileSync(file, readFileSync(file, 'utf8').replace('"version":1', '"version":9'))
  }
  function emptied(to: string): void {
    rmSync(to, { recursive: true })
    mkdirSync(to)
  }
})

it('P6: the log holds nothing that was typed or looked for: no PIN, no word of a status, no page', async () => {
  const host = await open(config())
  const post = (path: string, body: object) =>
    host.handle(new Request(`http://127.0.0.1${path}`, { method: 'POST', body: JSON.stringify(body) }))
  await post('/host/pin', { pin: '739105' })
  await post('/host/status', { phase: 'waiting', shownParts: [], failures: 0, lastFailure: null, typed: '张三' })
  await host.handle(new Request('http://127.0.0.1/host/nothing?name=张三'))
  const log = readFileSync(join(data(), 'logs', 'host.log'), 'utf8')
  expect(log).toContain('"event":"pin"')
  for (const secret of ['739105', '张三', encodeURIComponent('张三')]) expect(log).not.toContain(secret)
})

it('P7: a worker that shows a release is answered at once, while the mirror is still being made whole', async () => {
  const host = await open(config())
  await check(host)
  const root = office.builds[0]?.record.root ?? ''
  let whole = (): void => undefined
  const held = new Promise<void>((resolve) => {
    whole = resolve
  })
  const slow = [...office.repository.files.keys()].filter((path) => path.startsWith('packs/'))
  for (const path of slow)
    served.faults.set(path, (response) => void held.then(() => response.end(office.repository.files.get(path))))
  const body = JSON.stringify({ root, previous: null })
  const shown = await host.handle(new Request('http://127.0.0.1/host/shown', { method: 'POST', body }))
  expect(shown.status).toBe(200)
  whole()
})
