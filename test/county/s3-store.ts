// A store that speaks as much of the S3 protocol as a push needs, on real HTTP: no bucket is at hand here. It can fail or
// fall silent at a chosen key, and says what it holds.
import { createHash } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { dirname, join } from 'node:path'

export const S3_CREDENTIALS = { accessKeyId: 'key', secretAccessKey: 'secret' }

export interface TestS3 {
  url: string
  /** Content by key, without the bucket 'county'. */
  objects: Map<string, Buffer>
  /** Keys in the order in which they were put. */
  puts: string[]
  /** Refuses a PUT of this key. */
  failAt: string | null
  /** Called before each PUT and DELETE is done; one that never resolves is a line that has gone silent. */
  before: (what: { put: string } | { remove: string[] }) => Promise<void> | void
  /** Writes what lies below a prefix into a folder, as a web server before the bucket would show it. */
  dump(prefix: string, folder: string): void
  close(): Promise<void>
}

export async function startS3(): Promise<TestS3> {
  const store: TestS3 = {
    url: '',
    objects: new Map(),
    puts: [],
    failAt: null,
    before: () => undefined,
    dump(prefix, folder) {
      for (const [key, body] of store.objects) {
        if (!key.startsWith(prefix)) continue
        const file = join(folder, key.slice(prefix.length))
        mkdirSync(dirname(file), { recursive: true })
        writeFileSync(file, body)
      }
    },
    async close() {
      server.closeAllConnections()
      await new Promise((done) => server.close(done))
    },
  }
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => void answer(store, request, response, Buffer.concat(chunks)))
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  store.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return store
}

async function answer(store: TestS3, request: IncomingMessage, response: ServerResponse, body: Buffer): Promise<void> {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://store')
  const key = decodeURIComponent(pathname.replace(/^\/county\/?/, ''))
  if (!(request.headers.authorization ?? '').startsWith('AWS4-HMAC-SHA256 Credential=key/')) {
    response.writeHead(403).end('<Error><Code>AccessDenied</Code></Error>')
  } else if (request.method === 'PUT') {
    await store.before({ put: key })
    if (key === store.failAt) response.writeHead(400).end('<Error><Code>BadDay</Code></Error>')
    else {
      store.objects.set(key, body)
      store.puts.push(key)
      response.end()
    }
  } else if (request.method === 'POST') {
    const gone = [...body.toString().matchAll(/<Key>([^<]*)<\/Key>/g)].map(([, one = '']) => one)
    await store.before({ remove: gone })
    for (const one of gone) store.objects.delete(one)
    response.end('<DeleteResult></DeleteResult>')
  } else response.end(page(store.objects, searchParams))
}

/** A few objects a page, so that a second is always asked for. */
function page(objects: ReadonlyMap<string, Buffer>, asked: URLSearchParams): string {
  const from = Number(asked.get('continuation-token') ?? 0)
  const keys = [...objects.keys()].filter((key) => key.startsWith(asked.get('prefix') ?? '')).sort()
  const size = Math.max(2, Math.ceil(keys.length / 3))
  const contents = keys.slice(from, from + size).map((key) => {
    const body = objects.get(key) ?? Buffer.alloc(0)
    const etag = createHash('md5').update(body).digest('hex')
    return `<Contents><Key>${key}</Key><ETag>&quot;${etag}&quot;</ETag><Size>${body.length}</Size></Contents>`
  })
  const more = from + size < keys.length ? `<NextContinuationToken>${from + size}</NextContinuationToken>` : ''
  return `<?xml version="1.0"?><ListBucketResult><IsTruncated>${more !== ''}</IsTruncated>${more}${contents.join('')}</ListBucketResult>`
}
