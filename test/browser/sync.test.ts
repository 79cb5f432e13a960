// The sync engine on the real store in real Chromium, against a host at the transport's seam.
import Dexie from 'dexie'
import { afterEach, describe, expect, test } from 'vitest'
import { SunhallError } from '../../sync/contract/errors.ts'
import { paths } from '../../sync/contract/release.ts'
import { COUNTY } from '../../sync/contract/tree.ts'
import { canonicalJson } from '../../sync/core/canonical.ts'
import { openReader } from '../../sync/store/reader.ts'
import { countyBlock, gzip, paymentsBlock, type TinyBlock, type TinyRelease, tinyRelease } from './store-release.ts'
import { replaceBlock, storedHashes } from './stored.ts'
import { type FakeHost, fakeHost, OWN, PROFILE, type Running, runEngine, settledOn } from './sync-fake-host.ts'

const A = '431225100'
const names: string[] = []
const running: Running[] = []
function freshName(): string {
  const name = `sync-${crypto.randomUUID()}`
  names.push(name)
  return name
}
function run(...given: Parameters<typeof runEngine>): Running {
  const started = runEngine(...given)
  running.push(started)
  return started
}
afterEach(async () => {
  for (const each of running.splice(0)) each.stop()
  for (const name of names.splice(0)) await Dexie.delete(name)
})

/** 3 townships with 4 villages each; `seed` changes one village's amounts, so that one block differs. */
function county(seed: number): TinyBlock[] {
  const villages = [100, 101, 102].flatMap((town) => [201, 202, 203, 204].map((village) => `431225${town}${village}`))
  return [
    countyBlock('会同县'),
    ...villages.map((village, at) =>
      paymentsBlock(
        village,
        Array.from({ length: 200 }, (_, row) => ((row * 7919 + at * 104_729) % 100_000) + (at === 5 ? seed : 0)),
      ),
    ),
  ]
}
/** All of what a reader gives, as one text per release. */
async function everything(database: string): Promise<{ number: number; rows: string } | null> {
  const reader = await openReader({ database, mendMs: 50 })
  if (reader === null) return null
  try {
    const rows: unknown[] = []
    for (const part of [...reader.parts].sort())
      for (const village of ['', '201', '202', '203', '204']) {
        const node = await reader.village(part === COUNTY ? 'places' : 'funds', part, village && part + village)
        if (node === null) continue
        rows.push(part, village, await reader.rows(node, part === COUNTY ? 'places' : 'payments'))
      }
    return { number: reader.record.number, rows: canonicalJson(rows) }
  } finally {
    reader.close()
  }
}
function expected(source: readonly TinyBlock[], parts?: readonly string[]): string {
  const rows: unknown[] = []
  const wanted = [...new Set(source.map(({ part }) => part))].filter((part) => parts?.includes(part) ?? true).sort()
  for (const part of wanted)
    for (const village of ['', '201', '202', '203', '204']) {
      const found = source.filter((block) => block.part === part && block.village === (village && part + village))
      if (found.length > 0)
        rows.push(
          part,
          village,
          found.flatMap((block) => block.rows),
        )
    }
  return canonicalJson(rows)
}
async function loaded(host: FakeHost, release: TinyRelease, database: string): Promise<Running> {
  host.publish(release)
  const started = run(host, database)
  await started.until(settledOn(release.record.number), `release ${release.record.number}`)
  return started
}

describe('a first load', () => {
  test('brings every row, county and own township first, each part shown as soon as it is whole', async () => {
    const [host, name] = [fakeHost(), freshName()]
    const release = await tinyRelease(1, county(0))
    const { changed } = await loaded(host, release, name)
    expect(await everything(name)).toEqual({ number: 1, rows: expected(release.source) })
    expect(host.asked.slice(0, 4)).toEqual(
      [COUNTY, OWN, A, '431225102'].map((part) => paths.pack(release.record.root, part)),
    )
    expect(changed.map(({ parts }) => parts.length)).toEqual([1, 2, 3, 4, 4])
    expect(host.told.shown).toContain(release.record.root)
  })

  test('shows county and own township while the rest is still coming, and goes on after a crash', async () => {
    const [host, name] = [fakeHost(), freshName()]
    const release = await tinyRelease(1, county(0))
    host.publish(release)
    let stuck = true
    host.fault = (path, wire) => (stuck && path.includes(A) ? new Promise(() => undefined) : wire)
    const first = run(host, name)
    const status = await first.until((each) => each.shownParts.length === 2, 'two parts')
    expect(status.loading).toMatchObject({ number: 1, parts: 4, ready: [COUNTY, OWN] })
    expect(status.loading?.bytesDone).toBeGreaterThan(0)
    expect(await everything(name)).toEqual({ number: 1, rows: expected(release.source, [COUNTY, OWN]) })
    first.stop()
    stuck = false
    host.asked.length = 0
    // A newer release is out meanwhile: the first load keeps to the one it began with.
    host.publish(await tinyRelease(2, county(1), [release]))
    const second = run(host, name)
    await second.until((each) => each.shown?.number === 1 && each.shownParts.length === 4, 'the first release whole')
    expect(host.asked.filter((path) => path.startsWith(`packs/${release.record.root}`))).toHaveLength(2)
  })

  test('gives up a release that is served no more, and loads the newest', async () => {
    const [host, name] = [fakeHost(), freshName()]
    const old = await tinyRelease(1, county(0))
    host.publish(old)
    host.fault = (path, wire) => (path.includes('431225102') ? new Promise(() => undefined) : wire)
    const first = run(host, name)
    await first.until((each) => each.shownParts.length === 3)
    first.stop()
    host.fault = (_path, wire) => wire
    host.files.clear()
    const next = await tinyRelease(2, county(1))
    host.publish(next)
    const second = run(host, name)
    await second.until((each) => each.lastFailure?.code === 'E-MISSING')
    second.engine.tell({ type: 'sync-now' })
    await second.until(settledOn(2))
    expect(await everything(name)).toEqual({ number: 2, rows: expected(next.source) })
  })

  test('needs no office: what the host trusts comes out of its mirror', async () => {
    const [host, name] = [fakeHost(), freshName()]
    const release = await tinyRelease(1, county(0))
    host.publish(release)
    const error = { code: 'E-OFFLINE' as const, message: 'Expected the office', number: null }
    host.answer({ result: 'unavailable', error, retryAfterSeconds: null })
    const started = run(host, name)
    const status = await started.until(settledOn(1))
    expect(status.lastFailure?.code).toBe('E-OFFLINE')
    expect((await everything(name))?.rows).toBe(expected(release.source))
  })
})

