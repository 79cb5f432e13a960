// The host over real HTTP and real files: attacks on trust and on the county's files, the office dead, the mirror,
// provisioning, maintenance.
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import type { ServerResponse } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { type CheckResult, checkResult, configResult, hostState } from '../../sync/contract/host-api.ts'
import { paths } from '../../sync/contract/release.ts'
import { COUNTY } from '../../sync/contract/tree.ts'
import { splitPack } from '../../sync/core/pack.ts'
import { newOffice, type Office, PIN, type Served, serve, TOWNSHIP } from '../../test/e2e/host-office.ts'
import { newKey } from '../../test/e2e/host-tuf.ts'
import { sha256 } from './hash.ts'
import { createHost, type Host, type HostOptions } from './host.ts'

let folder: string
let office: Office
let served: Served
let host: Host
let clock: Date

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sunhall-host-'))
  clock = new Date()
  office = newOffice()
  office.publish(1, 'first')
  served = await serve(office.repository.files)
  await office.provision(join(folder, 'stick'), served.url)
  host = await open({ configFile: join(folder, 'stick', 'config.jws') })
})
afterEach(async () => {
  await host.close()
  await served.stop()
  rmSync(folder, { recursive: true, force: true })
})

function open(more: Partial<HostOptions> = {}): Promise<Host> {
  return createHost({
    dataFolder: join(folder, 'data'),
    clock: () => clock,
    shell: 'browser',
    appVersion: '0.1.0',
    production: false,
    stickPlaces: [folder],
    httpLimits: { idleMs: 300, minBytesPerSecond: 2_000 },
    ...more,
  })
}
const get = (path: string): Promise<Response> => host.handle(new Request(`http://127.0.0.1${path}`))
const post = (path: string, body: unknown): Promise<Response> =>
  host.handle(new Request(`http://127.0.0.1${path}`, { method: 'POST', body: JSON.stringify(body) }))
async function check(reason = 'now', at: string | null = null): Promise<CheckResult> {
  return checkResult.parse(await (await post('/host/check', { reason, folder: at })).json())
}
const county = (path: string): Promise<Response> => get(`/county/${path}`)
const codeOf = async (response: Response): Promise<string> => (await response.json()).error.code
const trustedNumber = (): number | null => host.state().trusted?.number ?? null

/** What a refusal must look like: its code, and the old release still trusted (P2). */
async function expectRefused(code: string, stays: number | null = 1): Promise<void> {
  expect(await check()).toMatchObject({ result: 'refused', error: { code } })
  expect(trustedNumber()).toBe(stays)
}

describe('checking for a release', () => {
  it('trusts the signed release and says so in its state', async () => {
    const result = await check()
    expect(result).toMatchObject({ result: 'release', record: { number: 1 } })
    const state = hostState.parse(await (await get('/host/state')).json())
    expect(state).toMatchObject({ mode: 'terminal', office: 'reachable', lastCheck: { ok: true }, clockTrusted: true })
    expect(state.timestampExpires).toBe(office.repository.expires('timestamp'))
  })

  it('P3: answers that the office is unreachable, and keeps what is trusted', async () => {
    await check()
    await served.stop()
    expect(await check()).toMatchObject({ result: 'unavailable', error: { code: 'E-OFFLINE' } })
    expect(host.state()).toMatchObject({ office: 'unreachable', trusted: { number: 1 } })
  })

  it('passes Retry-After on', async () => {
    served.faults.set('metadata/timestamp.json', (response) => response.writeHead(503, { 'retry-after': '77' }).end())
    const expected = { result: 'unavailable', error: { code: 'E-BUSY' }, retryAfterSeconds: 77 }
    expect(await check()).toMatchObject(expected)
  })

  it.each<[string, string, (response: ServerResponse) => void]>([
    ['never begins', 'E-OFFLINE', () => undefined],
    ['stops in the middle', 'E-OFFLINE', (response) => response.writeHead(200).write('{"signed"')],
    ['drips for ever', 'E-OFFLINE', drip],
    ['never ends', 'E-LENGTH', flood],
  ])('gives up a body that %s', async (_, code, fault) => {
    served.faults.set('metadata/timestamp.json', fault)
    const startedAt = Date.now()
    const result = await check()
    // Not when the longest allowed file would have come at the slowest allowed speed.
    expect(Date.now() - startedAt).toBeLessThan(1_500)
    expect(result.result === 'release' ? null : result.error.code).toBe(code)
  })
})

