// Serves the distribution folder as any web server would: types, ETag, ranges, caching by name, nothing outside it.
import { createReadStream, type Stats, statSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { extname, join, normalize, sep } from 'node:path'

const TYPES: Readonly<Record<string, string>> = {
  '.json': 'application/json; charset=utf-8',
  '.gz': 'application/gzip',
  '.webp': 'image/webp',
  '.csv': 'text/csv; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.woff2': 'font/woff2',
}
const YEAR_SECONDS = 31_536_000

interface Found {
  file: string
  stats: Stats
  path: string
}

/** Answers GET and HEAD for a file below `folder`; 404 for the rest. Never leaves the folder, whatever the path says. */
export function serveFile(folder: string, request: IncomingMessage, response: ServerResponse): void {
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    answer(response, 405, 'Only GET and HEAD', { allow: 'GET, HEAD' })
    return
  }
  const found = findFile(folder, request.url ?? '/')
  if (found === null) {
    answer(response, 404, 'Not here')
    return
  }
  const etag = etagOf(found)
  const headers: Record<string, string> = {
    'content-type': TYPES[extname(found.file)] ?? 'application/octet-stream',
    'cache-control': isNamedByHash(found.path) ? `public, max-age=${YEAR_SECONDS}, immutable` : 'no-cache',
    'accept-ranges': 'bytes',
    'x-content-type-options': 'nosniff',
    'last-modified': found.stats.mtime.toUTCString(),
    etag,
  }
  if (matches(request.headers['if-none-match'], etag)) {
    response.writeHead(304, headers)
    response.end()
    return
  }
  send(request, response, found, headers, etag)
}

function send(
  request: IncomingMessage,
  response: ServerResponse,
  found: Found,
  headers: Record<string, string>,
  etag: string,
): void {
  const { size } = found.stats
  const conditional = request.headers['if-range']
  const asked = conditional === undefined || conditional === etag ? request.headers.range : undefined
  const range = asked === undefined ? null : rangeOf(asked, size)
  if (range === 'outside') {
    answer(response, 416, 'No such range', { 'content-range': `bytes */${size}` })
    return
  }
  const [start, end] = range ?? [0, size - 1]
  if (range !== null) headers['content-range'] = `bytes ${start}-${end}/${size}`
  response.writeHead(range === null ? 200 : 206, { ...headers, 'content-length': String(end - start + 1) })
  if (request.method === 'HEAD' || size === 0) {
    response.end()
    return
  }
  const stream = createReadStream(found.file, { start, end })
  stream.on('error', () => response.destroy())
  response.on('close', () => stream.destroy())
  stream.pipe(response)
}

/** Paths as terminals ask for them, with or without the page's own prefix /county/. */
function findFile(folder: string, url: string): Found | null {
  const path = pathOf(url)
  if (path === null) return null
  const file = join(folder, path)
  if (!file.startsWith(folder.endsWith(sep) ? folder : `${folder}${sep}`)) return null
  const stats = statSync(file, { throwIfNoEntry: false })
  return stats?.isFile() === true ? { file, stats, path } : null
}

function pathOf(url: string): string | null {
  try {
    const path = decodeURIComponent(url.replace(/[?#].*$/, '')).replace(/^\/county\//, '/')
    const plain = normalize(path)
    return path.includes('\0') ||
      path.includes('\\') ||
      plain !== path ||
      path.split('/').some((part) => part.startsWith('.'))
      ? null
      : plain
  } catch {
    return null
  }
}

function isNamedByHash(path: string): boolean {
  return /[0-9a-f]{64}/.test(path)
}

function etagOf({ path, stats }: Found): string {
  const hash = isNamedByHash(path)
    ? path.replaceAll('/', '-')
    : `${stats.size.toString(16)}-${Math.round(stats.mtimeMs).toString(16)}`
  return `"${hash}"`
}

function matches(header: string | undefined, etag: string): boolean {
  const known = (header ?? '').split(',').map((candidate) => candidate.trim())
  return known.some((candidate) => candidate === '*' || candidate === etag || candidate === `W/${etag}`)
}

/** One range of bytes, both ends included; null where the header is none that must be obeyed. */
function rangeOf(header: string, size: number): [number, number] | 'outside' | null {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header)
  if (match === null || (match[1] === '' && match[2] === '')) return null
  const start = match[1] === '' ? Math.max(0, size - Number(match[2])) : Number(match[1])
  const end = match[1] === '' || match[2] === '' ? size - 1 : Math.min(Number(match[2]), size - 1)
  return start > end || start >= size ? 'outside' : [start, end]
}

export function answer(
  response: ServerResponse,
  status: number,
  text: string,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store', ...headers })
  response.end(`${text}\n`)
}