describe('a later release', () => {
  test('fetches one delta that holds only the missing block, and switches at rest', async () => {
    const [host, name] = [fakeHost(), freshName()]
    const first = await tinyRelease(1, county(0))
    const started = await loaded(host, first, name)
    const before = host.bytes()
    host.asked.length = 0
    started.engine.tell({ type: 'visit' })
    const second = await tinyRelease(2, county(1), [first])
    host.publish(second)
    started.engine.tell({ type: 'sync-now' })
    const ready = await started.until((each) => each.phase === 'ready-to-switch')
    expect(ready.shown?.number).toBe(1)
    expect((await everything(name))?.rows).toBe(expected(first.source))
    started.engine.tell({ type: 'rest' })
    await started.until(settledOn(2))
    expect(await everything(name)).toEqual({ number: 2, rows: expected(second.source) })
    expect(host.asked).toEqual([paths.delta(second.record.root, first.record.root)])
    const delta = second.record.deltas[0]?.wire ?? 0
    expect(host.bytes() - before).toBe(delta)
    const packs = Object.values(second.record.packs).reduce((sum, { wire }) => sum + wire, 0)
    expect(delta).toBeLessThan(packs / 2)
    expect(started.engine.status().last).toMatchObject({ number: 2, requests: 1, bytes: delta + 10 })
  })

  test('without a delta fetches the tree and the one missing block', async () => {
    const [host, name] = [fakeHost(), freshName()]
    const first = await tinyRelease(1, county(0))
    const started = await loaded(host, first, name)
    host.asked.length = 0
    const second = await tinyRelease(2, county(1))
    host.publish(second)
    started.engine.tell({ type: 'sync-now' })
    await started.until(settledOn(2))
    expect(host.asked[0]).toBe(paths.tree(second.record.root))
    expect(host.asked).toHaveLength(2)
    expect((await everything(name))?.rows).toBe(expected(second.source))
  })

  test('takes the tree where the delta is damaged or gone', async () => {
    const [host, name] = [fakeHost(), freshName()]
    const first = await tinyRelease(1, county(0))
    const started = await loaded(host, first, name)
    const second = await tinyRelease(2, county(1), [first])
    host.publish(second)
    const path = paths.delta(second.record.root, first.record.root)
    host.fault = (asked, wire) => (asked === path ? wire.slice(0, 40) : wire)
    started.engine.tell({ type: 'sync-now' })
    await started.until(settledOn(2))
    expect((await everything(name))?.rows).toBe(expected(second.source))
  })

  test('with the same data under a new number moves the number and fetches nothing', async () => {
    const [host, name] = [fakeHost(), freshName()]
    const started = await loaded(host, await tinyRelease(1, county(0)), name)
    host.asked.length = 0
    host.publish(await tinyRelease(2, county(0)))
    started.engine.tell({ type: 'sync-now' })
    await started.until(settledOn(2))
    expect(host.asked).toEqual([])
  })

  test('lets the previous release go only after a whole scrub', async () => {
    const [host, name] = [fakeHost(), freshName()]
    const first = await tinyRelease(1, county(0))
    const started = await loaded(host, first, name)
    host.publish(await tinyRelease(2, county(1), [first]))
    started.engine.tell({ type: 'sync-now' })
    await started.until((each) => settledOn(2)(each) && each.scrub !== null)
    const dexie = await new Dexie(name).open()
    const counts = async () => [await dexie.table('parts').count(), (await storedHashes(name)).length]
    await expect.poll(counts).toEqual([4, 13])
    dexie.close()
  })

  test.each([
    ['a pack of another release', 'E-MIXED'],
    ['a swapped pack', 'E-MIXED'],
    ['a truncated pack', 'E-LENGTH'],
    ['an endless pack', 'E-LENGTH'],
    ['bytes that are no gzip', 'E-FORMAT'],
    ['one changed byte in a block', 'E-HASH'],
    ['an office that is busy', 'E-BUSY'],
  ])('that arrives as %s is refused with %s, and the old one stays', async (fault, code) => {
    const [host, name] = [fakeHost(), freshName()]
    const first = await tinyRelease(1, county(0))
    const started = await loaded(host, first, name)
    // All villages differ, so that packs are fetched.
    const source = county(0).map((block) =>
      block.kind === 'payments' ? changedAll(block as TinyBlock<'payments'>) : block,
    )
    const second = await tinyRelease(2, source)
    host.publish(second)
    host.fault = faults(first, second)[fault] ?? ((_path, wire) => wire)
    started.engine.tell({ type: 'sync-now' })
    const status = await started.until((each) => each.lastFailure !== null && each.phase === 'waiting')
    expect(status.lastFailure).toMatchObject({ code, number: 2 })
    expect(status.failures).toBe(1)
    expect(await everything(name)).toEqual({ number: 1, rows: expected(first.source) })
    host.fault = (_path, wire) => wire
    started.engine.tell({ type: 'sync-now' })
    expect((await started.until(settledOn(2))).lastFailure).toBeNull()
    expect((await everything(name))?.rows).toBe(expected(second.source))
  })

  test('that the host refuses leaves the old one, with code and number', async () => {
    const [host, name] = [fakeHost(), freshName()]
    const first = await tinyRelease(1, county(0))
    const started = await loaded(host, first, name)
    host.answer({ result: 'refused', error: { code: 'E-SIGNATURE', message: 'Expected 1 signature', number: 2 } })
    started.engine.tell({ type: 'sync-now' })
    const status = await started.until((each) => each.lastFailure !== null && each.phase === 'waiting')
    expect(status.lastFailure).toMatchObject({ code: 'E-SIGNATURE', number: 2 })
    expect(status.shown?.number).toBe(1)
  })

  test('with an older number is refused by the worker itself', async () => {
    const [host, name] = [fakeHost(), freshName()]
    const old = await tinyRelease(1, county(0))
    const started = await loaded(host, await tinyRelease(2, county(1)), name)
    host.answer({ result: 'release', record: old.record, bytes: 0 })
    started.engine.tell({ type: 'sync-now' })
    await started.until((each) => each.lastFailure?.code === 'E-NUMBER')
    expect((await everything(name))?.number).toBe(2)
  })
})

