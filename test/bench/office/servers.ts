// Release files over the office's own server, and over nginx with the file that docs/deploy gives: each with the same load.
import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { join } from 'node:path'
import { z } from 'zod'
import { runUntil, stop } from '../../../.ci/processes.ts'
import { SunhallError } from '../../../sync/contract/errors.ts'

const NGINX = ['/usr/sbin/nginx', '/usr/local/sbin/nginx', '/usr/bin/nginx']
const CONNECTIONS = 64
const PEERS = join(import.meta.dirname, '..', 'peers')

export interface Running {
  url: string
  stop(): Promise<void>
}

export async function startOurs(dist: string): Promise<Running> {
  const { child, match } = await runUntil([join(import.meta.dirname, 'serve-dist.ts'), dist], /Serving at (\S+)/)
  return { url: match[1] ?? '', stop: () => stop(child) }
}

/** Null where this machine has none. */
export async function startNginx(folder: string, dist: string): Promise<Running | null> {
  const nginx = NGINX.find((path) => existsSync(path))
  if (nginx === undefined) return null
  const port = await freePort()
  const own = mkdtempSync(join(folder, 'nginx-'))
  const child = spawn(nginx, ['-c', configure(own, dist, port), '-p', own], { stdio: ['ignore', 'ignore', 'inherit'] })
  const url = `http://127.0.0.1:${port}/`
  await answering(url, child)
  return { url, stop: () => stop(child) }
}

/** The sample's marked lines changed as a technician would, and what a process without root's folders needs. */
function configure(folder: string, dist: string, port: number): string {
  const sample = readFileSync('docs/deploy/nginx.conf', 'utf8')
    .replace('listen 80;', `listen 127.0.0.1:${port};`)
    .replace('root /srv/sunhall/county/dist;', `root ${dist};`)
  const aside = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (name) => `${name}_temp_path ${folder}/${name};`,
  )
  const user = process.getuid?.() === 0 ? 'user root;' : ''
  const file = join(folder, 'nginx.conf')
  const main = `${user} worker_processes 1; daemon off; pid ${folder}/pid; error_log ${folder}/error.log;`
  writeFileSync(file, `${main}\nevents {}\nhttp {\naccess_log off;\n${aside.join('\n')}\n${sample}\n}\n`)
  return file
}

function freePort(): Promise<number> {
  return new Promise((done) => {
    const socket = createServer().listen(0, '127.0.0.1', () => {
      const { port } = socket.address() as AddressInfo
      socket.close(() => done(port))
    })
  })
}

async function answering(url: string, child: ChildProcess): Promise<void> {
  for (let tries = 0; tries < 100 && child.exitCode === null; tries += 1) {
    const response = await fetch(`${url}metadata/timestamp.json`).catch(() => null)
    if (response?.ok) return
    await new Promise((next) => setTimeout(next, 100))
  }
  throw new SunhallError('E-STATE', `Expected nginx to answer at ${url}, it ended with ${child.exitCode}`)
}

const told = z.object({
  requests: z.object({ average: z.number() }),
  latency: z.object({ p97_5: z.number() }),
  errors: z.number(),
  non2xx: z.number(),
})

/** Requests a second and their 97.5th percentile in ms, under 64 connections that ask again at once. Errors: E-STATE. */
export async function loadOf(url: string, seconds: number): Promise<{ rate: number; ms: number }> {
  const args = [
    join(PEERS, 'node_modules/autocannon/autocannon.js'),
    '-j',
    '-n',
    '-c',
    String(CONNECTIONS),
    '-d',
    String(seconds),
    url,
  ]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'ignore'] })
  let out = ''
  child.stdout.on('data', (chunk: Buffer) => {
    out += chunk
  })
  await new Promise((done) => child.once('close', done))
  const { requests, latency, errors, non2xx } = told.parse(JSON.parse(out))
  if (errors + non2xx > 0)
    throw new SunhallError(
      'E-STATE',
      `Expected every request to be answered, got ${errors + non2xx} failures from ${url}`,
    )
  return { rate: requests.average, ms: latency.p97_5 }
}
