// The benchmark's worker: loads releases as the terminal's worker does, and row stores on a sample of the same rows.
import { gunzipExactly } from '../../renderer/worker/gunzip.ts'
import type { ReleaseRecord } from '../../sync/contract/release.ts'
import { openBlockStore } from '../../sync/store/block-store.ts'
import { sha256 } from '../../sync/store/hash.ts'
import { openReader } from '../../sync/store/reader.ts'
import { loadRelease } from '../../sync/terminal/load.ts'
import type { Transport } from '../../sync/terminal/ports.ts'
import type { Peer, SampleRow } from './peers.page.ts'

export type Task =
  /** `line`: the server's folder, 'dist' or, at 2 Mbit/s, 'slow'. */
  | { task: 'load'; database: string; record: ReleaseRecord; own: string; line: 'dist' | 'slow' }
  | { task: 'sample'; database: string; rows: number }
  | { task: 'rows'; peer: Peer; rows: SampleRow[] }
export interface LoadResult {
  ms: number
  bytes: number
  requests: number
  /** ms from the first byte until county part and own township were stored and shown; 0 for a later release. */
  ownMs: number
}

function transportOf(line: 'dist' | 'slow'): Pick<Transport, 'file'> {
  return {
    async file({ path, raw, signal, arrived }) {
      const response = await fetch(`/${line}/${path}`, { cache: 'no-store', signal })
      if (!response.ok || response.body === null) throw new Error(`Expected ${path}, got ${response.status}`)
      return gunzipExactly(response.body, raw, arrived)
    },
  }
}

/** From the first request to the switch, everything verified and strictly written. A slow line's ends with the own part. */
async function load({ database, record, own, line }: Extract<Task, { task: 'load' }>): Promise<LoadResult> {
  const store = await openBlockStore(database)
  const meter = { bytes: 0, requests: 0 }
  const enough = new AbortController()
  let firstByte = 0
  let ownMs = 0
  const began = performance.now()
  const loading = loadRelease({
    store,
    transport: transportOf(line) as Transport,
    hash: sha256,
    record,
    own,
    signal: enough.signal,
    meter,
    allowed: () => true,
    steps: {
      planned: () => undefined,
      arrived() {
        firstByte ||= performance.now()
      },
      part(part, pointer) {
        if (part !== own || pointer === null) return
        ownMs = performance.now() - firstByte
        if (line === 'slow') enough.abort()
      },
    },
  })
  const { shown } = await loading.catch((error: unknown) => {
    if (enough.signal.aborted) return { shown: true }
    throw error
  })
  if (!shown) await store.switchTo(record, Object.keys(record.packs))
  const ms = performance.now() - began
  store.close()
  return { ms, ...meter, ownMs }
}

/** The first rows of the stored release, as a row store would keep them. */
async function sample(task: Extract<Task, { task: 'sample' }>): Promise<SampleRow[]> {
  const reader = await openReader({ database: task.database })
  if (reader === null) throw new Error('Expected a release')
  const rows: SampleRow[] = []
  for (const part of Object.keys(reader.record.packs)) {
    for (let village = 200; village < 220; village += 1) {
      const code = `${part}${village}`
      const node = await reader.village('funds', part, code)
      if (node === null || rows.length >= task.rows) continue
      for (const row of await reader.rows(node, 'payments'))
        rows.push({ ...row, id: rows.length, village: code, month: `${code}/${row.date.slice(0, 7)}` })
    }
  }
  reader.close()
  return rows.slice(0, task.rows)
}

async function run(task: Task): Promise<unknown> {
  if (task.task === 'load') return load(task)
  if (task.task === 'sample') return sample(task)
  // Only here, so that a load doesn't have the other stores' code beside it.
  const { writeRows } = await import('./peers.page.ts')
  return writeRows(task.peer, task.rows)
}

self.addEventListener('message', (event: MessageEvent<Task>) => {
  run(event.data).then(
    (result) => self.postMessage({ result }),
    (error: unknown) => self.postMessage({ error: String(error) }),
  )
})
