// A bad line: cut after any byte, silent for two seconds at a time, an office that starts anew in mid-load or is away for
// sixty days. What has arrived whole is never fetched twice, and everything that is needed is counted.
import Dexie from 'dexie'
import { afterEach, describe, expect, test } from 'vitest'
import { SunhallError } from '../../sync/contract/errors.ts'
import { drawsOf } from '../core/draws.ts'
import { blocksOf, type County, changed, startCounty } from './random-county.ts'
import { type TinyRelease, tinyRelease } from './store-release.ts'
import { contents } from './stored.ts'
import { type FakeHost, fakeHost, PROFILE, type Running, runEngine, settledOn } from './sync-fake-host.ts'

const ended: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const end of ended.splice(0).reverse()) await end()
})
function run(host: FakeHost, name: string, more: Parameters<typeof runEngine>[2] = {}): Running {
  const running = runEngine(host, name, more)
  ended.push(async () => running.stop())
  return running
}
function freshName(): string {
  const name = `network-${crypto.randomUUID()}`
  ended.push(() => Dexie.delete(name))
  return name
}

/** Two releases: the second comes as a delta, or without one as a tree and blocks. */
async function twoReleases(withDelta: boolean): Promise<[TinyRelease, TinyRelease]> {
  const county: County = startCounty(drawsOf(5), 12)
  const first = await tinyRelease(1, blocksOf(county, 1))
  return [first, await tinyRelease(2, blocksOf(changed(county, drawsOf(9)), 2), withDelta ? [first] : [])]
}

/** Every file ends early once; asks again until the release is there. Gives how often each came whole. */
async function loadCut(host: FakeHost, running: Running, number: number, keep: (wire: number) => number) {
  const cut = new Set<string>()
  const whole = new Map<string, number>()
  host.fault = (path, wire) => {
    if (cut.has(path)) {
      whole.set(path, (whole.get(path) ?? 0) + 1)
      return wire
    }
    cut.add(path)
    return wire.slice(0, keep(wire.length))
  }
  const again = setInterval(() => running.engine.tell({ type: 'sync-now' }), 5)
  try {
    await running.until(settledOn(number), `release ${number}`)
  } finally {
    clearInterval(again)
    host.fault = (_path, wire) => wire
  }
  return whole
}

describe('a line that is cut', () => {
  // Each n-th byte of each file in turn: gzip's head, the pack's, nodes, blocks, the last byte.
  const shares = [0, 0.01, 0.1, 0.25, 0.5, 0.75, 0.9, 0.99]
  test.each(shares)('after a share of %f of each file fetches nothing twice that is stored', async (share) => {
    for (const withDelta of [true, false]) {
      const [host, name] = [fakeHost(), freshName()]
      const [first, second] = await twoReleases(withDelta)
      host.publish(first)
      const running = run(host, name)
      const packs = await loadCut(host, running, 1, (wire) => Math.min(wire - 1, Math.floor(share * wire)))
      expect([...packs.values()]).toEqual(Object.keys(first.record.packs).map(() => 1))
      host.publish(second)
      const later = await loadCut(host, running, 2, (wire) => Math.min(wire - 1, Math.floor(share * wire)))
      // A tree isn't stored until its blocks are: it alone may come whole more than once.
      const twice = [...later].filter(([path, times]) => times > 1 && !path.endsWith('tree.gz'))
      expect(twice).toEqual([])
      running.stop()
    }
  })
})

describe('a slow line', () => {
  test('of 2 s a file costs no more rounds than there are files, and the screen is filled part by part', async () => {
    const [host, name] = [fakeHost(), freshName()]
    const [first] = await twoReleases(false)
    host.publish(first)
    let waited = 0
    host.fault = async (_path, wire) => {
      waited += 2_000
      await new Promise((later) => setTimeout(later, 5))
      return wire
    }
    const running = run(host, name)
    await running.until(({ shownParts }) => shownParts.length === 2, 'county and own township')
    expect(waited).toBeLessThanOrEqual(3 * 2_000)
    await running.until(settledOn(1))
    expect(waited).toBe(Object.keys(first.record.packs).length * 2_000)
  })
})

describe('an office', () => {
  test('that starts anew in mid-load is asked again, for what is lacking only', async () => {
    const [host, name] = [fakeHost(), freshName()]
    const [first] = await twoReleases(false)
    host.publish(first)
    let left = 2
    host.fault = (_path, wire) => {
      left -= 1
      if (left < 0) throw new SunhallError('E-OFFLINE', 'Expected the office to answer, it is starting anew')
      return wire
    }
    const running = run(host, name)
    const status = await running.until((each) => each.lastFailure?.code === 'E-OFFLINE')
    expect(status.shownParts).toHaveLength(2)
    const had = new Set(host.asked.slice(0, 2))
    host.asked.length = 0
    host.fault = (_path, wire) => wire
    running.engine.tell({ type: 'sync-now' })
    await running.until(settledOn(1))
    expect(host.asked.filter((path) => had.has(path))).toEqual([])
    expect(host.asked).toHaveLength(2)
  })

  test('that is away for sixty days is asked at each slot, and sixty releases later one load makes up for it', async () => {
    const [host, name] = [fakeHost(), freshName()]
    const [first, second] = await twoReleases(false)
    host.publish(first)
    const time = steppedClock()
    host.state.profile = { ...PROFILE, schedule: { ...PROFILE.schedule, everyMinutes: 1_440 } }
    let asked = 0
    const { check } = host.transport
    host.transport.check = (...given) => {
      asked += 1
      return check(...given)
    }
    const running = run(host, name, { ports: { clock: time.clock } })
    await running.until((status) => settledOn(1)(status) && status.scrub !== null)
    const error = { code: 'E-OFFLINE' as const, message: 'Expected the office, nobody answered', number: null }
    host.answer({ result: 'unavailable', error, retryAfterSeconds: null })
    asked = 0
    await time.pass(60)
    const away = running.engine.status()
    expect(away).toMatchObject({ shown: { number: 1 }, lastFailure: { code: 'E-OFFLINE' } })
    expect(asked).toBeGreaterThan(50)
    const late = { ...second, record: { ...second.record, number: 61 } }
    host.publish(late)
    host.answer(null)
    host.asked.length = 0
    running.engine.tell({ type: 'sync-now' })
    await running.until(settledOn(61), 'release 61')
    // The tree, and what it names that isn't there: no release in between is asked for.
    expect(host.asked.every((path) => path.includes(second.record.root) || path.startsWith('blocks/'))).toBe(true)
    expect(await contents(name)).toBeTruthy()
  })
})

/** A clock that goes by days: what came due in one is rung once. */
function steppedClock() {
  let now = Date.now()
  let timers: { at: number; work: () => void }[] = []
  const clock = {
    now: () => now,
    offsetMinutes: () => 480,
    setTimeout(work: () => void, ms: number) {
      const timer = { at: now + ms, work }
      timers.push(timer)
      return timer
    },
    clearTimeout(timer: unknown) {
      timers = timers.filter((each) => each !== timer)
    },
  }
  return {
    clock,
    async pass(days: number): Promise<void> {
      for (let day = 0; day < days; day += 1) {
        now += 86_400_000
        const due = timers.filter(({ at }) => at <= now)
        timers = timers.filter(({ at }) => at > now)
        for (const { work } of due) work()
        // What that began comes to rest with a new timer: that of the next slot.
        for (let tries = 0; timers.length === 0 && tries < 500; tries += 1)
          await new Promise((later) => setTimeout(later, 2))
      }
    },
  }
}
