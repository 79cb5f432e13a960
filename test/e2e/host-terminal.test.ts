// The browser shell as a process with a real Chromium: launch link, cookie, policy, --once --headless. The page is a
// stand-in of a few lines that does what the worker does with the host; the real page is tested with the whole product.
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { findChromium } from '../../electron/browser/find-chromium.ts'
import { newOffice, type Office, type Served, serve } from './host-office.ts'

const CLI = join(import.meta.dirname, '..', '..', 'electron', 'browser', 'cli.ts')
const chromium = findChromium(process.env, process.platform)

const PAGE = `<!doctype html><script>document.title = 'inline ran'</script><script type="module" src="/page.js"></script>`
const SCRIPT = `
const post = (path, body) => fetch(path, { method: 'POST', body: JSON.stringify(body) })
const check = await (await post('/host/check', { reason: 'slot', folder: null })).json()
const record = check.result === 'release' ? check.record : null
const parts = []
for (const part of Object.keys(record?.packs ?? {})) {
  const response = await fetch('/county/packs/' + record.root + '/' + part + '.gz')
  const raw = new Response(response.body.pipeThrough(new DecompressionStream('gzip')))
  if ((await raw.arrayBuffer()).byteLength === record.packs[part].raw) parts.push(part)
}
if (record) await post('/host/shown', { root: record.root, previous: null })
const kept = await navigator.storage.persist()
const ran = document.title === 'inline ran'
const wrong = ran ? 'an inline script ran' : kept ? null : 'storage is not durable'
const own = wrong && { code: 'E-STORE', message: wrong, number: null }
const error = check.error ?? own
const failure = error ? { ...error, at: new Date().toISOString() } : null
await post('/host/status', { phase: 'waiting', shown: record, shownParts: parts, loading: null, nextSlot: null, failures: 0,
  last: record && { at: '', ms: 1, bytes: 2, requests: 3, number: record.number }, lastFailure: failure, scrub: null,
  media: { have: 0, wanted: 0 } })
`

let folder: string
let office: Office
let served: Served
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sunhall-terminal-'))
  mkdirSync(join(folder, 'renderer'))
  writeFileSync(join(folder, 'renderer', 'index.html'), PAGE)
  writeFileSync(join(folder, 'renderer', 'page.js'), SCRIPT)
  office = newOffice()
  office.publish(1, 'first')
  served = await serve(office.repository.files)
  await office.provision(join(folder, 'stick'), served.url)
})
afterEach(async () => {
  await served.stop()
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
})

function terminal(...args: string[]): Promise<{ code: number | null; lines: string[]; said: string }> {
  const own = ['--config', join(folder, 'stick', 'config.jws'), '--data', join(folder, 'data')]
  const child = spawn(process.execPath, [CLI, ...own, '--renderer', join(folder, 'renderer'), '--port', '0', ...args])
  let out = ''
  let said = ''
  child.stdout.on('data', (text: Buffer) => {
    out += text
  })
  child.stderr.on('data', (text: Buffer) => {
    said += text
  })
  // Not 'exit': its last words may be read after that.
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, lines: out.trim().split('\n'), said })))
}

it.skipIf(chromium === null)(
  'prints one line of JSON after one sync in a real Chromium: cookie, strict policy, durable storage',
  async () => {
    const { code, lines, said } = await terminal('--once', '--headless')
    expect([said, lines]).toEqual(['', [expect.any(String)]])
    const expected = { ok: true, terminal: 'HT-17', release: 1, parts: 2, lastFailure: null, office: 'reachable' }
    expect(JSON.parse(lines[0] ?? '')).toMatchObject(expected)
    expect(code).toBe(0)
    expect(existsSync(join(folder, 'data', 'running'))).toBe(false)
  },
)

it.skipIf(chromium === null || process.platform === 'win32')(
  'P10: shows its page also where the profile’s lock names the machine that the disk was taken from',
  async () => {
    const profile = join(folder, 'data', 'profile')
    mkdirSync(profile, { recursive: true })
    symlinkSync('the-old-machine-4711', join(profile, 'SingletonLock'))
    const { code, lines } = await terminal('--once', '--headless')
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ ok: true, release: 1, lastFailure: null })
    expect(code).toBe(0)
  },
)

it.skipIf(chromium === null)('exits 1 with the code of a refused release', async () => {
  office.repository.lifetimes.timestamp = -1
  office.publish(2, 'late')
  const { code, lines } = await terminal('--once', '--headless')
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({ ok: false, release: null, lastFailure: { code: 'E-EXPIRED' } })
  expect(code).toBe(1)
})

it('names every error of a config that it refuses', async () => {
  await office.provision(join(folder, 'stick'), served.url, { staleAfterDays: 0 })
  const { code, said } = await terminal('--no-browser')
  expect([code, said]).toEqual([1, expect.stringMatching(/^E-CONFIG: .*staleAfterDays/)])
})

it('--once prints its one line also where the start fails, as where --production meets sample keys', async () => {
  const sample = newOffice({ sample: true })
  await sample.provision(join(folder, 'stick'), served.url)
  const { code, lines, said } = await terminal('--once', '--headless', '--production')
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({ ok: false, release: null, lastFailure: { code: 'E-CONFIG' } })
  expect([code, lines.length, said]).toEqual([1, 1, expect.stringMatching(/^E-CONFIG: .*示例密钥/)])
})
