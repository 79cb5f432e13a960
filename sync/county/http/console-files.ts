// The built console under /console/: its files as they are, and the page itself for every address of its own.
import { readFileSync, statSync } from 'node:fs'
import { extname, join, resolve, sep } from 'node:path'
import { Hono } from 'hono'
import { SunhallError } from '../../contract/errors.ts'
import type { HttpEnv } from './parts.ts'

const TYPES: { readonly [extension: string]: string } = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
}
const FOREVER = 'public, max-age=31536000, immutable'

export function consoleFiles(folder: string): Hono<HttpEnv> {
  const root = resolve(folder)
  const routes = new Hono<HttpEnv>()
  routes.get('*', (context) => {
    const path = fileOf(root, new URL(context.req.url).pathname)
    const type = TYPES[extname(path)] ?? 'application/octet-stream'
    const cache = path.includes(`${sep}assets${sep}`) ? FOREVER : 'no-cache'
    return context.body(new Uint8Array(readFileSync(path)), 200, { 'content-type': type, 'cache-control': cache })
  })
  return routes
}

/** A file of the build, else the page. Errors: E-MISSING for a file that isn't there, or where nothing is built. */
function fileOf(root: string, pathname: string): string {
  const asked = decode(pathname).slice('/console'.length)
  const path = resolve(root, `.${asked}`)
  const inside =
    path.startsWith(`${root}${sep}`) && !asked.includes('\0') && !asked.split('/').some((part) => part.startsWith('.'))
  const page = join(root, 'index.html')
  if (inside && isFile(path)) return path
  if (asked !== '' && asked !== '/' && (!inside || extname(asked) !== ''))
    throw new SunhallError('E-MISSING', '没有找到')
  if (isFile(page)) return page
  throw new SunhallError('E-MISSING', 'Expected the built console in dist/console, found none; run "npm run build"')
}

function decode(pathname: string): string {
  try {
    return decodeURIComponent(pathname)
  } catch (cause) {
    throw new SunhallError('E-MISSING', '没有找到', { cause })
  }
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false
}
