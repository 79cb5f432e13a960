// Real terminals against a real office over real HTTP: enrolment, heartbeats, replay and forgery, counts that arrive
// once, asks, and the board of the thirty (P9).
import { createPrivateKey } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CompactSign } from 'jose'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Host } from '../../electron/host/host.ts'
import { PROFILES } from '../../kiosk-config/profiles.ts'
import { HEARTBEAT_TYPE, heartbeat } from '../../sync/contract/fleet.ts'
import type { UsageRequest } from '../../sync/contract/host-api.ts'
import { listAlarms } from '../../sync/county/fleet/alarms.ts'
import { askTerminal, readUpload } from '../../sync/county/fleet/asks.ts'
import { readBoard, readTerminal } from '../../sync/county/fleet/board.ts'
import { compactHistory, patrol } from '../../sync/county/fleet/patrol.ts'
import { receiveHeartbeat } from '../../sync/county/fleet/receive.ts'
import { revokeTerminal } from '../../sync/county/fleet/revoke.ts'
import { issueToken } from '../../sync/county/fleet/tokens.ts'
import { readUsage } from '../../sync/county/fleet/usage.ts'
import { type FleetOffice, fleetOffice, TECHNICIAN } from './fleet-office.ts'

const NOW = new Date('2026-11-24T04:00:00Z')
const HOUR = 3_600_000
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

let folder: string
let fleet: FleetOffice
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sunhall-fleet-'))
  fleet = await fleetOffice(folder, NOW)
})
afterEach(async () => {
  await fleet.close()
  rmSync(folder, { recursive: true, force: true })
})

const later = (hours: number): void => {
  fleet.now = new Date(fleet.now.getTime() + hours * HOUR)
}
const page = (terminal: string) => readTerminal(fleet.office, terminal, TECHNICIAN, fleet.now)
const stateOf = async (terminal: string) => (await page(terminal)).line.state
async function count(host: Host, ...events: UsageRequest[]): Promise<void> {
  for (const event of events) {
    const body = JSON.stringify(event)
    const answer = await host.handle(new Request('http://127.0.0.1/host/usage', { method: 'POST', body }))
    expect(answer.status).toBe(200)
  }
}
const report = () => readUsage(fleet.service, { from: '2026-11-01', to: '2026-12-31', terminals: ['HT-17'] })
const visits = async () => (await report()).visits
const screens = async () => (await report()).byScreen

describe('enrolment', () => {
  it('gives a terminal a key of its own, for this account alone, and the office its public half', async () => {
    const host = await fleet.host('HT-17')
    expect(await host.beat()).toEqual({ result: 'taken', enrolled: true })
    const file = join(folder, 'HT-17', 'identity', 'key.pem')
    expect(statSync(file).mode & 0o777).toBe(0o600)
    const known = await page('HT-17')
    expect(known).toMatchObject({ line: { state: 'fresh' }, heartbeat: { appVersion: '0.3.0', shell: 'browser' } })
    expect(host.state().fleet).toMatchObject({ enrolledAt: NOW.toISOString(), problem: null, key: known.key })
    const rows = await fleet.service.selectFrom('terminals').selectAll().execute()
    expect(JSON.stringify(rows)).not.toContain(createPrivateKey(readFileSync(file)).export({ format: 'jwk' }).d)
  })

  it('leaves a terminal without a token alone: nothing is sent, and its state says nothing of a fleet', async () => {
    const host = await fleet.host('HT-17', { token: null })
    expect(await host.beat()).toEqual({ result: 'none' })
    expect(fleet.requests).toEqual([])
    expect(host.state()).not.toHaveProperty('fleet')
    expect(readdirSync(join(folder, 'HT-17'))).not.toContain('identity')
  })

  it('takes a token once: another machine with it is refused, and the first one goes on', async () => {
    const { token } = await issueToken(fleet.service, 'HT-17', TECHNICIAN, NOW)
    const first = await fleet.host('HT-17', { token })
    await first.beat()
    const thief = await fleet.host('HT-17', { token, dataFolder: join(folder, 'thief') })
    expect(await thief.beat()).toMatchObject({ result: 'refused' })
    expect(await first.beat()).toEqual({ result: 'taken', enrolled: false })
  })

  it('refuses a token of another terminal, one older than 30 days, and one that a newer one replaced', async () => {
    const other = await issueToken(fleet.service, 'HT-18', TECHNICIAN, NOW)
    const old = await issueToken(fleet.service, 'HT-16', TECHNICIAN, NOW)
    const replaced = await issueToken(fleet.service, 'HT-15', TECHNICIAN, NOW)
    await issueToken(fleet.service, 'HT-15', TECHNICIAN, NOW)
    expect(await (await fleet.host('HT-17', { token: other.token })).beat()).toMatchObject({ result: 'refused' })
    expect(await (await fleet.host('HT-15', { token: replaced.token })).beat()).toMatchObject({ result: 'refused' })
    later(30 * 24)
    expect(await (await fleet.host('HT-16', { token: old.token })).beat()).toMatchObject({ result: 'refused' })
    expect(await fleet.service.selectFrom('terminals').selectAll().execute()).toEqual([])
  })

  it('is given its answer again when the first was lost on the way', async () => {
    const host = await fleet.host('HT-17')
    await host.beat()
    // As if the power had gone after the office had written and before the terminal had.
    rmSync(join(folder, 'HT-17', 'identity', 'enrolment.json'))
    expect(await host.beat()).toEqual({ result: 'taken', enrolled: true })
  })

  it('keeps no token in the office, only its hash', async () => {
    const { token } = await issueToken(fleet.service, 'HT-17', TECHNICIAN, NOW)
    const rows = await fleet.service.selectFrom('enrolment_tokens').selectAll().execute()
    expect(JSON.stringify(rows)).not.toContain(token)
  })
})