function changedAll(block: TinyBlock<'payments'>): TinyBlock {
  return { ...block, rows: block.rows.map((row) => ({ ...row, amount: row.amount + 1 })) }
}

function faults(first: TinyRelease, second: TinyRelease): Record<string, FakeHost['fault']> {
  const own = paths.pack(second.record.root, OWN)
  const at = (change: (wire: Uint8Array<ArrayBuffer>) => Uint8Array<ArrayBuffer> | Promise<Uint8Array<ArrayBuffer>>) =>
    ((path, wire) => (path === own ? change(wire) : wire)) satisfies FakeHost['fault']
  return {
    'a pack of another release': at((wire) => rewritten(wire, second.record.root, first.record.root)),
    'a swapped pack': at((wire) => rewritten(wire, `"part":"${OWN}","root"`, `"part":"${A}","root"`)),
    'a truncated pack': at(async (wire) => gzip((await unzip(wire)).slice(0, -10))),
    'an endless pack': at(() => gzip(new Uint8Array(50_000_000))),
    'bytes that are no gzip': at((wire) => wire.map((byte) => byte ^ 0x55)),
    'one changed byte in a block': at(async (wire) =>
      gzip((await unzip(wire)).map((byte, index, all) => (index === all.length - 3 ? byte ^ 1 : byte))),
    ),
    'an office that is busy': at(() => {
      throw new SunhallError('E-BUSY', 'Expected an answer, it is busy')
    }),
  }
}
async function unzip(wire: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  const stream = new Blob([wire]).stream().pipeThrough(new DecompressionStream('gzip'))
  return new Uint8Array(await new Response(stream).arrayBuffer())
}
/** The file with other words in its head, of the same length: only the head gives it away. */
async function rewritten(wire: Uint8Array<ArrayBuffer>, from: string, to: string): Promise<Uint8Array<ArrayBuffer>> {
  const plain = await unzip(wire)
  const end = plain.indexOf(10)
  const head = new TextDecoder().decode(plain.subarray(0, end))
  if (!head.includes(from)) throw new Error(`Expected ${from} in the head`)
  return gzip(new Uint8Array([...new TextEncoder().encode(head.replace(from, to)), ...plain.subarray(end)]))
}

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
