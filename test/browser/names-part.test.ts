// The index of names got a part of its own in November 2026. A first load brings it last, when the own township can be
// used already; and a terminal that shows a release of before takes the next one as it takes any.
import Dexie from 'dexie'
import { afterEach, expect, test } from 'vitest'
import { paths } from '../../sync/contract/release.ts'
import { COUNTY, NAMES } from '../../sync/contract/tree.ts'
import { openReader } from '../../sync/store/reader.ts'
import { countyBlock, paymentsBlock, type TinyBlock, type TinyRelease, tinyRelease } from './store-release.ts'
import { fakeHost, type Running, runEngine, settledOn } from './sync-fake-host.ts'
import { withPatches } from './tiny-patch.ts'

const [OTHER, OWN] = ['431225100', '431225101']
const ROWS = [{ name: '杨同名', villages: [`${OTHER}201`, `${OWN}201`] }]
const VILLAGES = [countyBlock('会同县'), paymentsBlock(`${OTHER}201`, [1, 2]), paymentsBlock(`${OWN}201`, [3])]
const before: TinyBlock<'names'> = { ...place(COUNTY), kind: 'names', rows: ROWS }
const index: TinyBlock<'name-index'> = { ...place(NAMES), kind: 'name-index', rows: ROWS }

function place(part: string): Pick<TinyBlock, 'dataset' | 'part' | 'village' | 'period'> {
  return { dataset: 'funds', part, village: '', period: '7' }
}

const names: string[] = []
const running: Running[] = []
afterEach(async () => {
  for (const each of running.splice(0)) each.stop()
  for (const name of names.splice(0)) await Dexie.delete(name)
})

function terminal(): { host: ReturnType<typeof fakeHost>; name: string; start: () => Running } {
  const host = fakeHost()
  const name = `names-${crypto.randomUUID()}`
  names.push(name)
  const start = (): Running => {
    const started = runEngine(host, name)
    running.push(started)
    return started
  }
  return { host, name, start }
}

async function namesIn(database: string): Promise<unknown> {
  const reader = await openReader({ database, mendMs: 50 })
  const node = await reader?.village('funds', NAMES, '')
  const rows = node === null || node === undefined ? null : await reader?.rows(node, 'name-index', '7')
  reader?.close()
  return rows
}

test('a first load brings the names last', async () => {
  const { host, name, start } = terminal()
  const release = await tinyRelease(1, [...VILLAGES, index])
  host.publish(release)
  await start().until(settledOn(1))
  expect(host.asked.at(-1)).toBe(paths.pack(release.record.root, NAMES))
  expect(host.asked.length).toBe(4)
  expect(await namesIn(name)).toEqual(ROWS)
})

test.each([
  ['a patch', (later: TinyRelease, first: TinyRelease) => withPatches(later, [first])],
  ['a delta', async (later: TinyRelease) => later],
])('a terminal that shows a release of before takes the next by %s, whole', async (_, given) => {
  const { host, name, start } = terminal()
  const first = await tinyRelease(1, [...VILLAGES, before])
  host.publish(first)
  const started = start()
  await started.until(settledOn(1))
  expect(await namesIn(name)).toBe(null)
  host.publish(await given(await tinyRelease(2, [...VILLAGES, index], [first]), first))
  started.engine.tell({ type: 'sync-now' })
  await started.until(settledOn(2))
  expect(await namesIn(name)).toEqual(ROWS)
})
