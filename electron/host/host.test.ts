// The host itself: provisioning, maintenance, clean and unclean stops, what its page may say to it.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { configResult } from '../../sync/contract/host-api.ts'
import { hostForEachTest } from '../../test/e2e/host-bench.ts'
import { newOffice, PIN } from '../../test/e2e/host-office.ts'
import { newKey } from '../../test/e2e/host-tuf.ts'

const at = hostForEachTest()

describe('provisioning', () => {
  it('starts without a config and takes one from a folder', async () => {
    const fresh = await at.open({ dataFolder: join(at.folder, 'fresh') })
    expect(fresh.state()).toMatchObject({ mode: 'provisioning', profile: null })
    const request = new Request('http://127.0.0.1/host/config', {
      method: 'POST',
      body: JSON.stringify({ folder: join(at.folder, 'stick') }),
    })
    expect(await (await fresh.handle(request)).json()).toEqual({ ok: true, terminal: 'HT-17', errors: [] })
    expect(fresh.state()).toMatchObject({ mode: 'terminal', profile: { terminal: 'HT-17' } })
    await fresh.close()
  })

  it.each<[string, (to: string) => Promise<void>, string]>([
    ['a config signed by another key', (to) => at.office.provision(to, at.served.url, {}, newKey()), 'signature'],
    ['a config with a wrong value', (to) => at.office.provision(to, at.served.url, { slot: -1 }), 'slot'],
    ['another county’s root', (to) => newOffice().provision(to, at.served.url), 'root'],
    ['an empty folder', async () => undefined, 'config.jws'],
  ])('refuses %s by path, in Chinese, and changes nothing', async (_, write, path) => {
    const to = join(at.folder, 'wrong')
    await write(to)
    await at.post('/host/pin', { pin: PIN })
    const before = readFileSync(join(at.folder, 'data', 'config', 'config.jws'))
    const result = configResult.parse(await (await at.post('/host/config', { folder: to })).json())
    expect(result.ok).toBe(false)
    expect(result.errors.map((error) => error.path)).toContain(path)
    expect(result.errors[0]?.zh).toMatch(/[一-鿿]/)
    expect(readFileSync(join(at.folder, 'data', 'config', 'config.jws'))).toEqual(before)
    expect(at.host.state().profile?.terminal).toBe('HT-17')
  })

  it('a provisioned terminal takes another config only in maintenance', async () => {
    expect(await at.codeOf(await at.post('/host/config', { folder: join(at.folder, 'stick') }))).toBe('E-FORBIDDEN')
  })

  it('E-SAMPLE-KEY: a package built for production refuses sample keys', async () => {
    const sample = newOffice({ sample: true })
    await sample.provision(join(at.folder, 'sample'), at.served.url)
    const options = { dataFolder: join(at.folder, 'production'), production: true }
    await expect(at.open({ ...options, configFile: join(at.folder, 'sample', 'config.jws') })).rejects.toMatchObject({
      code: 'E-CONFIG',
    })
  })
})

describe('maintenance', () => {
  it('opens by the PIN only, slows down after wrong ones, and remembers that after a restart', async () => {
    const tryPin = async (pin: string) => (await at.post('/host/pin', { pin })).json()
    expect(await tryPin('000000')).toEqual({ ok: false, waitSeconds: 1 })
    expect(await tryPin(PIN)).toEqual({ ok: false, waitSeconds: 1 })
    at.clock = new Date(at.clock.getTime() + 1_000)
    expect(await tryPin('000000')).toEqual({ ok: false, waitSeconds: 2 })
    await at.host.close()
    at.host = await at.open()
    expect(await tryPin(PIN)).toEqual({ ok: false, waitSeconds: 2 })
    at.clock = new Date(at.clock.getTime() + 2_000)
    expect(await tryPin(PIN)).toEqual({ ok: true, waitSeconds: 0 })
    expect(at.host.state().maintenanceOpen).toBe(true)
    at.clock = new Date(at.clock.getTime() + 1_800_000)
    expect(at.host.state().maintenanceOpen).toBe(false)
  })

  it('does nothing while it is closed', async () => {
    expect(await at.codeOf(await at.post('/host/maintenance', { action: 'restart' }))).toBe('E-FORBIDDEN')
    await at.post('/host/pin', { pin: PIN })
    expect((await at.post('/host/maintenance', { action: 'diagnostics' })).status).toBe(200)
    expect(existsSync(join(at.folder, 'data', 'diagnostics.json'))).toBe(true)
  })
})

describe('the host itself', () => {
  it('P10: tells an unclean stop from a clean one', async () => {
    expect(at.host.state().uncleanStop).toBe(false)
    await at.host.close()
    // What a run without a goodbye leaves behind.
    writeFileSync(join(at.folder, 'data', 'running'), '')
    at.host = await at.open()
    expect(at.host.state().uncleanStop).toBe(true)
    await at.host.close()
    at.host = await at.open()
    expect(at.host.state().uncleanStop).toBe(false)
  })

  it('sends its state at once and on every change', async () => {
    const reader = (await at.get('/host/events')).body?.getReader() ?? expect.fail('no stream')
    const next = async () => new TextDecoder().decode((await reader.read()).value)
    expect(await next()).toMatch(/^event: state\ndata: {.*"lastCheck":null/)
    await at.check()
    expect(await next()).toMatch(/"lastCheck":{"at":.*"ok":true/)
    await reader.cancel()
  })

  it.each([
    ['/host/check', { reason: 'whim', folder: null }],
    ['/host/shown', {}],
    ['/host/pin', { pin: 'x'.repeat(65) }],
    ['/host/status', []],
  ])('refuses a body that %s does not have', async (path, body) => {
    expect(await at.codeOf(await at.post(path, body))).toBe('E-INPUT')
  })

  it('a mirror that nobody can write gives a code, not a crash', async () => {
    writeFileSync(join(at.folder, 'data', 'mirror'), 'in the way')
    expect(await at.check()).toMatchObject({ result: 'refused', error: { code: 'E-STORE' } })
  })
})
