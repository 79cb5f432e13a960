// A later release by the sync engine: by delta or by tree, switched at rest; and whatever arrives wrong is refused with a
// code, and the old release stays (P2). Real store, real Chromium, a host at the transport's seam.
import Dexie from 'dexie'
import { describe, expect, test } from 'vitest'
import { SunhallError } from '../../sync/contract/errors.ts'
import { paths } from '../../sync/contract/release.ts'
import { gzip, type TinyBlock, type TinyRelease, tinyRelease } from './store-release.ts'
import { storedHashes } from './stored.ts'
import { type FakeHost, fakeHost, OWN, settledOn } from './sync-fake-host.ts'
import { A, county, everything, expected, freshName, loaded } from './sync-stage.ts'

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
