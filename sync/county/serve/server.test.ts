import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { get, type IncomingHttpHeaders } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ServeOptions, type Serving, serveOffice } from './server.ts'

const HASH = 'ab'.repeat(32)
let folder = ''
let serving: Serving
const lines: string[] = []
const options = (more: Partial<ServeOptions> = {}): ServeOptions => ({
  dist: join(folder, 'dist'),
  host: '127.0.0.1',
  port: 0,
  timestampKey: null,
  now: () => new Date('2026-11-24T00:00:00Z'),
  log: (line) => lines.push(line),
  warn: () => undefined,
  ...more,
})

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sunhall-serve-'))
  for (const part of ['dist/packs', 'dist/metadata', 'dist/media']) mkdirSync(join(folder, part), { recursive: true })
  mkdirSync(join(folder, `dist/packs/${HASH}`))
  writeFileSync(join(folder, `dist/packs/${HASH}/431225.gz`), '0123456789')
  writeFileSync(join(folder, 'dist/metadata/timestamp.json'), '{')
  writeFileSync(join(folder, 'secret.pem'), 'secret')
  writeFileSync(join(folder, 'dist/.hidden'), 'secret')
  serving = await serveOffice(options())
})
afterAll(async () => {
  await serving.close()
  rmSync(folder, { recursive: true })
})

interface Got {
  status: number
  headers: IncomingHttpHeaders
  body: string
}
/** Raw paths: fetch would tidy them before sending. */
function ask(path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Got> {
  return new Promise((done, failed) => {
    get({ host: '127.0.0.1', port: serving.port, path, headers, method }, (response) => {
      let body = ''
      response.on('data', (chunk: Buffer) => {
        body += chunk.toString()
      })
      response.on('end', () => done({ status: response.statusCode ?? 0, headers: response.headers, body }))
    }).on('error', failed)
  })
}
const PACK = `/packs/${HASH}/431225.gz`

describe('the office’s web server', () => {
  it('serves what is named by its hash for ever, as the gzip file that it is', async () => {
    const { status, headers, body } = await ask(PACK)
    expect(status).toBe(200)
    expect(body).toBe('0123456789')
    expect(headers['content-type']).toBe('application/gzip')
    expect(headers['content-encoding']).toBeUndefined()
    expect(headers['cache-control']).toContain('immutable')
    expect((await ask(PACK, { 'if-none-match': String(headers.etag) })).status).toBe(304)
    expect((await ask(`/county${PACK}`)).status).toBe(200)
  })

  it('lets nobody keep the timestamp', async () => {
    expect((await ask('/metadata/timestamp.json')).headers['cache-control']).toBe('no-cache')
  })

  it('answers HEAD with the length alone, and parts of a file', async () => {
    const head = await ask(PACK, {}, 'HEAD')
    expect([head.status, head.headers['content-length'], head.body]).toEqual([200, '10', ''])
    const part = await ask(PACK, { range: 'bytes=2-4' })
    expect([part.status, part.headers['content-range'], part.body]).toEqual([206, 'bytes 2-4/10', '234'])
    expect((await ask(PACK, { range: 'bytes=-3' })).body).toBe('789')
    expect((await ask(PACK, { range: 'bytes=8-' })).body).toBe('89')
    expect((await ask(PACK, { range: 'bytes=10-' })).status).toBe(416)
    expect((await ask(PACK, { range: 'bytes=2-4', 'if-range': '"other"' })).status).toBe(200)
  })

  it.each([
    '/../secret.pem',
    '/..%2fsecret.pem',
    '/packs/../../secret.pem',
    '/%2e%2e/secret.pem',
    '/county/../secret.pem',
    '/..\\secret.pem',
    '/.hidden',
    '//etc/passwd',
    '/packs%00',
    '/%E0%A4%A',
    '/packs',
    '/',
  ])('never leaves the folder for %s', async (path) => {
    const { status, body } = await ask(path)
    expect(status).toBe(404)
    expect(body).not.toContain('secret')
  })

  it('takes no other method, and logs one line a request without saying who asked', async () => {
    const before = lines.length
    expect((await ask(PACK, {}, 'POST')).status).toBe(405)
    expect(lines.length).toBe(before + 1)
    expect(lines.at(-1)).toBe(`2026-11-24T00:00:00.000Z POST ${PACK} 405 -`)
  })

  it('names the port that is taken (E-PORT)', async () => {
    await expect(serveOffice(options({ port: serving.port }))).rejects.toMatchObject({
      code: 'E-PORT',
      message: expect.stringContaining(String(serving.port)),
    })
  })

  it('goes on when a file can’t be read as it should', async () => {
    expect((await ask('/status')).status).toBe(500)
    expect((await ask(PACK)).status).toBe(200)
  })
})