function drip(response: ServerResponse): void {
  response.writeHead(200)
  const timer = setInterval(() => response.write(' '), 50)
  response.on('close', () => clearInterval(timer))
}
function flood(response: ServerResponse): void {
  response.writeHead(200)
  const more = (): void => {
    while (response.write(Buffer.alloc(65_536)));
  }
  response.on('drain', more)
  more()
}

describe('P2: attacks on the metadata are refused and the old release stays', () => {
  beforeEach(() => check())

  it('E-SIGNATURE: signed by another key', async () => {
    office.repository.signers.timestamp = [newKey()]
    office.publish(2, 'evil')
    await expectRefused('E-SIGNATURE')
  })
  it('E-SIGNATURE: targets signed by another key, behind a good timestamp', async () => {
    office.repository.signers.targets = [newKey()]
    office.publish(2, 'evil')
    await expectRefused('E-SIGNATURE')
  })
  it('E-SIGNATURE: snapshot signed by another key, behind a good timestamp', async () => {
    office.repository.signers.snapshot = [newKey()]
    office.publish(2, 'evil')
    await expectRefused('E-SIGNATURE')
  })
  it('E-NUMBER: an old timestamp is replayed', async () => {
    const old = office.repository.files.get('metadata/timestamp.json') ?? Buffer.alloc(0)
    office.publish(2, 'second')
    expect(await check()).toMatchObject({ result: 'release', record: { number: 2 } })
    office.repository.files.set('metadata/timestamp.json', old)
    await expectRefused('E-NUMBER', 2)
  })
  it('E-NUMBER: an old release is signed again under new versions', async () => {
    office.publish(2, 'second')
    await check()
    office.publish(1, 'first')
    await expectRefused('E-NUMBER', 2)
  })
  it('E-NUMBER: a second release bears the same number', async () => {
    office.publish(1, 'another first')
    await expectRefused('E-NUMBER')
  })
  it.each(['timestamp', 'snapshot', 'targets'] as const)(
    'E-EXPIRED: %s past its date; reading goes on',
    async (role) => {
      await county(paths.pack(office.builds[0]?.record.root ?? '', COUNTY))
      office.repository.lifetimes[role] = -1
      office.publish(2, 'late')
      await expectRefused('E-EXPIRED')
      expect((await county(paths.pack(office.builds[0]?.record.root ?? '', COUNTY))).status).toBe(200)
    },
  )
  it('E-HASH: the snapshot has other bytes of the same length', async () => {
    office.publish(2, 'second')
    const path = office.repository.fileOf('snapshot')
    const text = (office.repository.files.get(path) ?? Buffer.alloc(0)).toString()
    office.repository.files.set(path, Buffer.from(text.replace('"snapshot"', '"snapshoT"')))
    await expectRefused('E-HASH')
  })
  it('E-LENGTH: the targets file is cut short', async () => {
    office.publish(2, 'second')
    const path = office.repository.fileOf('targets')
    office.repository.files.set(path, (office.repository.files.get(path) ?? Buffer.alloc(0)).subarray(0, 50))
    await expectRefused('E-LENGTH')
  })
  it('E-HASH: the record is another one of the same length', async () => {
    const built = office.publish(2, 'second')
    const good = Buffer.from(JSON.stringify(built.record))
    office.repository.putTarget('release.json', Buffer.from(good.toString().replace('2026', '2025')), good)
    await expectRefused('E-HASH')
  })
  it('E-FORMAT: a login page answers for the timestamp', async () => {
    office.repository.files.set('metadata/timestamp.json', Buffer.from('<html>'))
    await expectRefused('E-FORMAT')
  })
  it('E-FORMAT: the record is of another county', async () => {
    office.publish(2, 'second', (record) => ({ ...record, county: '431226' }))
    await expectRefused('E-FORMAT')
  })
  it('E-CLOCK: this machine lives before its newest release, or 400 days after it', async () => {
    const now = clock
    clock = new Date(now.getTime() - 86_400_000)
    await expectRefused('E-CLOCK')
    expect(host.state().clockTrusted).toBe(false)
    clock = new Date(now.getTime() + 401 * 86_400_000)
    await expectRefused('E-CLOCK')
  })
  it('E-CLOCK: a release is dated ahead of this machine', async () => {
    office.repository.now = new Date(clock.getTime() + 3_600_000)
    office.publish(2, 'from the future')
    await expectRefused('E-CLOCK')
  })
  it('judges expiry by the host’s clock, fixed for the update', async () => {
    clock = new Date(clock.getTime() + 46 * 86_400_000)
    await expectRefused('E-EXPIRED')
  })
  it('keeps a rotated root though the new timestamp is refused', async () => {
    const old = office.repository.keys.root
    office.repository.keys.root = [newKey(), newKey(), newKey()]
    office.repository.signRoot(old.slice(0, 2))
    office.repository.signers.timestamp = [newKey()]
    office.publish(2, 'second')
    await expectRefused('E-SIGNATURE')
    const root = JSON.parse(readFileSync(join(folder, 'data', 'trust', 'tuf', 'root.json'), 'utf8'))
    expect(root.signed.version).toBe(2)
    office.repository.signers = {}
    office.repository.signAll()
    expect(await check()).toMatchObject({ result: 'release', record: { number: 2 } })
  })
})