/** A heartbeat as HT-17 would sign it, with what a forger changes. */
async function forged(change: object, keyOf = 'HT-17', typ = HEARTBEAT_TYPE): Promise<string> {
  const nothing = { shown: null, trusted: null, browser: null, diskFreeBytes: null, lastError: null, refusal: null }
  const body = heartbeat.loose().parse({
    ...{ county: '431225', terminal: 'HT-17', sequence: 99, iat: 0, appVersion: '0', shell: 'browser', runtime: 'x' },
    ...{ ...nothing, uptimeSeconds: 0, uncleanStop: false, clockOffsetMs: null, media: null, waiting: null, usage: [] },
  })
  return new CompactSign(new TextEncoder().encode(JSON.stringify({ ...body, ...change })))
    .setProtectedHeader({ alg: 'EdDSA', typ, kid: 'HT-17' })
    .sign(createPrivateKey(readFileSync(join(folder, keyOf, 'identity', 'key.pem'))))
}
const receive = async (jws: string) => (await receiveHeartbeat(fleet.office, jws, fleet.now)).answer

describe('heartbeats', () => {
  it('are refused when they are replayed, older, or signed by another key, and change nothing then', async () => {
    await (await fleet.host('HT-17')).beat()
    await (await fleet.host('HT-18')).beat()
    const good = await forged({})
    expect(await receive(good)).toMatchObject({ ok: true })
    const kept = await page('HT-17')
    expect(await receive(good)).toMatchObject({ ok: false, refused: 'replayed', expects: 100 })
    expect(await receive(await forged({ sequence: 98 }))).toMatchObject({ refused: 'replayed' })
    expect(await receive(await forged({ sequence: 100 }, 'HT-18'))).toMatchObject({ refused: 'unknown' })
    expect(await receive(await forged({ terminal: 'HT-19' }))).toMatchObject({ refused: 'unknown' })
    expect(await page('HT-17')).toEqual(kept)
  })

  it('are refused from another county, of another type, and with anything that was not agreed', async () => {
    await (await fleet.host('HT-17')).beat()
    await expect(receive(await forged({ county: '431226' }))).rejects.toMatchObject({ code: 'E-FORBIDDEN' })
    await expect(receive(await forged({}, 'HT-17', 'sunhall-upload+jws'))).rejects.toMatchObject({ code: 'E-FORMAT' })
    await expect(receive(await forged({ visitor: '杨某' }))).rejects.toMatchObject({ code: 'E-FORMAT' })
    await expect(receive('not a jws')).rejects.toMatchObject({ code: 'E-FORMAT' })
  })

  it('are refused once the terminal is revoked, and taken again after a new token', async () => {
    const host = await fleet.host('HT-17')
    await host.beat()
    await revokeTerminal(fleet.service, 'HT-17', '被盗', TECHNICIAN, fleet.now)
    expect(await host.beat()).toMatchObject({ result: 'refused', message: expect.stringContaining('revoked') })
    expect(await stateOf('HT-17')).toBe('revoked')
    await host.close()
    const anew = await fleet.host('HT-17')
    expect(await anew.beat()).toEqual({ result: 'taken', enrolled: true })
    expect(await stateOf('HT-17')).toBe('fresh')
  })

  it('go on after a disk was put back from an older copy, with the sequence that the office expects', async () => {
    const host = await fleet.host('HT-17')
    await host.beat()
    const memory = join(folder, 'HT-17', 'identity', 'heartbeat.json')
    const copy = readFileSync(memory)
    await host.beat()
    await host.beat()
    await host.close()
    writeFileSync(memory, copy)
    const again = await fleet.host('HT-17', { token: null })
    expect(await again.beat()).toEqual({ result: 'taken', enrolled: false })
  })

  it('measure a clock that is ten years off, and the office warns of it; the clock itself is left alone', async () => {
    const wrong = new Date(NOW.getTime() - 3_650 * 24 * HOUR)
    const host = await fleet.host('HT-17', { clock: () => wrong })
    await host.beat()
    await host.beat()
    expect((await page('HT-17')).heartbeat?.clockOffsetMs).toBe(3_650 * 24 * HOUR)
    expect((await page('HT-17')).line.alarms).toContain('clock')
    expect(host.state().now).toBe(wrong.toISOString())
    await count(host, { event: 'visit' })
    await host.beat()
    // Counted on the office's day, not on one of ten years ago.
    expect(await visits()).toBe(1)
  })

  it('believe only answers that the county signed', async () => {
    const host = await fleet.host('HT-17')
    await host.beat()
    const good = fleet.office.keys
    const stranger = await fleetOffice(join(folder, 'stranger'), NOW)
    Object.assign(fleet.office, { keys: stranger.office.keys })
    expect(await host.beat()).toMatchObject({ result: 'failed', code: 'E-SIGNATURE' })
    Object.assign(fleet.office, { keys: good })
    expect(await host.beat()).toMatchObject({ result: 'taken' })
    await stranger.close()
  })
})

