// What the store leaves on a terminal's disk, as the browser itself sees it: names, version and shapes. Terminals out there
// have it for years: whoever changes it raises the version in sync/store/database.ts, and goes on reading the older one.
import Dexie from 'dexie'
import { afterEach, expect, test } from 'vitest'
import { openBlockStore } from '../../sync/store/block-store.ts'
import { openReader } from '../../sync/store/reader.ts'
import { countyBlock, tinyRelease } from './store-release.ts'

const names: string[] = []
afterEach(async () => {
  for (const name of names.splice(0)) await Dexie.delete(name)
})

async function storedRelease() {
  const name = `format-${crypto.randomUUID()}`
  names.push(name)
  const release = await tinyRelease(1, [countyBlock('会同县')])
  const store = await openBlockStore(name)
  await store.begin(release.record)
  for (const head of release.heads) {
    const blocks = head.blocks.map(([hash]) => [hash, release.blocks.get(hash) ?? new Uint8Array()] as const)
    await store.showPart(release.record, head.part, { head, blocks })
  }
  await store.switchTo(release.record, Object.keys(release.record.packs))
  store.close()
  return { name, release }
}

test('the store is version 1 of Dexie: blocks, media, meta and parts without indexes, and a pointer with its sum', async () => {
  const { name, release } = await storedRelease()
  const database = await new Dexie(name).open()
  try {
    // Dexie counts in tens.
    expect(database.backendDB().version).toBe(10)
    const tables = database.tables.map(({ name: table, schema }) => [table, schema.primKey.src, schema.indexes.length])
    expect(tables.sort()).toEqual([
      ['blocks', '', 0],
      ['media', '', 0],
      ['meta', '', 0],
      ['parts', '', 0],
    ])
    const { root } = release.record
    expect(await database.table('parts').toCollection().primaryKeys()).toEqual([`${root}/431225`])
    expect(Object.keys(await database.table('parts').get(`${root}/431225`))).toEqual(['nodes'])
    expect(await database.table('meta').toCollection().primaryKeys()).toEqual(['pointer'])
    const pointer = await database.table('meta').get('pointer')
    expect(Object.keys(pointer).sort()).toEqual(['loading', 'previous', 'scrubbed', 'shown', 'shownParts', 'sum'])
    const [hash] = [...release.blocks.keys()]
    expect(await database.table('blocks').get(hash ?? '')).toEqual(release.blocks.get(hash ?? ''))
  } finally {
    database.close()
  }
})

test('a pointer from before it carried a sum is read, and so is its release', async () => {
  const { name, release } = await storedRelease()
  const database = await new Dexie(name).open()
  const { sum: _, ...older } = await database.table('meta').get('pointer')
  await database.table('meta').put(older, 'pointer')
  database.close()
  const reader = await openReader({ database: name, mendMs: 50 })
  expect([reader?.record.number, reader?.record.root]).toEqual([1, release.record.root])
  reader?.close()
  const store = await openBlockStore(name)
  await store.markScrubbed()
  expect(await store.pointer()).toMatchObject({ scrubbed: true, shown: { number: 1 } })
  store.close()
})
