// A first load by the sync engine: on the real store in real Chromium, against a host at the transport's seam.
import { describe, expect, test } from 'vitest'
import { paths } from '../../sync/contract/release.ts'
import { COUNTY } from '../../sync/contract/tree.ts'
import { tinyRelease } from './store-release.ts'
import { fakeHost, OWN, settledOn } from './sync-fake-host.ts'
import { A, county, everything, expected, freshName, loaded, run } from './sync-stage.ts'

describe('a first load', () => {
  test('brings every row, county and own township first, each part shown as soon as it is stored', async () => {
    const [host, name] = [fakeHost(), freshName()]
    const release = await tinyRelease(1, county(0))
    const { changed } = await loaded(host, release, name)
    expect(await everything(name)).toEqual({ number: 1, rows: expected(release.source) })
    expect(host.asked.slice(0, 4)).toEqual(
      [COUNTY, OWN, A, '431225102'].map((part) => paths.pack(release.record.root, part)),
    )
    // What comes while the county's part is being written is stored and shown together.
    const counts = changed.map(({ parts }) => parts.length)
    expect([counts[0], ...counts.slice(-2)]).toEqual([1, 4, 4])
    expect(counts).toEqual(counts.toSorted())
    expect(changed[1]?.parts).toEqual(expect.arrayContaining([COUNTY, OWN]))
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
