// The sync engine on stage over the real store: a county of 3 townships, an engine that ends with its test, and what a
// reader gives of a release, as one text.
import Dexie from 'dexie'
import { afterEach, vi } from 'vitest'
import { COUNTY } from '../../sync/contract/tree.ts'
import { canonicalJson } from '../../sync/core/canonical.ts'
import { openReader } from '../../sync/store/reader.ts'
import { countyBlock, paymentsBlock, type TinyBlock, type TinyRelease } from './store-release.ts'
import { type FakeHost, type Running, runEngine, settledOn } from './sync-fake-host.ts'

/** Longer than any one wait in a test, so that the wait says what didn't come. */
vi.setConfig({ testTimeout: 60_000 })

/** A township that isn't the terminal's own. */
export const A = '431225100'
const names: string[] = []
const running: Running[] = []
export function freshName(): string {
  const name = `sync-${crypto.randomUUID()}`
  names.push(name)
  return name
}
export function run(...given: Parameters<typeof runEngine>): Running {
  const started = runEngine(...given)
  running.push(started)
  return started
}
afterEach(async () => {
  for (const each of running.splice(0)) each.stop()
  for (const name of names.splice(0)) await Dexie.delete(name)
})

/** 3 townships with 4 villages each; `seed` changes one village's amounts, so that one block differs. */
export function county(seed: number): TinyBlock[] {
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
export async function everything(database: string): Promise<{ number: number; rows: string } | null> {
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
export function expected(source: readonly TinyBlock[], parts?: readonly string[]): string {
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
export async function loaded(host: FakeHost, release: TinyRelease, database: string): Promise<Running> {
  host.publish(release)
  const started = run(host, database)
  await started.until(settledOn(release.record.number), `release ${release.record.number}`)
  return started
}