describe('the county’s files', () => {
  const built = () => office.builds.at(-1) ?? expect.fail('nothing was published')
  const pack = (part: string): string => paths.pack(built().record.root, part)
  const file = (path: string): Buffer => office.repository.files.get(path) ?? Buffer.alloc(0)
  beforeEach(() => check())

  it('are served as the very .gz file, without Content-Encoding', async () => {
    const response = await county(pack(COUNTY))
    expect(response.headers.get('content-encoding')).toBe(null)
    expect(response.headers.get('content-type')).toBe('application/gzip')
    expect(Buffer.from(await response.arrayBuffer())).toEqual(file(pack(COUNTY)))
  })

  it('are all served: township’s pack, tree, single block, picture', async () => {
    const { record, blocks, picture } = built()
    const [block = ''] = blocks.keys()
    for (const path of [pack(TOWNSHIP), paths.tree(record.root), paths.block(block), paths.media(picture)]) {
      const response = await county(path)
      expect([path, response.status]).toEqual([path, 200])
      expect(Buffer.from(await response.arrayBuffer())).toEqual(file(path))
    }
  })

  it('P3: are served from the mirror with the office dead, also after a restart', async () => {
    for (const part of [COUNTY, TOWNSHIP]) await county(pack(part))
    await served.stop()
    await host.close()
    host = await open()
    for (const part of [COUNTY, TOWNSHIP]) {
      const response = await county(pack(part))
      expect(Buffer.from(await response.arrayBuffer())).toEqual(file(pack(part)))
    }
    const [block = '', bytes = new Uint8Array()] = [...built().blocks][0] ?? []
    const single = await county(paths.block(block))
    expect(sha256(gunzipSync(Buffer.from(await single.arrayBuffer())))).toBe(sha256(bytes))
  })

  it('P10: a damaged mirror file is dropped and fetched again', async () => {
    await county(pack(COUNTY))
    const mirrored = join(folder, 'data', 'mirror', built().record.root, `${COUNTY}.gz`)
    truncateSync(mirrored, 40)
    expect(Buffer.from(await (await county(pack(COUNTY))).arrayBuffer())).toEqual(file(pack(COUNTY)))
    expect(readFileSync(mirrored)).toEqual(file(pack(COUNTY)))
  })

  it('are fetched once for two askers at a time', async () => {
    await Promise.all([county(pack(COUNTY)), county(pack(COUNTY)), county(pack(TOWNSHIP))])
    expect(served.requests.filter((path) => path === pack(COUNTY))).toHaveLength(1)
  })

  it('pass 503 and Retry-After on', async () => {
    served.faults.set(pack(COUNTY), (response) => response.writeHead(503, { 'retry-after': '9' }).end())
    const response = await county(pack(COUNTY))
    expect([response.status, response.headers.get('retry-after')]).toEqual([503, '9'])
    expect(await codeOf(response)).toBe('E-BUSY')
  })

  it('never include metadata, foreign roots or paths outside', async () => {
    const foreign = 'ab'.repeat(32)
    const wrong = [
      'metadata/timestamp.json',
      'targets/release.json',
      paths.pack(foreign, COUNTY),
      '../trust/record.json',
    ]
    for (const path of wrong) expect((await county(path)).status).toBe(404)
  })

  const changed = (path: string, change: (raw: Buffer) => Buffer): void => {
    office.repository.files.set(path, gzipSync(change(gunzipSync(file(path)))))
  }
  it.each<[string, RegExp, () => void]>([
    [
      'a changed block',
      /E-HASH|E-LENGTH/,
      () => changed(pack(COUNTY), (raw) => Buffer.concat([raw.subarray(0, -2), Buffer.from('zz')])),
    ],
    [
      'the pack of another part',
      /E-MIXED|E-LENGTH/,
      () => office.repository.files.set(pack(COUNTY), file(pack(TOWNSHIP))),
    ],
    ['a cut file', /E-FORMAT/, () => office.repository.files.set(pack(COUNTY), file(pack(COUNTY)).subarray(0, -9))],
    [
      'a longer file',
      /E-LENGTH/,
      () => office.repository.files.set(pack(COUNTY), Buffer.concat([file(pack(COUNTY)), Buffer.alloc(9)])),
    ],
    ['a gzip bomb', /E-LENGTH/, () => office.repository.files.set(pack(COUNTY), gzipSync(Buffer.alloc(200_000)))],
    ['an endless file', /E-LENGTH/, () => void served.faults.set(pack(COUNTY), flood)],
    ['no gzip', /E-FORMAT/, () => office.repository.files.set(pack(COUNTY), Buffer.from('<html>'))],
  ])('P2: refuse %s, and neither serve nor store it', async (_, code, attack) => {
    attack()
    const response = await county(pack(COUNTY))
    expect(response.ok).toBe(false)
    expect(await codeOf(response)).toMatch(code)
    expect(existsSync(join(folder, 'data', 'mirror', built().record.root, `${COUNTY}.gz`))).toBe(false)
  })

  it('P1: refuse the pack of an earlier release under the new address', async () => {
    const old = file(pack(COUNTY))
    office.publish(2, 'secnd')
    await check()
    office.repository.files.set(pack(COUNTY), old)
    expect(await codeOf(await county(pack(COUNTY)))).toMatch(/E-MIXED|E-LENGTH/)
  })

  it('P2: refuse a block or picture with other bytes', async () => {
    const [block = ''] = built().blocks.keys()
    office.repository.files.set(paths.block(block), gzipSync(Buffer.from('other')))
    office.repository.files.set(paths.media(built().picture), Buffer.from('other'))
    expect(await codeOf(await county(paths.block(block)))).toBe('E-HASH')
    expect(await codeOf(await county(paths.media(built().picture)))).toBe('E-HASH')
  })

  it('after a delta, the mirror makes the new packs itself and drops the old release', async () => {
    for (const part of [COUNTY, TOWNSHIP]) await county(pack(part))
    await county(paths.media(built().picture))
    const old = built().record.root
    office.publish(2, 'second')
    await check()
    expect((await county(paths.delta(built().record.root, old))).status).toBe(200)
    const before = served.requests.length
    await post('/host/shown', { root: built().record.root, previous: null })
    const mirror = join(folder, 'data', 'mirror')
    await vi.waitFor(() => expect(existsSync(join(mirror, old))).toBe(false))
    expect(served.requests.length).toBe(before)
    expect(readdirSync(join(mirror, built().record.root)).sort()).toEqual([
      `${COUNTY}.gz`,
      `${TOWNSHIP}.gz`,
      'record.json',
    ])
    expect(readdirSync(join(mirror, 'media'))).toHaveLength(1)
    await served.stop()
    const response = await county(pack(COUNTY))
    expect(splitPack(gunzipSync(Buffer.from(await response.arrayBuffer()))).head.root).toBe(built().record.root)
  })

  it('are all in the mirror when the host has said goodbye, and nothing is written after it', async () => {
    for (const part of [COUNTY, TOWNSHIP]) await county(pack(part))
    office.publish(2, 'second')
    await check()
    await county(paths.delta(built().record.root, office.builds[0]?.record.root ?? ''))
    await post('/host/shown', { root: built().record.root, previous: null })
    await host.close()
    const log = readFileSync(join(folder, 'data', 'logs', 'host.log'), 'utf8')
      .trim()
      .split('\n')
    expect(log.map((line) => JSON.parse(line).event).slice(-2)).toEqual(['mirror-whole', 'stop'])
  })

  it('come from a stick, which the office need not reach', async () => {
    office.publish(2, 'second')
    const stick = join(folder, 'usb')
    office.writeTo(stick)
    await served.stop()
    expect(await check('stick')).toMatchObject({ result: 'release', record: { number: 2 } })
    for (const part of [COUNTY, TOWNSHIP]) expect((await county(pack(part))).status).toBe(200)
    const { folders } = await (await get('/host/folders')).json()
    expect(folders).toContainEqual({ folder: stick, config: false, release: true })
  })
})

