// A fixed number of broken inputs for every reader, the same ones each time (`npm run fuzz` goes on with others): no reader
// crashes, throws what it must not, or takes what doesn't mean the same when it is written and read again.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type FuzzCounty, openFuzzCounty } from './fuzz-county.ts'
import { Finding } from './fuzz-reader.ts'
import { fuzz, isReader, READERS } from './fuzz-readers.ts'

const SEED = 20_261_125
/** Cases by reader: each takes a second or two; those that use a disk get fewer. */
const CASES = {
  ...{
    block: 600,
    tree: 200,
    pack: 200,
    delta: 200,
    patch: 250,
    gunzip: 400,
    record: 300,
    inspectors: 200,
    config: 150,
  },
  ...{ metadata: 80, usb: 25 },
} as const

let county: FuzzCounty
beforeAll(async () => {
  county = await openFuzzCounty()
}, 60_000)
afterAll(() => county.remove())

it.each(Object.keys(READERS).filter(isReader))(
  'the reader %s refuses or takes whatever comes',
  async (name) => {
    const reader = await READERS[name](county)
    const outcomes = await fuzz(name, reader, SEED, (number) => number < CASES[name])
    reader.close?.()
    // Neither all noise nor all good: the breaks reach behind the first check.
    expect(outcomes.size, JSON.stringify([...outcomes])).toBeGreaterThan(1)
  },
  120_000,
)

it('a reader that takes more memory than it may is found, with the case that made it', async () => {
  const kept: Uint8Array[] = []
  const glutton = {
    codes: [],
    make: () => new Uint8Array([kept.length]),
    // Written to, so that the pages are really there.
    read: async () => void kept.push(new Uint8Array(8_000_000).fill(1)),
  }
  const found = await fuzz('pack', glutton, SEED, (number) => number < 60, 0, 60).catch((error: unknown) => error)
  expect(found).toBeInstanceOf(Finding)
  expect(found).toMatchObject({ message: expect.stringMatching(/^Expected at most 60 MB more than/) })
})
