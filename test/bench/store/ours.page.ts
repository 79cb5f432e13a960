// The release engine as a terminal's worker runs it: fetched, unpacked, hashed, strictly written, switched. Everything
// that a load costs is measured, the fetching too.
import Dexie from 'dexie'
import { createCountyData } from '../../../renderer/data/create.ts'
import { gunzipExactly } from '../../../renderer/worker/gunzip.ts'
import type { ReleaseRecord } from '../../../sync/contract/release.ts'
import { bitsOf } from '../../../sync/core/bitmap.ts'
import { openBlockStore } from '../../../sync/store/block-store.ts'
import { sha256 } from '../../../sync/store/hash.ts'
import type { OpenReader } from '../../../sync/store/interface.ts'
import { openReader } from '../../../sync/store/reader.ts'
import { loadRelease } from '../../../sync/terminal/load.ts'
import type { FileRequest, Transport } from '../../../sync/terminal/ports.ts'
import { type Answer, type Engine, offer, type Question } from './engine.page.ts'
import { answerOf, json } from './row-store.page.ts'

const DATABASE = 'bench-ours'
/** The terminal's own township. */
const OWN = '431225100'

export interface Loaded {
  ms: number
  bytes: number
  requests: number
  /** ms from the first byte until county part and own township were stored and shown; 0 for a later release. */
  ownMs: number
}

/** Only files are asked for: records come from the bench's server, as from a host that has verified them. */
export const transport = {
  async file({ path, raw, signal, arrived }: FileRequest) {
    const response = await fetch(`/dist/${path}`, { cache: 'no-store', signal })
    if (!response.ok || response.body === null) throw new Error(`Expected ${path}, got ${response.status}`)
    return gunzipExactly(response.body, raw, arrived)
  },
} as Transport

/** From the first request to the switch. */
export async function load(number: number): Promise<Loaded> {
  const record = await json<ReleaseRecord>(`/record/${number}`)
  const store = await openBlockStore(DATABASE)
  const meter = { bytes: 0, requests: 0 }
  let firstByte = 0
  let ownMs = 0
  const began = performance.now()
  const { shown } = await loadRelease({
    store,
    transport,
    hash: sha256,
    record,
    own: OWN,
    signal: new AbortController().signal,
    meter,
    allowed: () => true,
    steps: {
      planned: () => undefined,
      arrived() {
        firstByte ||= performance.now()
      },
      part(part, pointer) {
        if (part === OWN && pointer !== null) ownMs = performance.now() - firstByte
      },
    },
  })
  if (!shown) await store.switchTo(record, Object.keys(record.packs))
  const ms = performance.now() - began
  store.close()
  return { ms, ...meter, ownMs }
}

async function read(): Promise<OpenReader> {
  const reader = await openReader({ database: DATABASE })
  if (reader === null) throw new Error('Expected a release, found none')
  return reader
}

/** Payments of some people of a village: its registry, and the blocks that their bitmaps name. */
async function received(reader: OpenReader, { what, village, number }: Question): Promise<Answer> {
  const node = await reader.village('funds', village.slice(0, 9), village)
  if (node === null) return answerOf([])
  const people = await reader.rows(node, 'people')
  const members = people.filter((person) => (what === 'person' ? person.number : person.household) === number)
  const payments = node.blocks.flatMap((leaf, at) => (leaf[0] === 'payments' ? [at] : []))
  const wanted = new Set(members.flatMap((person) => bitsOf(person.blocks)))
  const leaves = payments.filter((_leaf, bit) => wanted.has(bit))
  const numbers = new Set(members.map((person) => person.number))
  return answerOf((await reader.rowsAt(node, 'payments', leaves)).filter((row) => numbers.has(row.person)))
}

async function ask(reader: OpenReader, question: Question): Promise<Answer> {
  if (question.what !== 'village') return received(reader, question)
  const node = await reader.village('funds', question.village.slice(0, 9), question.village)
  return answerOf(node === null ? [] : await reader.rows(node, 'payments'))
}

/** ms of a name over the whole county, by the read side that the screens use; each out of a reader's empty memory. */
async function nameMs(name: string): Promise<number> {
  const reader = await read()
  const data = createCountyData(reader)
  const began = performance.now()
  await data.findName(name)
  const ms = performance.now() - began
  reader.close()
  return ms
}

async function ourEngine(): Promise<Engine> {
  let reader: OpenReader | null = null
  const close = (): void => {
    reader?.close()
    reader = null
  }
  return {
    async load() {
      await Dexie.delete(DATABASE)
      return (await load(1)).ms
    },
    async ask(question) {
      reader ??= await read()
      return ask(reader, question)
    },
    async change(number) {
      close()
      return (await load(number)).ms
    },
    more: nameMs,
    async close() {
      close()
    },
  }
}

offer(ourEngine)