describe('counts of use', () => {
  it('arrive once, by hour and screen, however often they are sent and though the office was away for days', async () => {
    const host = await fleet.host('HT-17')
    await count(host, { event: 'visit' }, { event: 'screen', screen: 'home' }, { event: 'screen', screen: 'voice' })
    await host.beat()
    await host.beat()
    expect(await visits()).toBe(1)
    // P4: of the report key only whole days are told.
    expect(await screens()).toEqual([{ screen: 'home', count: 1 }])
    fleet.away = true
    for (let day = 0; day < 3; day += 1) {
      await count(host, { event: 'visit' }, { event: 'screen', screen: 'home' }, { event: 'rest' })
      expect(await host.beat()).toMatchObject({ result: 'failed', code: 'E-OFFLINE' })
      later(24)
    }
    fleet.away = false
    await host.beat()
    await host.beat()
    expect(await visits()).toBe(4)
    expect(await screens()).toEqual([
      { screen: 'home', count: 4 },
      { screen: 'voice', count: 1 },
    ])
    const rows = await fleet.service.selectFrom('usage_counts').selectAll().where('screen', '=', 'voice').execute()
    expect(rows).toMatchObject([{ hour: 0, count: 1 }])
    // What is over and acknowledged is gone from the terminal.
    expect(readdirSync(join(folder, 'HT-17', 'usage'))).toHaveLength(0)
  })

  it('survive a restart of the terminal', async () => {
    const host = await fleet.host('HT-17')
    await count(host, { event: 'visit' })
    await host.close()
    const again = await fleet.host('HT-17')
    await count(again, { event: 'visit' })
    await again.beat()
    expect(await visits()).toBe(2)
  })

  it('hold nothing that the page invents: no words, and no more screens than there can be', async () => {
    const host = await fleet.host('HT-17')
    const body = JSON.stringify({ event: 'screen', screen: '杨家' })
    const answer = await host.handle(new Request('http://127.0.0.1/host/usage', { method: 'POST', body }))
    expect(answer.status).toBe(400)
    const letters = 'abcdefghij'
    for (const a of letters) for (const b of letters) await count(host, { event: 'screen', screen: `s${a}${b}` })
    await host.beat()
    expect(await screens()).toHaveLength(60)
  })
})

