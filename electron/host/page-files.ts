// The built page as every shell hands it out: its files, and the headers that lock it up.
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { extname, join, normalize, sep } from 'node:path'
import { SunhallError } from '../../sync/contract/errors.ts'

/**
 * Nothing inline, nothing from elsewhere; pictures of a release arrive as blobs (P2). WebAssembly is for Argon2id, which
 * makes the key of a private answer; it comes out of our own script, and strings are still no code.
 */
export const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy': [
    "default-src 'none'",
    "script-src 'self' 'wasm-unsafe-eval'",
    "style-src 'self'",
    "font-src 'self'",
    "img-src 'self' blob: data:",
    "connect-src 'self'",
    "worker-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), microphone=(), geolocation=(), usb=(), serial=(), bluetooth=(), payment=()',
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.webmanifest': 'application/manifest+json',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.webp': 'image/webp',
  '.ico': 'image/x-icon',
  '.map': 'application/json',
  '.txt': 'text/plain; charset=utf-8',
}

/**
 * A file of the page by its URL path; '/' is the page itself, and no other path falls back to it.
 * Errors: E-MISSING, also for a path that leaves the folder.
 */
export async function pageFile(folder: string, pathname: string): Promise<Response> {
  const inside = normalize(decoded(pathname === '/' ? '/index.html' : pathname))
  const file = join(folder, inside)
  const hidden = inside.split(sep).some((part) => part.startsWith('.'))
  const bytes = hidden || !file.startsWith(folder + sep) ? null : await readFile(file).catch(() => null)
  if (bytes === null)
    throw new SunhallError('E-MISSING', `Expected a file of the built page, got ${pathname}; build the page again`)
  return new Response(new Uint8Array(bytes), {
    headers: {
      'content-type': TYPES[extname(file)] ?? 'application/octet-stream',
      'content-length': String(bytes.length),
      'cache-control': isHashed(pathname) ? 'public, max-age=31536000, immutable' : 'no-cache',
    },
  })
}

/** What can't be decoded is nobody's file, not a crash. */
function decoded(pathname: string): string {
  try {
    return decodeURIComponent(pathname)
  } catch {
    return '/.'
  }
}

/** 'assets/index-B1x9_aZ3.js': the name changes with the content. */
function isHashed(pathname: string): boolean {
  return /^\/assets\/.*-[\w-]{8,}\.\w+$/.test(pathname)
}

/** Names one build of the page: its assets' names carry hashes, so the hash of index.html covers them all. '' if absent. */
export async function buildIdOf(folder: string): Promise<string> {
  const page = await readFile(join(folder, 'index.html')).catch(() => null)
  return page === null ? '' : createHash('sha256').update(page).digest('hex').slice(0, 16)
}
