// P1 with several pages on one profile: one of them writes, the others wait, and when the one that writes is closed or
// dies, the next goes on from what is stored. Workers of their own, as pages have them; real pages: test/e2e/two-pages.
import Dexie from 'dexie'
import { afterEach, expect, test } from 'vitest'
import { OWNER_LOCK } from '../../sync/store/database.ts'
import { openReader } from '../../sync/store/reader.ts'
import { drawsOf } from '../core/draws.ts'
import type { FromOwner, OwnerTask } from './owner-worker.ts'
import { blocksOf, type County, changed, startCounty } from './random-county.ts'
import { freshContents } from './rest.ts'
import { type TinyRelease, tinyRelease } from './store-release.ts'
import { contents } from './stored.ts'
import { withPatches } from './tiny-patch.ts'

const ended: (() => unknown)[] = []
afterEach(async () => {
  for (const end of ended.splice(0).reverse()) await end()
})

/** For a worker to start on a busy machine. */
const PATIENCE = { timeout: 20_000 }

interface Page {
  said: FromOwner[]
  /** The first message of that type. */
  until<T extends FromOwner['type']>(type: T): Promise<Extract<FromOwner, { type: T }>>
  close(): void
}

function openPage(task: OwnerTask): Page {
  const worker = new Worker(new URL('./owner-worker.ts', import.meta.url), { type: 'module' })
  const said: FromOwner[] = []
  worker.addEventListener('message', ({ data }: MessageEvent<FromOwner>) => said.push(data))
  worker.postMessage(task)
  ended.push(() => worker.terminate())
  return {
    said,
    async until(type) {
      const isIt = (each: FromOwner): each is Extract<FromOwner, { type: typeof type }> => each.type === type
      await expect.poll(() => said.some(isIt), PATIENCE).toBe(true)
      return said.find(isIt) ?? expect.fail(`nobody said ${type}`)
    },
    close: () => worker.terminate(),
  }
}

function freshName(): string {
  const name = `pages-${crypto.randomUUID()}`
  ended.push(() => Dexie.delete(name))
  return name
}

/** How many pages wait for the store. */
async function waiting(database: string): Promise<number> {
  const { pending = [] } = await navigator.locks.query()
  return pending.filter(({ name }) => name === `${database}:${OWNER_LOCK}`).length
}

interface Releases {
  first: TinyRelease
  second: TinyRelease
  counties: County[]
}
async function releases(): Promise<Releases> {
  const county = startCounty(drawsOf(5), 12)
  const next = changed(county, drawsOf(9))
  const first = await tinyRelease(1, blocksOf(county, 1))
  const second = await withPatches(await tinyRelease(2, blocksOf(next, 2), [first]), [first])
  return { first, second, counties: [county, next] }
}

/** Number of the release on screen; it is whole, and not a row of it is another one's. */
async function shown(database: string, { counties }: Releases): Promise<number> {
  const reader = await openReader({ database, mendMs: 10 })
  try {
    const { number } = reader?.record ?? { number: 0 }
    for (const [village, amounts] of counties[number - 1] ?? []) {
      const node = await reader?.village('funds', village.slice(0, 9), village)
      const rows = node == null ? [] : await reader?.rows(node, 'payments')
      if (node != null || number === 2) expect(rows?.map(({ amount }) => amount)).toEqual(amounts)
    }
    return number
  } finally {
    reader?.close()
  }
}

test('the second page waits while the first one writes, and goes on from where that one was closed', async () => {
  const [database, all] = [freshName(), await releases()]
  const one = openPage({ database, release: all.first, holdAfter: 2 })
  const { asked } = await one.until('held')
  const two = openPage({ database, release: all.first, holdAfter: null })
  await expect.poll(() => waiting(database), PATIENCE).toBe(1)
  expect(await shown(database, all)).toBe(1)
  expect(two.said).toEqual([])
  one.close()
  await two.until('owns')
  const settled = await two.until('settled')
  // The file at which the first stood still is asked for again; what it had stored is not.
  expect(settled.asked.filter((path) => asked.slice(0, 2).includes(path))).toEqual([])
  expect(await shown(database, all)).toBe(1)
  expect(await contents(database)).toEqual(await freshContents(all.first))
})

test('a page that dies in mid-load of a later release leaves the old one whole, and the one that waits brings the new one', async () => {
  const [database, all] = [freshName(), await releases()]
  const one = openPage({ database, release: all.first, holdAfter: null })
  await one.until('settled')
  one.close()
  const two = openPage({ database, release: all.second, holdAfter: 0 })
  await two.until('held')
  const three = openPage({ database, release: all.second, holdAfter: null })
  await expect.poll(() => waiting(database), PATIENCE).toBe(1)
  expect(await shown(database, all)).toBe(1)
  two.close()
  await three.until('settled')
  expect(await shown(database, all)).toBe(2)
  expect(await contents(database)).toEqual(await freshContents(all.second))
})

const seed = Math.floor(Math.random() * 2 ** 31)
test(`of six pages the one that writes is closed again and again, and nothing is lost or mixed (seed ${seed})`, {
  timeout: 60_000,
}, async () => {
  const draw = drawsOf(seed)
  const [database, all] = [freshName(), await releases()]
  const first = openPage({ database, release: all.first, holdAfter: null })
  await first.until('settled')
  const pages = Array.from({ length: 5 }, () => openPage({ database, release: all.second, holdAfter: null }))
  await expect.poll(() => waiting(database), PATIENCE).toBe(5)
  let least = 1
  for (let last = first; pages.length > 0; ) {
    last.close()
    await expect.poll(() => pages.some(({ said }) => said.length > 0), PATIENCE).toBe(true)
    // One of them alone: the others have said nothing.
    const owners = pages.filter(({ said }) => said.length > 0)
    expect(owners).toHaveLength(1)
    expect(await waiting(database)).toBe(pages.length - 1)
    await new Promise((later) => setTimeout(later, draw() * 60))
    last = owners[0] ?? first
    pages.splice(pages.indexOf(last), 1)
    if (pages.length === 0) await last.until('settled')
    const number = await shown(database, all)
    expect(number).toBeGreaterThanOrEqual(least)
    least = number
  }
  expect(least).toBe(2)
  expect(await contents(database)).toEqual(await freshContents(all.second))
})
