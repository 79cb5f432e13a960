// The release engine as an engine of the bench: loads as a terminal's worker does, and reads as its screens do.
import Dexie from 'dexie'
import { createCountyData } from '../../../renderer/data/create.ts'
import { bitsOf } from '../../../sync/core/bitmap.ts'
import { openBlockStore } from '../../../sync/store/block-store.ts'
import type { BlockStore, OpenReader } from '../../../sync/store/interface.ts'
import { openReader } from '../../../sync/store/reader.ts'
import { type Answer, type Engine, offer, type Question } from './engine.page.ts'
import { DATABASE, load, loadInto, recordOf } from './our-load.page.ts'
import { answerOf } from './row-store.page.ts'

async function read(): Promise<OpenReader> {
  const reader = await openReader({ database: DATABASE })
  if (reader === null) throw new Error('Expected a release, found none')
  return reader
}

/** Payments of some people of a village: its registry, and the blocks that their bitmaps name. */
async function received(reader: OpenReader, { what, village, number }: Question): Promise<Answer> {
  const node = await reader.village('funds', village.slice(0, 9), village)
  if (node === null) return answerOf([])
  const field = what === 'person' ? 'number' : 'household'
  const members = await reader.rowsWith(node, 'people', { field, values: new Set([number]) })
  const payments = node.blocks.flatMap((leaf, at) => (leaf[0] === 'payments' ? [at] : []))
  const wanted = new Set(members.flatMap((person) => bitsOf(person.blocks)))
  const leaves = payments.filter((_leaf, bit) => wanted.has(bit))
  const persons = { field: 'person', values: new Set(members.map((person) => person.number)) } as const
  return answerOf(await reader.rowsWith(node, 'payments', persons, leaves))
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
  /** Open from the first change on, as a terminal's is from its start, and as the row stores' are. */
  let store: BlockStore | null = null
  const close = (): void => {
    reader?.close()
    reader = null
  }
  return {
    async load() {
      await Dexie.delete(DATABASE)
      return (await load(await recordOf(1))).ms
    },
    async ask(question) {
      reader ??= await read()
      return ask(reader, question)
    },
    async change(number) {
      close()
      const record = await recordOf(number)
      store ??= await openBlockStore(DATABASE)
      return (await loadInto(store, record)).ms
    },
    more: nameMs,
    async close() {
      close()
      store?.close()
      store = null
    },
  }
}

offer(ourEngine)
