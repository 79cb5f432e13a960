// P10: damage at rest in the store. Whatever is flipped or dropped is found by the scrub, mended by fetching only itself,
// and in the end the store holds the same bytes as before.
import Dexie from 'dexie'
import { afterEach, describe, expect, test } from 'vitest'
import { paths } from '../../sync/contract/release.ts'
import { COUNTY } from '../../sync/contract/tree.ts'
import { sha256 } from '../../sync/store/hash.ts'
import { openReader } from '../../sync/store/reader.ts'
import { drawsOf } from '../core/draws.ts'
import { countyBlock, paymentsBlock, type TinyBlock, type TinyRelease, tinyRelease } from './store-release.ts'
import { contents, drop, flip, keysOf, replaceBlock, storedHashes, TABLES, type Table } from './stored.ts'
import { type FakeHost, fakeHost, OWN, type Running, runEngine, settledOn } from './sync-fake-host.ts'

const ended: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const end of ended.splice(0).reverse()) await end()
})

const PICTURES = [1, 2, 3].map((number) => new Uint8Array([number, 2, 3, 4]))

async function pictures(): Promise<TinyBlock<'media'>> {
  const rows = await Promise.all(
    PICTURES.map(async (bytes) => ({ hash: await sha256(bytes), length: bytes.length, caption: '水渠' })),
  )
  return { dataset: 'funds', part: OWN, village: '', kind: 'media', period: '', rows }
}
async function county(): Promise<TinyBlock[]> {
  const villages = [100, 101, 102].flatMap((town) => [201, 202, 203].map((village) => `431225${town}${village}`))
  const amounts = (at: number) => Array.from({ length: 80 }, (_, row) => (row * 7919 + at * 104_729) % 100_000)
  return [countyBlock('会同县'), await pictures(), ...villages.map((each, at) => paymentsBlock(each, amounts(at)))]
}

interface Terminal {
  host: FakeHost
  name: string
  release: TinyRelease
  running: Running
  /** Scrubs until one finds nothing, and what was asked for went with it. */
  scrub(): Promise<void>
}

/** A terminal at rest: release shown, scrubbed, cleaned, its pictures there. */
async function atRest(): Promise<Terminal> {
  const [host, name] = [fakeHost(), `damage-${crypto.randomUUID()}`]
  const release = await tinyRelease(1, await county())
  for (const bytes of PICTURES) host.files.set(`media/${await sha256(bytes)}`, bytes)
  host.publish(release)
  const running = runEngine(host, name)
  ended.push(
    () => Dexie.delete(name),
    async () => running.stop(),
  )
  await running.until((status) => settledOn(1)(status) && status.scrub !== null && status.media.have === 3)
  await expect.poll(() => host.told.shown.length).toBeGreaterThan(1)
  host.asked.length = 0
  const scrub = async (): Promise<void> => {
    const before = running.engine.status().scrub
    running.engine.tell({ type: 'scrub-now' })
    await running.until(({ phase, scrub: now }) => phase === 'waiting' && now !== before && now?.damaged === 0)
  }
  return { host, name, release, running, scrub }
}

/** What has to be fetched, and nothing else: of a village's bundle the blocks that are harmed. */
function cureOf({ release }: Terminal, table: Table, key: string, harmed: readonly string[]): string[] {
  if (table === 'blocks' || table === 'bundles') return harmed.map((each) => paths.block(each.slice('block '.length)))
  if (table === 'parts') return [paths.pack(release.record.root, key.slice(65))]
  // A damaged pointer is written anew: what it pointed to is there.
  return table === 'media' ? [`media/${key}`] : []
}

describe('damage at rest', () => {
  const seed = Math.floor(Math.random() * 2 ** 31)
  const kinds = TABLES.flatMap((table) => (['flipped', 'dropped'] as const).map((how) => [table, how] as const))
  test.each(kinds)(`in ${'%s'}, %s, is mended by fetching only itself (seed ${seed})`, async (table, how) => {
    const draw = drawsOf(seed)
    const terminal = await atRest()
    const { host, name, running, scrub } = terminal
    const whole = await contents(name)
    for (let round = 0; round < 3; round += 1) {
      const keys = (await keysOf(name, table)).sort()
      const key = keys[Math.floor(draw() * keys.length)] ?? ''
      if (how === 'dropped') await drop(name, table, key)
      else await flip(name, table, key, draw())
      const spoiled = await contents(name)
      const harmed = Object.keys(whole).filter((each) => JSON.stringify(spoiled[each]) !== JSON.stringify(whole[each]))
      expect(harmed).not.toEqual([])
      const before = host.bytes()
      await scrub()
      await expect.poll(() => contents(name)).toEqual(whole)
      await running.until(settledOn(1))
      const cure = cureOf(terminal, table, key, harmed)
      expect(host.asked.splice(0).sort()).toEqual(cure.sort())
      const wire = cure.map((path) => (path.startsWith('media/') ? 0 : (host.files.get(path)?.length ?? 0)))
      expect(host.bytes() - before).toBe(wire.reduce((sum, each) => sum + each, 0))
    }
  })

  test.each([COUNTY, OWN])(
    'in the nodes of %s is met by a reader as damage, and never as a place without data',
    async (part) => {
      const { name, release, host } = await atRest()
      await drop(name, 'parts', `${release.record.root}/${part}`)
      const reader = await openReader({ database: name })
      ended.push(async () => reader?.close())
      const node = await reader?.village('funds', OWN, `${OWN}201`)
      expect(node?.blocks).toHaveLength(1)
      expect(host.asked).toEqual([paths.pack(release.record.root, part)])
    },
  )

  test('in everything at once is mended all the same', async () => {
    const { host, name, scrub, release, running } = await atRest()
    const whole = await contents(name)
    const [block = '', other = ''] = await storedHashes(name)
    const [picture = ''] = await keysOf(name, 'media')
    await replaceBlock(
      name,
      block,
      (release.blocks.get(block) ?? new Uint8Array()).map((byte) => byte ^ 1),
    )
    await replaceBlock(name, other, null)
    await flip(name, 'parts', `${release.record.root}/${COUNTY}`, 0.5)
    await drop(name, 'parts', `${release.record.root}/${OWN}`)
    await flip(name, 'media', picture, 0.5)
    await scrub()
    await expect.poll(() => contents(name)).toEqual(whole)
    await running.until(settledOn(1))
    expect(host.asked.filter((path) => path.startsWith('packs/'))).toHaveLength(2)
  })
})

describe('a store that the browser has reset', () => {
  test.each(['deleted', 'emptied'])(
    'by being %s is rebuilt out of the mirror, without office or technician',
    async (how) => {
      const { host, name, release, running } = await atRest()
      const whole = await contents(name)
      const error = { code: 'E-OFFLINE' as const, message: 'Expected the office, nobody answered', number: null }
      host.answer({ result: 'unavailable', error, retryAfterSeconds: null })
      running.stop()
      if (how === 'deleted') await Dexie.delete(name)
      else for (const table of TABLES) for (const key of await keysOf(name, table)) await drop(name, table, key)
      const again = runEngine(host, name)
      ended.push(async () => again.stop())
      await again.until((status) => settledOn(1)(status) && status.scrub?.damaged === 0)
      await expect.poll(() => contents(name)).toEqual(whole)
      const files = host.asked.filter((path) => !path.startsWith('media/'))
      expect(files.sort()).toEqual(
        Object.keys(release.record.packs)
          .map((part) => paths.pack(release.record.root, part))
          .sort(),
      )
    },
  )
})
