// What --once says of a terminal that can't synchronise, and how the command line is read.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { SunhallError } from '../../sync/contract/errors.ts'
import { newOffice } from '../../test/e2e/host-office.ts'
import { createHost, type Host } from '../host/host.ts'
import { readArguments } from './arguments.ts'
import { failedStart, reportOf, waitForSync } from './once.ts'

let folder: string
const hosts: Host[] = []
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sunhall-once-'))
})
afterEach(async () => {
  for (const host of hosts.splice(0)) await host.close()
  rmSync(folder, { recursive: true, force: true })
})

async function open(configFile: string | null): Promise<Host> {
  const fixed = { shell: 'browser', appVersion: '0', production: false, stickPlaces: [] } as const
  const host = await createHost({ ...fixed, dataFolder: join(folder, 'data'), clock: () => new Date(), configFile })
  hosts.push(host)
  return host
}
async function provisioned(): Promise<Host> {
  await newOffice().provision(folder, 'http://127.0.0.1:9')
  return open(folder)
}
const status = (host: Host, value: object) =>
  host.handle(new Request('http://127.0.0.1/host/status', { method: 'POST', body: JSON.stringify(value) }))
const failing = (failures: number, code = 'E-STORE') => ({
  ...{
    phase: 'waiting',
    shown: null,
    shownParts: [],
    loading: null,
    nextSlot: null,
    failures,
    last: null,
    scrub: null,
  },
  lastFailure: { code, message: 'Expected a store, got none', number: null, at: '' },
  media: { have: 0, wanted: 0 },
})

describe('--once', () => {
  it('E-CONFIG: a terminal without a config asks for one', async () => {
    const host = await open(null)
    expect(await waitForSync(host, AbortSignal.timeout(60_000))).toBe(true)
    expect(reportOf(host, true, folder)).toMatchObject({ ok: false, lastFailure: { code: 'E-CONFIG' } })
  })

  it('gives up a page whose store does not open, after three failures and not one', async () => {
    const host = await provisioned()
    let done = false
    const waiting = waitForSync(host, AbortSignal.timeout(60_000)).then((inTime) => {
      done = true
      return inTime
    })
    for (const failures of [1, 2]) await status(host, failing(failures))
    expect(done).toBe(false)
    await status(host, failing(3))
    expect(await waiting).toBe(true)
    expect(reportOf(host, true, folder)).toMatchObject({ ok: false, lastFailure: { code: 'E-STORE' } })
  })

  it('says that the disk is full where a store fails on a full disk', async () => {
    const host = await provisioned()
    await status(host, failing(3))
    const full = { ...host, state: () => ({ ...host.state(), diskFreeBytes: 150_000 }), status: host.status }
    const lastFailure = { code: 'E-QUOTA', message: expect.stringMatching(/only 150 kB; free some/) }
    expect(reportOf(full, true, folder)).toMatchObject({ ok: false, lastFailure })
  })

  it('ends where the browser can’t be kept alive, with a code and where to look', async () => {
    const host = await provisioned()
    const hopeless = new AbortController()
    const waiting = waitForSync(host, hopeless.signal)
    hopeless.abort()
    expect(await waiting).toBe(false)
    const lastFailure = { code: 'E-STORE', message: expect.stringContaining('log') }
    expect(reportOf(host, false, folder)).toMatchObject({ ok: false, lastFailure })
  })

  it('has the same line for a start that failed', async () => {
    const host = await open(null)
    const failed = failedStart(new SunhallError('E-PORT', 'taken'), folder)
    expect(failed).toMatchObject({ ok: false, lastFailure: { code: 'E-PORT', message: 'taken' } })
    expect(Object.keys(failed).sort()).toEqual(Object.keys(reportOf(host, true, folder)).sort())
  })
})

describe('the command line', () => {
  it.each([
    ['--port', 'abc'],
    ['--port', '65536'],
    ['--debug-port', '-1'],
    ['--bogus'],
    ['--production', '--developer'],
  ])('E-INPUT: %s %s', (...args) => {
    const given = args.filter((one) => one !== undefined)
    expect(() => readArguments(given)).toThrow(expect.objectContaining({ code: 'E-INPUT' }))
  })
  it('takes any free port, and none for the config’s own', () => {
    expect(readArguments(['--port', '0']).port).toBe(0)
    expect(readArguments([])).toMatchObject({ port: null, configFile: null, browser: true, production: false })
  })
})
