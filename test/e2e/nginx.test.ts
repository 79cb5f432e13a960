// docs/deploy/nginx.conf as it is, but for its three marked lines, in a real nginx: the terminals' own verifier follows the
// releases through it, and files come with the same words as from the office's own server.
import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { type AddressInfo, createServer as createSocket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { paths } from '../../sync/contract/release.ts'
import { type FakeCounty, fakeCounty } from '../county/fake-county.ts'

const nginx = findNginx()
const folder = mkdtempSync(join(tmpdir(), 'nginx-'))
let server: ChildProcess | null = null
let office: Server | null = null
let county: FakeCounty
let url = ''

function findNginx(): string | null {
  const known = ['/usr/sbin/nginx', '/usr/local/sbin/nginx', '/usr/bin/nginx']
  const find = (): string | null => known.find((path) => existsSync(path)) ?? null
  if (find() === null && process.getuid?.() === 0 && spawnSync('apt-get', ['--version']).status === 0) {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
    spawnSync('apt-get', ['update', '-qq'], { env })
    spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'nginx-light'], { env })
  }
  return find()
}

function freePort(): Promise<number> {
  return new Promise((done) => {
    const socket = createSocket().listen(0, '127.0.0.1', () => {
      const { port } = socket.address() as AddressInfo
      socket.close(() => done(port))
    })
  })
}

/** The sample with its marked lines changed, as a technician would, and what a process without root's folders needs. */
function configure(port: number, officePort: number): string {
  const sample = readFileSync('docs/deploy/nginx.conf', 'utf8')
  const changed = sample
    .replace('server 127.0.0.1:8431;', `server 127.0.0.1:${officePort};`)
    .replace('listen 80;', `listen 127.0.0.1:${port};`)
    .replace('root /srv/sunhall/county/dist;', `root ${county.dist};`)
  const aside = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (name) => `${name}_temp_path ${folder}/${name};`,
  )
  const main = `${process.getuid?.() === 0 ? 'user root;' : ''} daemon off; pid ${folder}/pid; error_log ${folder}/error.log;`
  const file = join(folder, 'nginx.conf')
  writeFileSync(file, `${main}\nevents {}\nhttp {\naccess_log off;\n${aside.join('\n')}\n${changed}\n}\n`)
  return file
}

beforeAll(async () => {
  if (nginx === null) return
  county = fakeCounty(folder)
  await county.publish()
  await county.publishChanged()
  office = createServer((request, response) => {
    let bytes = 0
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length
    })
    request.on('end', () => response.end(JSON.stringify({ path: request.url, host: request.headers.host, bytes })))
  }).listen(0, '127.0.0.1')
  const port = await freePort()
  const file = configure(port, (office.address() as AddressInfo).port)
  server = spawn(nginx, ['-c', file, '-p', folder], { stdio: 'inherit' })
  url = `http://127.0.0.1:${port}`
  await vi.waitFor(async () => expect((await fetch(`${url}/metadata/timestamp.json`)).status).toBe(200), 60_000)
})

afterAll(() => {
  server?.kill('SIGQUIT')
  office?.close()
  rmSync(folder, { recursive: true, force: true })
})

describe.skipIf(nginx === null)('docs/deploy/nginx.conf (skipped where nginx can’t be installed)', () => {
  it('serves releases that the terminals’ own verifier follows', () => {
    const metadata = join(folder, 'trusted')
    mkdirSync(metadata)
    writeFileSync(join(folder, 'root.json'), county.root)
    const client = (...args: string[]): void => {
      const at = ['electron/host/tuf-client.ts', '--metadata-dir', metadata, '--metadata-url', `${url}/metadata`]
      execFileSync(process.execPath, [...at, ...args], { stdio: 'pipe' })
    }
    client('init', join(folder, 'root.json'))
    client('refresh')
    const trusted = JSON.parse(readFileSync(join(metadata, 'timestamp.json'), 'utf8'))
    expect(trusted.signed.version).toBe(2)
  })

  it('lets what is named by its hash be kept, and has the pointer asked for anew', async () => {
    const [, record] = county.records
    const pack = await fetch(`${url}/${paths.pack(record?.root ?? '', '431225')}`)
    expect(pack.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
    expect(pack.headers.get('content-encoding')).toBeNull()
    expect((await pack.arrayBuffer()).byteLength).toBe(record?.packs['431225']?.wire)
    const pointer = await fetch(`${url}/metadata/timestamp.json`, { headers: { 'accept-encoding': 'gzip' } })
    expect(pointer.headers.get('cache-control')).toBe('no-cache')
    expect(pointer.headers.get('x-content-type-options')).toBe('nosniff')
  })

  it('gives one range of a file, 404 for what isn’t there, and nothing outside the folder', async () => {
    const [record] = county.records
    const address = `${url}/${paths.pack(record?.root ?? '', '431225')}`
    const part = await fetch(address, { headers: { range: 'bytes=0-9' } })
    expect([part.status, (await part.arrayBuffer()).byteLength]).toEqual([206, 10])
    expect((await fetch(`${url}/packs/none.gz`)).status).toBe(404)
    expect((await fetch(`${url}/..%2f..%2fetc/passwd`)).status).toBeGreaterThanOrEqual(400)
    expect((await fetch(`${url}/metadata/timestamp.json`, { method: 'POST', body: 'x' })).status).toBe(403)
  })

  it('passes console and terminals’ messages on to the office, body and name and all', async () => {
    const sent = await fetch(`${url}/terminal/heartbeat?x=1`, { method: 'POST', body: 'a'.repeat(200_000) })
    const { host } = new URL(url)
    expect(await sent.json()).toEqual({ path: '/terminal/heartbeat?x=1', host, bytes: 200_000 })
    expect((await fetch(`${url}/console`).then((answer) => answer.json())).path).toBe('/console')
  })
})
