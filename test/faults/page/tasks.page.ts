// The page of the faults: asks the tool for a task, does it, tells what came of it, and asks again.
import Dexie from 'dexie'
import type { Kind } from '../../../sync/contract/rows.ts'
import type { FromWorker } from '../../../sync/contract/sync-status.ts'
import type { Dataset, VillageNode } from '../../../sync/contract/tree.ts'
import { DATABASE } from '../../../sync/store/database.ts'
import { sha256 } from '../../../sync/store/hash.ts'
import { openReader } from '../../../sync/store/reader.ts'
import type { Answered, Done, Handed, Ran, Seen, Task } from '../tasks.ts'
import type { FromTrigger } from './trigger.page.ts'

/** ms after which a run that isn't to be killed counts as hung. */
const LONGEST_MS = 60_000

async function look(): Promise<Seen> {
  const nothing: Seen = { pointer: null, blocks: [], media: [], parts: [], rows: null }
  if (!(await Dexie.exists(DATABASE))) return nothing
  const dexie = await new Dexie(DATABASE).open()
  try {
    if (!dexie.tables.some(({ name }) => name === 'meta')) return nothing
    const parts: Seen['parts'] = []
    await dexie.table('parts').each((value, { primaryKey }) => parts.push([String(primaryKey), value?.nodes]))
    const blocks = [...(await hashes(dexie, 'blocks')), ...(await bundled(dexie))]
    const media = await hashes(dexie, 'media')
    const pointer: unknown = (await dexie.table('meta').get('pointer')) ?? null
    return { pointer, blocks, media, parts, rows: await rowsByKind(parts.flatMap(([, nodes]) => nodes)) }
  } finally {
    dexie.close()
  }
}

async function hashes(dexie: Dexie, table: string): Promise<[string, string][]> {
  const found: [string, Uint8Array<ArrayBuffer>][] = []
  await dexie.table(table).each((bytes, { primaryKey }) => found.push([String(primaryKey), bytes]))
  return hashed(found)
}

/** Each block of each village's bundle. */
async function bundled(dexie: Dexie): Promise<[string, string][]> {
  const found: [string, Uint8Array<ArrayBuffer>][] = []
  await dexie.table('bundles').each(({ blocks, bytes }) => {
    let at = 0
    for (const [hash, length] of blocks) {
      found.push([hash, bytes.slice(at, at + length)])
      at += length
    }
  })
  return hashed(found)
}

function hashed(found: readonly [string, Uint8Array<ArrayBuffer>][]): Promise<[string, string][]> {
  return Promise.all(found.map(async ([key, bytes]) => [key, await sha256(new Uint8Array(bytes))] as [string, string]))
}

/** Every block of what is shown, read, hashed and decoded by the terminal's own reader. */
async function rowsByKind(nodes: readonly unknown[]): Promise<Seen['rows']> {
  const reader = await openReader({ mendMs: 1 })
  if (reader === null) return null
  try {
    const kinds: Record<string, number> = {}
    for (const { dataset, part, village } of villagesOf(nodes)) {
      const node = await reader.village(dataset, part, village)
      for (const kind of new Set(node?.blocks.map(([each]) => each)))
        if (node !== null) kinds[kind] = (kinds[kind] ?? 0) + (await reader.rows(node, kind as Kind)).length
    }
    return { number: reader.record.number, parts: [...reader.parts].sort(), kinds }
  } finally {
    reader.close()
  }
}

type Address = Pick<VillageNode, 'dataset' | 'part' | 'village'>
function villagesOf(nodes: readonly unknown[]): Address[] {
  const found = new Map<string, Address>()
  for (const text of nodes) {
    const node: Partial<VillageNode> = JSON.parse(String(text))
    if (node.blocks === undefined) continue
    const { dataset = 'places' satisfies Dataset, part = '', village = '' } = node
    found.set(`${dataset}/${part}/${village}`, { dataset, part, village })
  }
  return [...found.values()]
}

function run({ until, moment }: Extract<Task, { do: 'run' }>): Promise<Ran> {
  const name = JSON.stringify(moment)
  const worker = new Worker(new URL('./worker.page.ts', import.meta.url), { type: 'module', name })
  let scrubbed = false
  /** Of the scrub that is told of when the release comes on screen: one of the release before. */
  let before: string | null | undefined
  let last = ''
  return new Promise<Ran>((done, failed) => {
    setTimeout(() => failed(new Error(`Expected release ${until} to settle, got ${last}`)), LONGEST_MS)
    worker.addEventListener('error', ({ message }) => failed(new Error(message)))
    worker.addEventListener('message', ({ data }: MessageEvent<FromWorker | FromTrigger>) => {
      if (data.type === 'status') {
        const { phase, shown, scrub, loading, lastFailure } = data.status
        last = JSON.stringify({ phase, shown: shown?.number, scrub, loading, lastFailure })
        const isShown = shown?.number === until && loading === null
        if (isShown && before === undefined) before = scrub?.at ?? null
        scrubbed = isShown && scrub !== null && scrub.at !== before && scrub.damaged === 0
        // A terminal asks at its slot; here it is asked to at once.
        if (phase === 'waiting' && loading === null && shown !== null && shown.number !== until)
          worker.postMessage({ type: 'sync-now' })
      }
      // Told after the scrub, it was the cleaning: the last of the care that a release brings.
      if (data.type === 'told' && scrubbed) done({ counts: data.counts })
    })
    worker.postMessage({ type: 'rest' })
  }).finally(() => worker.terminate())
}

async function perform(task: Task): Promise<Done> {
  try {
    if (task.do === 'look') return { seen: await look() }
    if (task.do === 'run') return { ran: await run(task) }
    location.href = task.url
    return await new Promise<never>(() => undefined)
  } catch (error) {
    return { failed: String(error) }
  }
}

async function main(): Promise<never> {
  for (;;) {
    const { id, task }: Handed = await (await fetch('/faults/task')).json()
    const answer: Answered = { id, done: await perform(task) }
    await fetch('/faults/done', { method: 'POST', body: JSON.stringify(answer) })
  }
}
void main()
