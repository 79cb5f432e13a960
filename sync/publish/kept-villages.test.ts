import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { SEED } from '../../test/core/any-rows.ts'
import { fakeKeys } from '../../test/county/fake-county.ts'
import { VILLAGES } from '../../test/county/small-county.ts'
import { type SmallCounty, smallCounty, smallSource } from '../../test/county/small-source.ts'
import type { ReleaseRecord } from '../contract/release.ts'
import { publishRelease } from './publish.ts'
import type { ReleaseSource, VillageRows } from './source.ts'
import { makeRoot } from './tuf.ts'

const START = Date.parse('2026-11-21T02:00:00Z')
let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sunhall-kept-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** A source that knows its villages' prints, and notes whose payments it is asked for. */
function printed(small: SmallCounty, asked: string[]): ReleaseSource {
  const source = smallSource(small)
  return {
    ...source,
    villageRows(village) {
      const rows = source.villageRows(village)
      const print = createHash('sha256').update(JSON.stringify(rows)).digest('hex')
      return {
        ...rows,
        print,
        get payments() {
          asked.push(village)
          return rows.payments
        },
      }
    },
  }
}

/** An office over some folder; `prints` tells whether it keeps what it may take over. */
function officeIn(name: string, prints: boolean, keys = fakeKeys()) {
  const dist = join(folder, name)
  const root = makeRoot(keys, { sample: true, now: new Date(START) })
  const file = join(folder, `${name}.json`)
  let previous: ReleaseRecord | null = null
  const publish = async (small: SmallCounty): Promise<string[]> => {
    const asked: string[] = []
    const number: number = (previous?.number ?? 0) + 1
    const { record } = await publishRelease({
      source: printed(small, asked),
      dist,
      keys: { root, release: keys.release, timestamp: keys.timestamp },
      number,
      previous,
      now: new Date(START + 60_000 * number),
      ...(prints ? { prints: file } : {}),
    })
    previous = record
    return asked
  }
  return { dist, file, publish, packs: () => join(dist, 'packs', previous?.root ?? '') }
}

function villageIn(small: SmallCounty, at: number): VillageRows {
  const rows = small.villages.get(VILLAGES[at % VILLAGES.length] ?? '')
  if (rows === undefined) throw new Error('The small county has that village')
  return rows
}

type Change = (small: SmallCounty, at: number) => void
const CHANGES: Record<string, Change> = {
  nothing: () => undefined,
  amount: (small, at) => {
    const { payments } = villageIn(small, at)
    payments[at % payments.length] = { ...(payments[at % payments.length] as (typeof payments)[0]), amount: at + 1 }
  },
  gone: (small, at) => {
    villageIn(small, at).payments.splice(at % 7, 1)
  },
  back: (small, at) => {
    small.villages.set(VILLAGES[at % VILLAGES.length] ?? '', villageIn(smallCounty(), at))
  },
  empty: (small, at) => {
    Object.assign(villageIn(small, at), { payments: [], people: [], masked: [], entries: [], periods: [] })
  },
  name: (small, at) => {
    const [first] = villageIn(small, at).people
    if (first !== undefined) first.name = `杨示例${at}`
  },
  masked: (small, at) => {
    villageIn(small, at).masked.pop()
  },
  entry: (small, at) => {
    villageIn(small, at).entries.splice(0, 1)
  },
  year: (small, at) => {
    small.openYear = 2025 + (at % 3)
  },
}

type Harm = (office: ReturnType<typeof officeIn>, at: number) => void
const HARMS: Record<string, Harm> = {
  none: () => undefined,
  'a pack is gone': (office, at) => rmSync(packAt(office, at)),
  'a pack is damaged': (office, at) => {
    const bytes = readFileSync(packAt(office, at))
    const place = at % bytes.length
    bytes[place] = (bytes[place] ?? 0) ^ 1
    writeFileSync(packAt(office, at), bytes)
  },
  'the prints are cut': ({ file }, at) => writeFileSync(file, readFileSync(file, 'utf8').slice(0, at)),
  'the prints name another root': ({ file }) =>
    writeFileSync(file, readFileSync(file, 'utf8').replace(/"root":"[0-9a-f]{4}/, '"root":"0000')),
}

function packAt(office: ReturnType<typeof officeIn>, at: number): string {
  const packs = readdirSync(office.packs()).sort()
  return join(office.packs(), packs[at % packs.length] ?? '')
}

/** Every file under a folder with its hash. */
function filesIn(root: string): Record<string, string> {
  const found = readdirSync(root, { recursive: true, encoding: 'utf8' }).sort()
  const files = found.filter((path) => statSync(join(root, path)).isFile())
  return Object.fromEntries(
    files.map((path) => [
      path,
      createHash('sha256')
        .update(readFileSync(join(root, path)))
        .digest('hex'),
    ]),
  )
}

test('of an unchanged county no payment is read, of a changed one only the changed village’s', async () => {
  const office = officeIn('dist', true)
  const small = smallCounty()
  expect(await office.publish(small)).toEqual([...VILLAGES].sort())
  expect(await office.publish(small)).toEqual([])
  CHANGES.amount?.(small, 1)
  expect(await office.publish(small)).toEqual([VILLAGES[1]])
  expect(await office.publish(small)).toEqual([])
})

test('where the earlier release can’t be proved, its villages are built anew', async () => {
  const office = officeIn('dist', true)
  const small = smallCounty()
  await office.publish(small)
  const packs = readdirSync(office.packs()).filter((name) => name.length > '431225.gz'.length)
  expect(packs.length).toBeGreaterThan(1)
  for (const name of packs) writeFileSync(join(office.packs(), name), 'nothing')
  expect(await office.publish(small)).toEqual([...VILLAGES].sort())
})

// Both offices have the same keys, rows and dates, so that every file of theirs has to be the same.
test(`any history gives byte by byte what an office without prints publishes (seed ${SEED})`, async () => {
  const step = fc.record({
    change: fc.constantFrom(...Object.keys(CHANGES)),
    harm: fc.oneof({ weight: 3, arbitrary: fc.constant('none') }, fc.constantFrom(...Object.keys(HARMS))),
    at: fc.nat({ max: 5_000 }),
  })
  let run = 0
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 2, maxLength: 5 }), async (steps) => {
      run += 1
      const keys = fakeKeys()
      const [kept, plain] = [officeIn(`kept-${run}`, true, keys), officeIn(`plain-${run}`, false, keys)]
      const small = smallCounty()
      await kept.publish(small)
      await plain.publish(small)
      for (const { change, harm, at } of steps) {
        CHANGES[change]?.(small, at)
        // The harm is to both, since what lies in the folder stays there.
        for (const office of harm.includes('pack') ? [kept, plain] : [kept]) HARMS[harm]?.(office, at)
        await kept.publish(small)
        await plain.publish(small)
      }
      expect(filesIn(kept.dist)).toEqual(filesIn(plain.dist))
    }),
    { seed: SEED, numRuns: 8 },
  )
}, 300_000)