describe('provisioning', () => {
  it('starts without a config and takes one from a folder', async () => {
    const fresh = await open({ dataFolder: join(folder, 'fresh') })
    expect(fresh.state()).toMatchObject({ mode: 'provisioning', profile: null })
    const request = new Request('http://127.0.0.1/host/config', {
      method: 'POST',
      body: JSON.stringify({ folder: join(folder, 'stick') }),
    })
    expect(await (await fresh.handle(request)).json()).toEqual({ ok: true, terminal: 'HT-17', errors: [] })
    expect(fresh.state()).toMatchObject({ mode: 'terminal', profile: { terminal: 'HT-17' } })
    await fresh.close()
  })

  it.each<[string, (to: string) => Promise<void>, string]>([
    ['a config signed by another key', (to) => office.provision(to, served.url, {}, newKey()), 'signature'],
    ['a config with a wrong value', (to) => office.provision(to, served.url, { slot: -1 }), 'slot'],
    ['another county’s root', (to) => newOffice().provision(to, served.url), 'root'],
    ['an empty folder', async () => undefined, 'config.jws'],
  ])('refuses %s by path, in Chinese, and changes nothing', async (_, write, path) => {
    const to = join(folder, 'wrong')
    await write(to)
    await post('/host/pin', { pin: PIN })
    const before = readFileSync(join(folder, 'data', 'config', 'config.jws'))
    const result = configResult.parse(await (await post('/host/config', { folder: to })).json())
    expect(result.ok).toBe(false)
    expect(result.errors.map((error) => error.path)).toContain(path)
    expect(result.errors[0]?.zh).toMatch(/[一-鿿]/)
    expect(readFileSync(join(folder, 'data', 'config', 'config.jws'))).toEqual(before)
    expect(host.state().profile?.terminal).toBe('HT-17')
  })

  it('a provisioned terminal takes another config only in maintenance', async () => {
    expect(await codeOf(await post('/host/config', { folder: join(folder, 'stick') }))).toBe('E-FORBIDDEN')
  })

  it('E-SAMPLE-KEY: a package built for production refuses sample keys', async () => {
    const sample = newOffice({ sample: true })
    await sample.provision(join(folder, 'sample'), served.url)
    const options = { dataFolder: join(folder, 'production'), production: true }
    await expect(open({ ...options, configFile: join(folder, 'sample', 'config.jws') })).rejects.toMatchObject({
      code: 'E-CONFIG',
    })
  })
})

