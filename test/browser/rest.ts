// A terminal brought to rest: the release shown, scrubbed, cleaned and told; and what a fresh one holds of the same.
import Dexie from 'dexie'
import type { TinyRelease } from './store-release.ts'
import { contents } from './stored.ts'
import { type FakeHost, fakeHost, type Running, runEngine, settledOn } from './sync-fake-host.ts'

/** Waits for a clean scrub and the cleaning after it, which the host is told of. */
export async function toRest({ told }: FakeHost, { engine, until }: Running, number: number): Promise<void> {
  await until(settledOn(number), `release ${number}`)
  const { scrub } = engine.status()
  engine.tell({ type: 'scrub-now' })
  let before = 0
  await until((status) => {
    // Counted as the scrub's end is told: a cleaning that was under way before it, and is told of too, isn't the one.
    before = told.shown.length
    return settledOn(number)(status) && status.scrub !== scrub && status.scrub?.damaged === 0
  })
  while (told.shown.length === before) await new Promise((later) => setTimeout(later, 10))
  await until(settledOn(number))
}

/** What the store of a terminal holds that has loaded nothing but this release. */
export async function freshContents(release: TinyRelease): Promise<Record<string, unknown>> {
  const [host, name] = [fakeHost(), `fresh-${crypto.randomUUID()}`]
  host.publish(release)
  const running = runEngine(host, name)
  try {
    await toRest(host, running, release.record.number)
    return await contents(name)
  } finally {
    running.stop()
    await Dexie.delete(name)
  }
}
