// What the sync engine does besides loading: mending, scrubbing, a lost store, pictures, hours for large loads. Real store,
// real Chromium, a host at the transport's seam.
import Dexie from 'dexie'
import { describe, expect, test } from 'vitest'
import { paths } from '../../sync/contract/release.ts'
import { COUNTY } from '../../sync/contract/tree.ts'
import { openReader } from '../../sync/store/reader.ts'
import { type TinyBlock, tinyRelease } from './store-release.ts'
import { replaceBlock } from './stored.ts'
import { fakeHost, OWN, PROFILE, settledOn } from './sync-fake-host.ts'
import { A, county, everything, expected, freshName, loaded, run } from './sync-stage.ts'

describe('care', () => {
  test('mends a block that a reader finds damaged, singly, while the read waits', async () => {
    const [host, name] = [fakeHost(), freshName()]
    const release = await tinyRelease(1, county(0))
    await (await loaded(host, release, name)).until((each) => each.scrub !== null)
    host.asked.length = 0
    const hash = release.heads[1]?.blocks[0]?.[0] ?? ''
    await replaceBlock(name, hash, new Uint8Array([9]))
    const reader = await openReader({ database: name })
    const node = await reader?.village('funds', A, `${A}201`)
    expect(node && (await reader?.rows(node, 'payments'))).toHaveLength(200)
    reader?.close()
    expect(host.asked).toEqual([paths.block(hash)])
  })

  test('mends damaged nodes out of their part’s pack, and a block that is not served singly out of its pack', async () => {
    const [host, name] = [fakeHost(), freshName()]
    const release = await tinyRelease(1, county(0))
    const { engine, until } = await loaded(host, release, name)
    // Told after cleaning too, the last of the care that a load brings.
    await expect.poll(() => host.told.shown.length).toBeGreaterThan(1)
    const hash = release.heads[1]?.blocks[0]?.[0] ?? ''
    const { root } = release.record
    host.files.delete(paths.block(hash))
    host.asked.length = 0
    await replaceBlock(name, hash, null)
    const dexie = await new Dexie(name).open()
    await dexie.table('parts').put({ nodes: ['x'] }, `${root}/${COUNTY}`)
    dexie.close()
    engine.tell({ type: 'scrub-now' })
    host.told.statuses.length = 0
    await until((each) => each.phase === 'waiting' && each.scrub?.damaged === 0 && host.asked.length > 0)
    const scrubs = new Set(host.told.statuses.flatMap(({ scrub }) => scrub ?? []))
    // Townships hang off the county's nodes: they can only be looked at once those are mended.
    expect([...scrubs]).toMatchObject([
      { damaged: 1, repaired: 1 },
      { blocks: 13, damaged: 1, repaired: 1 },
      { blocks: 13, damaged: 0 },
    ])
    expect(host.asked).toEqual([paths.pack(root, COUNTY), paths.block(hash), paths.pack(root, A)])
    expect((await everything(name))?.rows).toBe(expected(release.source))
  })

  test('scrubs after an unclean stop, but not while somebody is at the screen', async () => {
    const [host, name] = [fakeHost(), freshName()]
    const first = await loaded(host, await tinyRelease(1, county(0)), name)
    await first.until((each) => each.scrub !== null)
    first.stop()
    host.state.uncleanStop = true
    const second = run(host, name, { resting: false })
    await second.until((each) => each.phase === 'scrubbing')
    await new Promise((done) => setTimeout(done, 200))
    expect(second.engine.status().scrub).toBeNull()
    second.engine.tell({ type: 'rest' })
    expect((await second.until((each) => each.scrub !== null)).scrub).toMatchObject({ blocks: 13, damaged: 0 })
  })

  test('a store that the browser lost is filled again without a word to anybody', async () => {
    const [host, name] = [fakeHost(), freshName()]
    const release = await tinyRelease(1, county(0))
    const started = await loaded(host, release, name)
    await started.until((each) => each.scrub !== null)
    await Dexie.delete(name)
    started.engine.tell({ type: 'sync-now' })
    await started.until((each) => each.lastFailure?.code === 'E-STORE')
    await started.until((each) => settledOn(1)(each) && each.lastFailure === null)
    expect(await everything(name)).toEqual({ number: 1, rows: expected(release.source) })
  })

  test('fetches the own township’s pictures after the switch, keeps only those with the signed hash', async () => {
    const [host, name] = [fakeHost(), freshName()]
    const good = '039058c6f2c0cb492c533b0a4d14ef77cc0f78abccced5287d84a1a2011cfb81'
    const bad = 'b'.repeat(64)
    host.files.set(`media/${good}`, new Uint8Array([1, 2, 3]))
    host.files.set(`media/${bad}`, new Uint8Array([4]))
    const media = (part: string, hashes: string[]): TinyBlock<'media'> => ({
      dataset: 'funds',
      part,
      village: '',
      kind: 'media',
      period: '',
      rows: hashes.map((hash) => ({ hash, length: 3, caption: '施工前' })),
    })
    const release = await tinyRelease(1, [...county(0), media(OWN, [good, bad]), media(A, ['c'.repeat(64)])])
    const started = await loaded(host, release, name)
    await started.until((each) => each.scrub !== null)
    expect(started.engine.status().media).toEqual({ have: 1, wanted: 2 })
    expect(host.asked.filter((path) => path.startsWith('media/'))).toEqual([`media/${good}`, `media/${bad}`])
    const reader = await openReader({ database: name })
    expect(await reader?.media(good)).toEqual(new Uint8Array([1, 2, 3]))
    expect(await reader?.media(bad)).toBeNull()
    reader?.close()
  })

  test('large loads wait for their hours, unless somebody asks', async () => {
    const [host, name] = [fakeHost(), freshName()]
    const first = await tinyRelease(1, county(0))
    const schedule = { everyMinutes: 60, largeBytes: 10, largeLoads: [nowhere()] }
    host.state.profile = { ...PROFILE, schedule }
    const started = await loaded(host, first, name)
    host.publish(await tinyRelease(2, county(1), [first]))
    started.stop()
    const again = run(host, name, { ports: { random: () => 0 } })
    const status = await again.until((each) => each.phase === 'waiting' && each.last === null && each.nextSlot !== null)
    expect(status.shown?.number).toBe(1)
    await again.until((each) => Date.parse(each.nextSlot ?? '') > Date.now() + 60 * 60_000, 'a slot in the hours')
    again.engine.tell({ type: 'sync-now' })
    await again.until(settledOn(2))
  })
})

/** Hours for large loads that are far from now, local time of the fake clock (UTC+8). */
function nowhere(): { from: string; to: string } {
  const hour = (new Date().getUTCHours() + 8 + 10) % 24
  const text = (value: number): string => `${String(value % 24).padStart(2, '0')}:00`
  return { from: text(hour), to: text(hour + 2) }
}
