// The county that the host under fire belongs to: releases from the tests' own TUF repository, and an inbox that signs a
// receipt for each message and remembers what it got. It can be away.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import { CompactSign } from 'jose'
import { sha256 } from '../../electron/host/hash.ts'
import { handOver, RECEIPT_TYPE } from '../../sync/contract/inbox.ts'
import type { PatchHead } from '../../sync/contract/patch.ts'
import { paths, type ReleaseRecord } from '../../sync/contract/release.ts'
import { COUNTY, FORMAT_VERSION } from '../../sync/contract/tree.ts'
import { joinPatch } from '../../sync/core/patch-file.ts'
import { newOffice, type Office } from '../e2e/host-office.ts'
import { newKey, type TestKey } from '../e2e/host-tuf.ts'

export interface HostCounty {
  office: Office
  url: string
  /** Texts by message id: every different one that was ever handed over. */
  inbox: Map<string, Set<string>>
  /** True while nobody answers. */
  away: boolean
  close(): Promise<void>
}

export async function openHostCounty(): Promise<HostCounty> {
  const key = newKey()
  const office = newOffice()
  const { repository } = office
  const named = { keyid: key.key.keyID, public: key.publicHex }
  repository.extra['x-sunhall'] = { ...Object(repository.extra['x-sunhall']), office: named }
  repository.signRoot()
  office.publish(1, 'release 1')
  const server = createServer((request, response) => {
    if (county.away) response.destroy()
    else if (request.method === 'POST') void takeMessages(county, key, request, response)
    else sendFile(office, request, response)
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  const county: HostCounty = {
    office,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    inbox: new Map(),
    away: false,
    close: () =>
      new Promise((closed) => {
        server.close(() => closed())
        server.closeAllConnections()
      }),
  }
  return county
}

/** Publishes a release in which the notice says `text`, with the row patch from the one before: one changed cell. */
export function publishWithPatch(office: Office, number: number, text: string): void {
  const from = office.builds.at(-1)?.record.root ?? ''
  office.publish(number, text, (record) => ({ ...record, patches: [patchTo(office, record, from, text)] }))
}

function patchTo({ repository, builds }: Office, { root }: ReleaseRecord, from: string, text: string) {
  const cells = [['notices', '', 'body', [1], [1], [1], [text]]] satisfies PatchHead['cells']
  const nodes = [['notices', COUNTY, ['']]] satisfies PatchHead['nodes']
  const head: PatchHead = { cells, format: FORMAT_VERSION, from, nodes, part: 'patch', root, rows: [], whole: [] }
  const raw = joinPatch({ head, blocks: [] })
  const wire = gzipSync(raw)
  repository.files.set(paths.patch(root, from), wire)
  return {
    number: builds.at(-1)?.record.number ?? 0,
    root: from,
    hash: sha256(raw),
    wire: wire.length,
    raw: raw.length,
  }
}

function sendFile({ repository }: Office, request: IncomingMessage, response: ServerResponse): void {
  const bytes = repository.files.get(decodeURIComponent((request.url ?? '/').slice(1)))
  if (bytes === undefined) response.writeHead(404).end()
  else response.writeHead(200, { 'content-length': bytes.length }).end(bytes)
}

async function takeMessages(
  { inbox }: HostCounty,
  key: TestKey,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  const { messages } = handOver.parse(JSON.parse(Buffer.concat(chunks).toString('utf8')))
  const answers = messages.map(async (text) => {
    const { id }: { id: string } = JSON.parse(text)
    inbox.set(id, (inbox.get(id) ?? new Set()).add(text))
    const receipt = { format: 1, id, sha256: sha256(text), day: new Date().toISOString().slice(0, 10) }
    const signer = new CompactSign(Buffer.from(JSON.stringify(receipt)))
    signer.setProtectedHeader({ alg: 'EdDSA', typ: RECEIPT_TYPE, kid: key.key.keyID })
    return { result: 'kept', receipt: await signer.sign(key.secret) }
  })
  const body = JSON.stringify({ answers: await Promise.all(answers) })
  response.writeHead(200, { 'content-type': 'application/json' }).end(body)
}
