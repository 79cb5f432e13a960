// The built renderer out of the package: page, hashed assets, service worker; with the headers that lock the page up.
import { readFile, stat } from 'node:fs/promises'
import { extname, join, normalize, sep } from 'node:path'
import { SunhallError } from '../../sync/contract/errors.ts'

/** Nothing inline, nothing from elsewhere; pictures of a release arrive as blobs. */
export const SECURITY_HEADERS: Record<string, string> = {
  'content-security-policy': [
    "default-src 'none'",
    "script-src 'self'",
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

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.webmanifest': 'application/manifest+json',
  '.woff2': 'font/woff2',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.webp': 'image/webp',
  '.ico': 'image/x-icon',
  '.map': 'application/json',
  '.txt': 'text/plain; charset=utf-8',
}

/** A file of the renderer by its URL path; '/' is the page, and no other path falls back to it. Errors: E-MISSING. */
export async function rendererFile(folder: string, pathname: string): Promise<Response> {
  const inside = normalize(decodeURIComponent(pathname === '/' ? '/index.html' : pathname))
  const file = join(folder, inside)
  const hidden = inside.split(sep).some((part) => part.startsWith('.'))
  const found = hidden || !file.startsWith(folder + sep) ? null : await stat(file).catch(() => null)
  if (found === null || !found.isFile())
    throw new SunhallError(
      'E-MISSING',
      `Expected a file of the built page, got ${pathname}; run npm run build if it is new`,
    )
  const bytes = await readFile(file)
  return new Response(new Uint8Array(bytes), {
    headers: {
      'content-type': TYPES[extname(file)] ?? 'application/octet-stream',
      'content-length': String(bytes.length),
      'cache-control': isHashed(pathname) ? 'public, max-age=31536000, immutable' : 'no-cache',
    },
  })
}

/** 'assets/index-B1x9_aZ3.js': the name changes with the content. */
function isHashed(pathname: string): boolean {
  return /^\/assets\/.*-[\w-]{8,}\.\w+$/.test(pathname)
}
