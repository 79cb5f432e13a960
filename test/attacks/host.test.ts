// Attacks on the way between office and terminal, each against the real host over real HTTP with a release already
// trusted and mirrored: what is refused, with which code, what the technician reads, and that the old release is still
// there, whole, afterwards. docs/attacks.md lists them by these names.
import { rmSync, truncateSync } from 'node:fs'
import type { ServerResponse } from 'node:http'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { Key } from '@tufjs/models'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { CheckResult } from '../../sync/contract/host-api.ts'
import { paths } from '../../sync/contract/release.ts'
import { COUNTY, FORMAT_VERSION } from '../../sync/contract/tree.ts'
import { hostForEachTest } from '../e2e/host-bench.ts'
import { type Fault, TOWNSHIP } from '../e2e/host-office.ts'

const at = hostForEachTest()
const DAY_MS = 86_400_000
const PORTAL = '<!doctype html><title>请先登录</title><form action="/login">'
const files = (): Map<string, Buffer> => at.office.repository.files
const file = (path: string): Buffer => files().get(path) ?? expect.fail(`nothing at ${path}`)
const packs = (number: number): string[] => {
  const { root } = at.office.builds[number - 1]?.record ?? expect.fail(`no release ${number}`)
  return [COUNTY, TOWNSHIP].map((part) => paths.pack(root, part))
}
/** Mounts a fault on every path that was published, and on the next root. */
function onEveryPath(fault: Fault): void {
  for (const path of [...files().keys(), 'metadata/2.root.json']) at.served.faults.set(path, fault)
}
/** The codes with which the page is told that a file isn't to be had. */
async function codesOf(paths: readonly string[]): Promise<string[]> {
  const answers = await Promise.all(paths.map((path) => at.county(path)))
  return Promise.all(answers.filter(({ ok }) => !ok).map((answer) => at.codeOf(answer)))
}

let before: Buffer[] = []
beforeEach(async () => {
  await at.check()
  before = await Promise.all(packs(1).map(async (path) => Buffer.from(await (await at.county(path)).arrayBuffer())))
})

/** A refusal is told with its code and a remedy, and release `stays` is trusted and served whole, office or none. */
async function refused(answer: CheckResult, code: string, remedy: RegExp, stays = 1): Promise<void> {
  const error = { code, message: expect.stringMatching(remedy) }
  expect(answer).toMatchObject({ error })
  expect(at.host.state()).toMatchObject({ trusted: { number: stays }, lastCheck: { ok: false, error } })
  await stillServed()
}
async function stillServed(): Promise<void> {
  const now = await Promise.all(packs(1).map(async (path) => Buffer.from(await (await at.county(path)).arrayBuffer())))
  expect(now).toEqual(before)
}

