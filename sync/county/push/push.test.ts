// Pushes to a store of our own that speaks as much of the S3 protocol as a push needs: no bucket is at hand here.
import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { pushFolder, targetOf } from './push.ts'

const HASH = 'a'.repeat(64)
const objects = new Map<string, Buffer>()
const puts: string[] = []
let failAt: string | null = null
const credentials = { accessKeyId: 'key', secretAccessKey: 'secret' }

const store = createServer((request, response) => {
  const chunks: Buffer[] = []
  request.on('data', (chunk: Buffer) => chunks.push(chunk))
  request.on('end', () => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://store')
    const key = decodeURIComponent(pathname.replace(/^\/county\/?/, ''))
    if (!(request.headers.authorization ?? '').startsWith('AWS4-HMAC-SHA256 Credential=key/')) {
      response.writeHead(403).end('<Error><Code>AccessDenied</Code></Error>')
    } else if (request.method === 'PUT') {
      if (key === failAt) response.writeHead(400).end('<Error><Code>BadDay</Code></Error>')
      else {
        objects.set(key, Buffer.concat(chunks))
        puts.push(key)
        response.end()
      }
    } else if (request.method === 'POST') {
      for (const [, gone = ''] of Buffer.concat(chunks)
        .toString()
        .matchAll(/<Key>([^<]*)<\/Key>/g))
        objects.delete(gone)
      response.end('<DeleteResult></DeleteResult>')
    } else response.end(page(searchParams.get('prefix') ?? '', Number(searchParams.get('continuation-token') ?? 0)))
  })
})

/** Two objects a page, so that a second is always asked for. */
function page(prefix: string, from: number): string {
  const keys = [...objects.keys()].filter((key) => key.startsWith(prefix)).sort()
  const contents = keys.slice(from, from + 2).map((key) => {
    const body = objects.get(key) ?? Buffer.alloc(0)
    const etag = createHash('md5').update(body).digest('hex')
    return `<Contents><Key>${key}</Key><ETag>&quot;${etag}&quot;</ETag><Size>${body.length}</Size></Contents>`
  })
  const more = from + 2 < keys.length ? `<NextContinuationToken>${from + 2}</NextContinuationToken>` : ''
  return `<?xml version="1.0"?><ListBucketResult><IsTruncated>${more !== ''}</IsTruncated>${more}${contents.join('')}</ListBucketResult>`
}

let dist = ''
const write = (file: string, text: string): void => {
  mkdirSync(dirname(join(dist, file)), { recursive: true })
  writeFileSync(join(dist, file), text)
}
const target = () =>
  targetOf('s3://county/huitong', `http://127.0.0.1:${(store.address() as AddressInfo).port}`, 'local')

beforeEach(async () => {
  objects.clear()
  puts.length = 0
  failAt = null
  dist = mkdtempSync(join(tmpdir(), 'push-'))
  await new Promise<void>((done) => store.listen(0, '127.0.0.1', done))
  write('metadata/timestamp.json', 'one')
  write('metadata/1.targets.json', 'targets')
  write(`packs/${HASH}/431225.gz`, 'pack')
  write('records/1.json', 'record')
})
afterEach(async () => {
  rmSync(dist, { recursive: true, force: true })
  store.closeAllConnections()
  await new Promise((done) => store.close(done))
})

it('uploads what is named by its hash first and the pointer last of all', async () => {
  const report = await pushFolder(dist, target(), credentials)
  expect(report).toEqual({ uploaded: 4, bytes: 'onetargetspackrecord'.length, kept: 0, removed: 0 })
  expect(puts).toEqual([
    `huitong/packs/${HASH}/431225.gz`,
    'huitong/records/1.json',
    'huitong/metadata/1.targets.json',
    'huitong/metadata/timestamp.json',
  ])
})

it('sends only what changed, and takes away what the folder no longer has, but nothing outside its prefix', async () => {
  objects.set('other/file', Buffer.from('x'))
  await pushFolder(dist, target(), credentials)
  rmSync(join(dist, 'packs'), { recursive: true })
  write('metadata/timestamp.json', 'two')
  const report = await pushFolder(dist, target(), credentials)
  expect(report).toMatchObject({ uploaded: 1, kept: 2, removed: 1 })
  expect(objects.get('huitong/metadata/timestamp.json')?.toString()).toBe('two')
  expect(objects.has(`huitong/packs/${HASH}/431225.gz`)).toBe(false)
  expect(objects.has('other/file')).toBe(true)
})

it('leaves the old pointer where a file before it fails, and says what to do', async () => {
  await pushFolder(dist, target(), credentials)
  write('metadata/timestamp.json', 'two')
  write('metadata/2.targets.json', 'targets 2')
  failAt = 'huitong/metadata/2.targets.json'
  await expect(pushFolder(dist, target(), credentials)).rejects.toMatchObject({ code: 'E-SERVER' })
  expect(objects.get('huitong/metadata/timestamp.json')?.toString()).toBe('one')
})

it('names a store that isn’t there, and an address that is none', async () => {
  const nowhere = targetOf('s3://county', 'http://127.0.0.1:9', 'local')
  await expect(pushFolder(dist, nowhere, credentials)).rejects.toMatchObject({ code: 'E-OFFLINE' })
  expect(() => targetOf('http://county', null, 'local')).toThrow('Expected s3://bucket/prefix')
})
