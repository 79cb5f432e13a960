import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { buildBlocks } from '../../publish/build.ts'
import { buildTree } from '../../publish/tree.ts'
import { type Books, beginTransaction } from '../database/books.ts'
import { loadSample } from '../import/load-sample.ts'
import { type Office, openOffice } from '../office.ts'
import { sampleCounty, samplePhones } from '../sample/sample.ts'
import { OfficeSource } from './source.ts'
import type { VillageRead } from './village.ts'
import { VillageThread } from './village-thread.ts'

const TODAY = '2026-11-24'
const NOW = new Date('2026-11-24T02:00:00Z')
let folder = ''
let office: Office

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sunhall-thread-'))
  office = openOffice(folder, NOW)
})
afterEach(async () => {
  await office.close()
  rmSync(folder, { recursive: true })
})

/** The root of the next release and the numbers that people have after it. */
async function builtBy(apart: boolean): Promise<{ root: string; numbers: unknown }> {
  const all = await beginTransaction(await office.books())
  try {
    const { root } = buildTree(await buildBlocks(await OfficeSource.open(all, TODAY, { apart })))
    return { root: root.hash, numbers: await numbersIn(all) }
  } finally {
    await all.rollback().execute()
  }
}

function numbersIn(books: Books) {
  return books.selectFrom('roster').select(['village', 'id', 'number']).orderBy('village').orderBy('id').execute()
}

const column = (values: readonly unknown[]): Uint8Array<ArrayBuffer> => new TextEncoder().encode(JSON.stringify(values))
const bare = (payments: Record<string, readonly unknown[]>): VillageRead => ({
  payments: new Map(Object.entries(payments).map(([name, values]) => [name as 'fund', column(values)])),
  members: new Map(),
  ledger: new Map(),
  masked: new Map(),
  shownIn: [],
  mask: { crowd: { bySurname: new Map(), total: 0 }, shown: new Set() },
})
const jobOf = (read: VillageRead) => ({ village: '431225100201', read, openYear: 2026, known: null })

describe('a thread that builds villages', () => {
  it('gives the release and the numbers that this thread gives', async () => {
    const options = { scale: 0.004, seed: 7, today: TODAY }
    await loadSample(
      office,
      sampleCounty(options),
      samplePhones(options).map(({ phone }) => phone),
      NOW,
    )
    const here = await builtBy(false)
    expect(await builtBy(true)).toEqual(here)
    // And people had none before.
    expect(await numbersIn(await office.books())).not.toEqual(here.numbers)
  }, 120_000)

  it('says what is wrong with a village, and goes on with the next', async () => {
    const thread = new VillageThread(new Set())
    try {
      const wrong = thread.build(jobOf(bare({ person: [1], fund: [] })))
      const empty = thread.build(jobOf(bare({})))
      await expect(wrong).rejects.toMatchObject({ code: 'E-FORMAT' })
      expect(await empty).toMatchObject({ names: [], fresh: [], built: { funds: [], finance: [] } })
    } finally {
      await thread.close()
    }
  })

  it('lets nobody wait for it when it ends', async () => {
    const thread = new VillageThread(new Set())
    const waiting = expect(thread.build(jobOf(bare({})))).rejects.toMatchObject({ code: 'E-SERVER' })
    await thread.close()
    await waiting
    await expect(thread.build(jobOf(bare({})))).rejects.toMatchObject({ code: 'E-SERVER' })
  })
})