describe('a network that answers with something else', () => {
  beforeEach(() => void at.office.publish(2, 'second'))

  it.each<[string, Fault]>([
    ['with status 200', (response) => response.writeHead(200, { 'content-type': 'text/html' }).end(PORTAL)],
    ['by a redirect', (response) => response.writeHead(302, { location: '/login' }).end()],
  ])('a captive portal’s page %s is E-FORMAT, and the technician is asked about a login page', async (_, portal) => {
    const login: Fault = (response) => response.writeHead(200).end(PORTAL)
    onEveryPath(portal)
    at.served.faults.set('login', login)
    await refused(await at.check(), 'E-FORMAT', /login page/)
    at.served.faults.clear()
    expect(await at.check()).toMatchObject({ result: 'release', record: { number: 2 } })
    onEveryPath(portal)
    at.served.faults.set('login', login)
    expect(await codesOf(packs(2))).toEqual(['E-FORMAT', 'E-FORMAT'])
    await stillServed()
  })

  it('a captive portal that says so (511) is E-SERVER', async () => {
    onEveryPath((response) => response.writeHead(511).end(PORTAL))
    await refused(await at.check(), 'E-SERVER', /511/)
  })

  it('a stale proxy’s timestamp is no news; its pack under the new address is refused as E-MIXED or E-LENGTH', async () => {
    const fresh = new Map(files())
    at.office.publish(3, 'third')
    const newest = file('metadata/timestamp.json')
    files().set('metadata/timestamp.json', fresh.get('metadata/timestamp.json') ?? Buffer.alloc(0))
    expect(await at.check()).toMatchObject({ result: 'release', record: { number: 2 } })
    files().set('metadata/timestamp.json', newest)
    expect(await at.check()).toMatchObject({ result: 'release', record: { number: 3 } })
    packs(3).forEach((path, n) => void files().set(path, before[n] ?? Buffer.alloc(0)))
    for (const code of await codesOf([packs(3)[0] ?? ''])) expect(code).toMatch(/E-MIXED|E-LENGTH/)
    await stillServed()
  })

  it('a stale proxy’s 404 for a new address is E-MISSING, and gone as soon as it is served', async () => {
    await at.check()
    for (const path of packs(2)) at.served.faults.set(path, (response) => response.writeHead(404).end())
    expect(await codesOf(packs(2))).toEqual(['E-MISSING', 'E-MISSING'])
    await stillServed()
    at.served.faults.clear()
    expect(await codesOf(packs(2))).toEqual([])
  })

  it('no Range is ever asked for, so that none can be ignored; a part (206) of a file is refused', async () => {
    const ranges: unknown[] = []
    const partial =
      (path: string): Fault =>
      (response: ServerResponse) => {
        ranges.push(response.req.headers.range)
        const bytes = file(path)
        response.writeHead(206, { 'content-range': `bytes 0-99/${bytes.length}` }).end(bytes.subarray(0, 100))
      }
    for (const path of [...files().keys()]) at.served.faults.set(path, partial(path))
    await refused(await at.check(), 'E-FORMAT', /tell|right/)
    at.served.faults.clear()
    await at.check()
    for (const path of packs(2)) at.served.faults.set(path, partial(path))
    expect(await codesOf(packs(2))).toEqual(['E-FORMAT', 'E-FORMAT'])
    expect(ranges.length).toBeGreaterThan(2)
    expect(new Set(ranges)).toEqual(new Set([undefined]))
  })

  it('a gzip bomb of a proxy that packs in transit is E-LENGTH at the signed length', async () => {
    await at.check()
    const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024))
    for (const path of packs(2))
      at.served.faults.set(path, (response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb))
    expect(await codesOf(packs(2))).toEqual(['E-LENGTH', 'E-LENGTH'])
    await stillServed()
  })
})

describe('a stick and an office', () => {
  it.each<[string, (path: string) => void]>([
    ['missing', (path) => rmSync(path)],
    ['damaged', (path) => truncateSync(path, 100)],
  ])('a stick whose pack is %s keeps no release from a terminal whose office has it', async (_, spoil) => {
    at.office.publish(2, 'second')
    const stick = join(at.folder, 'usb')
    at.office.writeTo(stick)
    spoil(join(stick, packs(2)[0] ?? ''))
    expect(await at.check('stick', stick)).toMatchObject({ result: 'release', record: { number: 2 } })
    for (const path of packs(2)) at.served.faults.set(path, (response) => response.writeHead(503).end())
    for (const code of await codesOf(packs(2))) expect(code).toMatch(/E-BUSY|E-FORMAT/)
    await stillServed()
    at.served.faults.clear()
    expect(await codesOf(packs(2))).toEqual([])
  })

  it('E-NUMBER: an older stick after a newer release, and the technician is asked for a newer one', async () => {
    const stick = join(at.folder, 'usb')
    at.office.writeTo(stick)
    at.office.publish(2, 'second')
    await at.check()
    await refused(await at.check('stick', stick), 'E-NUMBER', /use a newer stick/, 2)
  })

  it('P2: a stick is checked while the office is still answering: the newer release wins, whoever ends last', async () => {
    at.office.publish(2, 'second')
    const slow = file('metadata/timestamp.json')
    let answer = (): void => undefined
    const held = new Promise<void>((resolve) => {
      answer = resolve
    })
    at.served.faults.set('metadata/timestamp.json', (response) => void held.then(() => response.end(slow)))
    const fromOffice = at.check()
    await vi.waitFor(() => expect(at.served.requests.at(-1)).toBe('metadata/timestamp.json'))
    at.office.publish(3, 'third')
    const stick = join(at.folder, 'usb')
    at.office.writeTo(stick)
    const fromStick = at.check('stick', stick)
    answer()
    expect(await fromOffice).toMatchObject({ result: 'release', record: { number: 2 } })
    expect(await fromStick).toMatchObject({ result: 'release', record: { number: 3 } })
    expect(at.trustedNumber()).toBe(3)
  })
})