describe('maintenance', () => {
  it('opens by the PIN only, slows down after wrong ones, and remembers that after a restart', async () => {
    const tryPin = async (pin: string) => (await post('/host/pin', { pin })).json()
    expect(await tryPin('000000')).toEqual({ ok: false, waitSeconds: 1 })
    expect(await tryPin(PIN)).toEqual({ ok: false, waitSeconds: 1 })
    clock = new Date(clock.getTime() + 1_000)
    expect(await tryPin('000000')).toEqual({ ok: false, waitSeconds: 2 })
    await host.close()
    host = await open()
    expect(await tryPin(PIN)).toEqual({ ok: false, waitSeconds: 2 })
    clock = new Date(clock.getTime() + 2_000)
    expect(await tryPin(PIN)).toEqual({ ok: true, waitSeconds: 0 })
    expect(host.state().maintenanceOpen).toBe(true)
    clock = new Date(clock.getTime() + 1_800_000)
    expect(host.state().maintenanceOpen).toBe(false)
  })

  it('does nothing while it is closed', async () => {
    expect(await codeOf(await post('/host/maintenance', { action: 'restart' }))).toBe('E-FORBIDDEN')
    await post('/host/pin', { pin: PIN })
    expect((await post('/host/maintenance', { action: 'diagnostics' })).status).toBe(200)
    expect(existsSync(join(folder, 'data', 'diagnostics.json'))).toBe(true)
  })
})

describe('the host itself', () => {
  it('P10: tells an unclean stop from a clean one', async () => {
    expect(host.state().uncleanStop).toBe(false)
    await host.close()
    // What a run without a goodbye leaves behind.
    writeFileSync(join(folder, 'data', 'running'), '')
    host = await open()
    expect(host.state().uncleanStop).toBe(true)
    await host.close()
    host = await open()
    expect(host.state().uncleanStop).toBe(false)
  })

  it('sends its state at once and on every change', async () => {
    const reader = (await get('/host/events')).body?.getReader() ?? expect.fail('no stream')
    const next = async () => new TextDecoder().decode((await reader.read()).value)
    expect(await next()).toMatch(/^event: state\ndata: {.*"lastCheck":null/)
    await check()
    expect(await next()).toMatch(/"lastCheck":{"at":.*"ok":true/)
    await reader.cancel()
  })

  it.each([
    ['/host/check', { reason: 'whim', folder: null }],
    ['/host/shown', {}],
    ['/host/pin', { pin: 'x'.repeat(65) }],
    ['/host/status', []],
  ])('refuses a body that %s does not have', async (path, body) => {
    expect(await codeOf(await post(path, body))).toBe('E-INPUT')
  })

  it('a mirror that nobody can write gives a code, not a crash', async () => {
    writeFileSync(join(folder, 'data', 'mirror'), 'in the way')
    expect(await check()).toMatchObject({ result: 'refused', error: { code: 'E-STORE' } })
  })
})