describe('what the office asks for', () => {
  it('comes with the next heartbeat: the end of the log', async () => {
    const host = await fleet.host('HT-17')
    await host.beat()
    const id = await askTerminal(fleet.service, 'HT-17', 'log', TECHNICIAN, fleet.now)
    await host.beat()
    await expect.poll(async () => (await page('HT-17')).asks[0]?.cameAt).toBe(NOW.toISOString())
    const { bytes } = await readUpload(fleet.office, id, TECHNICIAN, fleet.now)
    expect(bytes.toString()).toContain('"event":"enrolled"')
  })

  it('P6: waits with a picture of the screen until nobody stands there, and throws away one that a visit began in', async () => {
    let taken = 0
    let during: (() => Promise<void>) | null = null
    const screenshot = async (): Promise<Uint8Array> => {
      taken += 1
      await during?.()
      return PNG
    }
    const host = await fleet.host('HT-17', { screenshot })
    await count(host, { event: 'visit' })
    await host.beat()
    const id = await askTerminal(fleet.service, 'HT-17', 'screenshot', TECHNICIAN, fleet.now)
    await host.beat()
    expect(taken).toBe(0)
    during = () => count(host, { event: 'visit' })
    await count(host, { event: 'rest' })
    await expect.poll(() => taken).toBe(1)
    await expect(readUpload(fleet.office, id, TECHNICIAN, fleet.now)).rejects.toMatchObject({ code: 'E-MISSING' })
    during = null
    await host.beat()
    await count(host, { event: 'rest' })
    await expect.poll(async () => (await page('HT-17')).asks[0]?.bytes).toBe(PNG.length)
    expect((await readUpload(fleet.office, id, TECHNICIAN, fleet.now)).bytes.equals(PNG)).toBe(true)
  })

  it('is asked of no terminal that is not in service, and by nobody but a technician', async () => {
    await expect(askTerminal(fleet.service, 'HT-17', 'log', TECHNICIAN, NOW)).rejects.toMatchObject({ code: 'E-STATE' })
    await (await fleet.host('HT-17')).beat()
    const reviewer = { ...TECHNICIAN, roles: ['reviewer' as const] }
    await expect(askTerminal(fleet.service, 'HT-17', 'log', reviewer, NOW)).rejects.toMatchObject({
      code: 'E-FORBIDDEN',
    })
  })
})

describe('P9: the board of the thirty', () => {
  it('names who is silent, late and never came, worst first, and raises each alarm once', async () => {
    const hosts = new Map<string, Host>()
    for (const { terminal } of PROFILES.slice(0, 29)) hosts.set(terminal, await fleet.host(terminal))
    for (const host of hosts.values()) expect(await host.beat()).toMatchObject({ result: 'taken' })
    later(18)
    for (const [terminal, host] of hosts) if (terminal !== 'HT-05') await host.beat()
    later(8)
    for (const [terminal, host] of hosts) if (!['HT-05', 'HT-09'].includes(terminal)) await host.beat()
    const board = await readBoard(fleet.office, TECHNICIAN, fleet.now)
    expect(board.lines).toHaveLength(30)
    const states = board.lines.map(({ terminal, state }) => `${terminal} ${state}`)
    expect(states.slice(0, 3)).toEqual(['HT-05 silent', 'HT-09 late', 'HT-30 never-enrolled'])
    expect(board.lines.filter(({ state }) => state === 'fresh')).toHaveLength(27)
    expect((await patrol(fleet.office, fleet.now)).raised).toMatchObject([{ terminal: 'HT-05', kind: 'silent' }])
    expect((await patrol(fleet.office, fleet.now)).raised).toEqual([])
    await hosts.get('HT-05')?.beat()
    expect((await patrol(fleet.office, fleet.now)).cleared).toMatchObject([{ terminal: 'HT-05', kind: 'silent' }])
    const [alarm] = await listAlarms(fleet.service, ['HT-05'])
    expect(alarm).toMatchObject({ kind: 'silent', clearedAt: fleet.now.toISOString() })
  }, 120_000)

  it('shows a township account its own terminals and no other', async () => {
    const own = { ...TECHNICIAN, roles: ['reviewer' as const], township: '431225100' }
    const { lines } = await readBoard(fleet.office, own, fleet.now)
    expect(lines.length).toBeGreaterThan(0)
    expect(lines.every(({ township }) => township === '431225100')).toBe(true)
    const elsewhere = PROFILES.find(({ township }) => township !== '431225100')?.terminal ?? ''
    await expect(readTerminal(fleet.office, elsewhere, own, fleet.now)).rejects.toMatchObject({ code: 'E-FORBIDDEN' })
  })

  it('keeps a week of heartbeats in full, then the last one of each day', async () => {
    const host = await fleet.host('HT-17')
    for (let beat = 0; beat < 6; beat += 1) {
      await host.beat()
      later(3)
    }
    expect(await compactHistory(fleet.service, fleet.now)).toBe(0)
    later(9 * 24)
    expect(await compactHistory(fleet.service, fleet.now)).toBe(5)
    expect((await page('HT-17')).history).toHaveLength(1)
  })
})