describe('the clock', () => {
  it.each([
    ['at 1970', new Date(0)],
    ['ten years ahead', new Date(Date.now() + 3_650 * DAY_MS)],
  ])('E-CLOCK: %s; the technician sets it, and the next check goes on', async (_, wrong) => {
    at.office.publish(2, 'second')
    at.clock = wrong
    await refused(await at.check(), 'E-CLOCK', /set date and time/)
    expect(at.host.state().clockTrusted).toBe(false)
    at.clock = new Date()
    expect(await at.check()).toMatchObject({ result: 'release', record: { number: 2 } })
  })

  it.each([
    ['to 1970', new Date(0)],
    ['ten years ahead', new Date(Date.now() + 3_650 * DAY_MS)],
  ])('5.1: a jump %s in mid-update doesn’t change the update’s date; the next one is refused', async (_, wrong) => {
    at.office.publish(2, 'second')
    at.served.faults.set('metadata/timestamp.json', (response) => {
      at.clock = wrong
      response.end(file('metadata/timestamp.json'))
    })
    expect(await at.check()).toMatchObject({ result: 'release', record: { number: 2 } })
    at.served.faults.clear()
    await refused(await at.check(), 'E-CLOCK', /set date and time/, 2)
  })
})

describe('signed by the county, and still not taken', () => {
  it('E-HASH: a record with a hash of an unknown kind is refused, and the host lives on', async () => {
    at.office.repository.hashName = 'unknown-hash'
    at.office.publish(2, 'second')
    await refused(await at.check(), 'E-HASH', /update this terminal’s software/)
    // What tuf-js left open would end the process now.
    await new Promise((resolve) => setTimeout(resolve, 50))
    at.office.repository.hashName = 'sha256'
    at.office.publish(3, 'third')
    expect(await at.check()).toMatchObject({ result: 'release', record: { number: 3 } })
  })

  it('E-SIGNATURE: a root that lets one key count twice under two IDs', async () => {
    const { repository } = at.office
    const old = repository.keys.root
    const twins = old.slice(0, 1).map((one) => ({ ...one, key: new Key({ ...one.key, keyID: 'ab'.repeat(32) }) }))
    repository.keys.root = [...old, ...twins]
    repository.signRoot()
    await refused(await at.check(), 'E-SIGNATURE', /tell the office/)
  })

  it('E-UPDATE: a release in a format of a later program; the technician updates the software', async () => {
    at.office.publish(2, 'second', (record) => Object.assign(record, { format: FORMAT_VERSION + 1 }))
    await refused(await at.check(), 'E-UPDATE', /update this terminal's software/)
  })

  it('E-FORMAT: metadata nested a hundred thousand deep', async () => {
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`
    files().set('metadata/2.root.json', Buffer.from(`{"signatures":[],"signed":{"_type":"root","x":${deep}}}`))
    await refused(await at.check(), 'E-FORMAT', /address right/)
  })
})
