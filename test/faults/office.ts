// The host's interface for the page under fire, on loopback: releases out of a distribution folder, the built page, and
// the tool's own questions. It stands for the real host (killed by host-kills.ts), so that it can be told what to answer.
import { existsSync, readFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join, normalize } from 'node:path'
import type { HostState } from '../../sync/contract/host-api.ts'
import type { ReleaseRecord } from '../../sync/contract/release.ts'
import { PROFILE } from './profile.ts'
import type { Answered, Done, Handed, Task } from './tasks.ts'

const TYPES: Record<string, string> = { '.html': 'text/html', '.js': 'text/javascript', '.gz': 'application/gzip' }

export interface Office {
  port: number
  /** The newest release, offered to whoever asks. */
  newest: ReleaseRecord | null
  /** Below /county/: what is asked for, in order. */
  asked: string[]
  /** True for a file that isn't served. */
  absent(path: string): boolean
  /** True for a file that is never answered. */
  silent(path: string): boolean
  /** True for a file in whose middle the line is cut. */
  cut(path: string): boolean
  /** Roots that the page has said it shows. */
  shown: string[]
  /** The phase that the worker under fire told last. */
  phase: string
  /** Called once the moment has come. */
  onMoment: () => void
  /** Asks the page to do something; gives what came of it. Rejects where the browser is gone: `forget`. */
  ask(task: Task): Promise<Done>
  /** The browser was killed: what it was asked for never comes, and no question of its is still open. */
  forget(why: string): void
  close(): Promise<void>
}

interface Open extends Handed {
  done(answer: Done): void
  failed(error: Error): void
}

/** Serves the built page in `pages` and the releases in `dist`. */
export async function openOffice(dist: string, pages: string): Promise<Office> {
  let open: Open | null = null
  let waiting: ServerResponse | null = null
  let asks = 0
  const hand = (): void => {
    if (open === null || waiting === null) return
    json(waiting, { id: open.id, task: open.task } satisfies Handed)
    waiting = null
  }
  const answered = (answer: Done): void => {
    const { done } = open ?? {}
    open = null
    done?.(answer)
  }
  const routes: Record<string, (request: IncomingMessage, response: ServerResponse) => void | Promise<void>> = {
    '/faults/task': (_request, response) => {
      waiting = response
      // A page that has gone to another origin asks from there: the task to go is done.
      if (open?.task.do === 'go' && open.task.url.includes(_request.headers.host ?? '-'))
        answered({ ran: { counts: {} } })
      hand()
    },
    '/faults/done': async (request, response) => {
      const { id, done }: Answered = JSON.parse(await bodyOf(request))
      json(response, {})
      // What a killed page had sent may be read after the next one was asked.
      if (id === open?.id) answered(done)
    },
    '/faults/phase': async (request, response) => {
      office.phase = (await bodyOf(request)) || 'between'
      json(response, {})
    },
    // Left unanswered: a worker that stands still waits for it.
    '/faults/moment': () => office.onMoment(),
    '/host/state': (_request, response) => json(response, stateOf(office.newest)),
    '/host/check': (_request, response) => json(response, checkOf(office.newest)),
    '/host/shown': async (request, response) => {
      office.shown.push(JSON.parse(await bodyOf(request)).root)
      json(response, {})
    },
    '/host/status': (_request, response) => json(response, {}),
  }
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost')
    const route = routes[pathname]
    if (route !== undefined) void route(request, response)
    else if (pathname.startsWith('/county/')) sendCounty(office, dist, pathname.slice('/county/'.length), response)
    else sendFile(join(pages, normalize(pathname === '/' ? '/index.html' : pathname)), response)
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  const office: Office = {
    port: (server.address() as AddressInfo).port,
    newest: null,
    asked: [],
    absent: () => false,
    silent: () => false,
    cut: () => false,
    shown: [],
    phase: 'none',
    onMoment: () => undefined,
    ask: (task) =>
      new Promise((done, failed) => {
        asks += 1
        open = { id: asks, task, done, failed }
        hand()
      }),
    forget(why) {
      const { failed } = open ?? {}
      open = null
      waiting = null
      failed?.(new Error(why))
    },
    close: () =>
      new Promise((closed) => {
        server.close(() => closed())
        server.closeAllConnections()
      }),
  }
  return office
}

function sendCounty(office: Office, dist: string, path: string, response: ServerResponse): void {
  office.asked.push(path)
  if (office.silent(path)) return
  if (office.absent(path)) json(response, { error: { code: 'E-MISSING', message: `Expected ${path}` } }, 404)
  else if (office.cut(path)) sendHalf(join(dist, normalize(path)), response)
  else sendFile(join(dist, normalize(path)), response)
}

function sendHalf(file: string, response: ServerResponse): void {
  const bytes = readFileSync(file)
  response.writeHead(200, { 'content-length': bytes.length })
  response.write(bytes.subarray(0, bytes.length >> 1), () => response.destroy())
}

function sendFile(file: string, response: ServerResponse): void {
  if (!existsSync(file)) {
    json(response, { error: { code: 'E-MISSING', message: 'Expected a file' } }, 404)
    return
  }
  response.writeHead(200, { 'content-type': TYPES[extname(file)] ?? 'image/webp', 'cache-control': 'no-store' })
  response.end(readFileSync(file))
}

function json(response: ServerResponse, body: unknown, status = 200): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  return Buffer.concat(chunks).toString('utf8')
}

function checkOf(newest: ReleaseRecord | null): unknown {
  if (newest !== null) return { result: 'release', record: newest, bytes: 0 }
  const error = { code: 'E-OFFLINE', message: 'Expected the office, nobody answered', number: null }
  return { result: 'unavailable', error, retryAfterSeconds: null }
}

function stateOf(trusted: ReleaseRecord | null): HostState {
  const fixed = { mode: 'terminal', shell: 'browser', appVersion: '0', runtime: 'faults', office: 'unknown' } as const
  const now = new Date().toISOString()
  return {
    ...{ ...fixed, profile: PROFILE, now, startedAt: now, trusted, lastCheck: null, timestampExpires: null },
    ...{ clockTrusted: true, diskFreeBytes: null, dataFolder: '', sampleKeys: true, maintenanceOpen: false },
    // Every start here comes after a kill.
    uncleanStop: true,
  }
}
