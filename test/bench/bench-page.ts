// A page of the bench and its workers, built as the product's are and served with the office's files from one origin.
import { createReadStream, existsSync, statSync } from 'node:fs'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join, normalize, resolve } from 'node:path'
import { build } from 'vite'

const ROOT = resolve(import.meta.dirname, '../..')

/** Builds each entry (name → file) into `folder`/built, and what they share beside them. */
export async function buildPages(folder: string, entries: Record<string, string>): Promise<void> {
  const input = Object.fromEntries(
    Object.entries(entries).map(([name, file]) => [name, join(import.meta.dirname, file)]),
  )
  await build({
    root: ROOT,
    configFile: false,
    logLevel: 'error',
    publicDir: false,
    base: '/built/',
    // PouchDB expects Node's `events`: the package of that name.
    resolve: { alias: { events: join(import.meta.dirname, 'peers/node_modules/events/events.js') } },
    build: {
      outDir: join(folder, 'built'),
      emptyOutDir: true,
      modulePreload: false,
      target: 'esnext',
      rolldownOptions: { input, preserveEntrySignatures: 'strict', output: { entryFileNames: '[name].js' } },
    },
  })
}

export type Route = (path: string, request: IncomingMessage, response: ServerResponse) => boolean

/** Serves /bench.html (with the built `page.js`), /built, /dist and the routes of a chapter. */
export async function servePages(
  folder: string,
  route: Route,
): Promise<{ url: string; port: number; close(): Promise<void> }> {
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url ?? '/', 'http://localhost').pathname)
    if (path === '/bench.html') {
      response.setHeader('content-type', 'text/html')
      response.end('<!doctype html><title>bench</title><script type="module" src="/built/page.js"></script>')
    } else if (path.startsWith('/built/') || path.startsWith('/dist/'))
      sendFile(response, join(folder, normalize(path)))
    else if (!route(path, request, response)) response.writeHead(404).end()
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  return { url: `http://127.0.0.1:${port}/`, port, close: () => closed(server) }
}

function closed(server: Server): Promise<void> {
  server.closeAllConnections()
  return new Promise((done) => server.close(() => done()))
}

function sendFile(response: ServerResponse, file: string): void {
  if (!existsSync(file)) {
    response.writeHead(404).end()
    return
  }
  response.setHeader('content-length', statSync(file).size)
  if (file.endsWith('.js')) response.setHeader('content-type', 'text/javascript')
  const stream = createReadStream(file)
  // A page that has seen enough hangs up; the pieces that are left then go nowhere.
  response.on('close', () => stream.destroy())
  stream.pipe(response)
}

export function sendJson(response: ServerResponse, value: unknown): true {
  response.setHeader('content-type', 'application/json')
  response.end(JSON.stringify(value))
  return true
}
