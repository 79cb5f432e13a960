// The parts of `npm run bench` that can be wrong without being slow: its words, its figures, its slow line.
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { budgetOf } from '../bench/budgets.ts'
import { readOrder } from '../bench/command.ts'
import { note, quantile, type Runs, resultsOf } from '../bench/figures.ts'
import { inventedCounty, sizeOf } from '../bench/invented-county.ts'
import { benchCounty, changedRows, shareSteps } from '../bench/store/releases.ts'
import { tablesOf } from '../bench/table.ts'
import { type Line, openLine } from '../bench/wire/line.ts'
import { limitOf, wireSteps } from '../bench/wire/releases.ts'

describe('the words of a bench', () => {
  it('--quick is 100,000 rows, strict, one run of each', () => {
    expect(readOrder(['store', '--quick'])).toMatchObject({ chapters: ['store'], quick: true, runs: 1, rows: null })
    expect(readOrder(['store'])).toMatchObject({ quick: false, runs: 5 })
  })

  it('an unknown chapter or engine is refused, naming those there are', () => {
    expect(() => readOrder(['stor'])).toThrow(
      'Expected a chapter of store, wire, office, screen, import, match, got "stor"',
    )
    expect(() => readOrder(['store', '--engines', 'ours,mongo'])).toThrow(
      'Expected an engine of ours, raw, dexie, rxdb, pouchdb, got "mongo"',
    )
    expect(() => readOrder(['store', '--row', '5'])).toThrow('--rows N')
    expect(() => readOrder(['store', '--rows=-5'])).toThrow('Expected a whole number above 0, got --rows -5')
  })
})

describe('figures', () => {
  const runs: Runs = new Map()
  for (const ms of [30, 10, 20]) note(runs, 'load', ms, 'ms')
  const results = resultsOf({ engine: 'ours', durability: 'strict', rows: 1_200_000 }, runs)

  it('a result has exactly the fields that --json promises', () => {
    expect(results).toEqual([
      {
        engine: 'ours',
        metric: 'load',
        durability: 'strict',
        rows: 1_200_000,
        unit: 'ms',
        median: 20,
        min: 10,
        max: 30,
      },
    ])
  })

  it('a quantile is a value that was measured', () => {
    expect([quantile([4, 1, 3, 2], 0.5), quantile([4, 1, 3, 2], 0.95), quantile([], 0.5)]).toEqual([2, 4, 0])
  })

  it('budgets hold for ours, strict, at full size only', () => {
    const [own] = results
    if (own === undefined) throw new Error('Expected a result')
    expect(budgetOf('store', own)).toBe(1_000)
    expect(budgetOf('store', { ...own, rows: 100_000 })).toBeNull()
    expect(budgetOf('store', { ...own, engine: 'raw' })).toBeNull()
  })

  it('a table says whether the best peer took the wanted times as long', () => {
    const peer = { ...results[0], engine: 'dexie', median: 1_000, min: 1_000, max: 1_000 } as (typeof results)[number]
    expect(tablesOf('store', [...results, peer])).toContain('dexie 50×; the best peer is to take 100× (not reached)')
  })
})

describe('the rows of a bench', () => {
  it('a county has no fewer rows than asked for, and villages of about 4,000 among them', () => {
    const { scale, count } = sizeOf(100_000)
    const county = inventedCounty(scale, [], count)
    const villages = county.townships().flatMap((township) => county.villages(township))
    const sizes = villages.map((village) => county.villageRows(village).payments.length)
    expect(sizes.reduce((sum, rows) => sum + rows, 0)).toBeGreaterThanOrEqual(100_000)
    expect(sizes.some((rows) => rows > 3_800 && rows < 4_600)).toBe(true)
  })

  it('a delta changes about as many rows as its name says, in as few villages as hold them or in all', () => {
    const county = benchCounty(20_000)
    const steps = shareSteps(county)
    const villages = (number: number): number =>
      new Set(changedRows(county, steps, number).map((row) => row.village)).size
    for (const step of steps) {
      const wanted = step.correction?.rows ?? 0
      expect(Math.abs(changedRows(county, steps, step.number).length - wanted) / wanted).toBeLessThan(0.05)
    }
    expect([villages(2), villages(3)]).toEqual([1, county.villages.length])
  })

  it('the limit of a delta is its cells and positions, a few bytes a row', () => {
    const county = benchCounty(5_000)
    const steps = wireSteps(county)
    const { rows, bytes } = limitOf(county, steps, steps[0]?.number ?? 0)
    expect(bytes / rows).toBeGreaterThan(1)
    expect(bytes / rows).toBeLessThan(10)
  })
})

describe('the slow line', () => {
  const opened: { close(): unknown }[] = []
  afterEach(async () => {
    for (const one of opened.splice(0).reverse()) await one.close()
  })
  async function lineTo(body: Buffer): Promise<Line> {
    const server = createServer((_request, response) => response.end(body)).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const line = await openLine((server.address() as AddressInfo).port)
    opened.push(server, line)
    return line
  }
  const body = Buffer.from(Array.from({ length: 50_000 }, (_, at) => at % 251))
  const kind = { name: 'test', bitsPerSecond: 8_000_000, latencyMs: 1, loss: 0.05, cutSeconds: 1_000 }

  it('brings every byte in order, whatever it loses, and counts bytes and requests', async () => {
    const line = await lineTo(body)
    line.become(kind)
    for (let turn = 1; turn <= 2; turn += 1) {
      const response = await fetch(`http://127.0.0.1:${line.port}/`)
      expect(Buffer.from(await response.arrayBuffer()).equals(body)).toBe(true)
      expect(line.meter().requests).toBe(turn)
    }
    expect(line.meter().bytes).toBeGreaterThan(2 * body.length)
    expect(line.meter().bytes).toBeLessThan(2 * body.length + 4_000)
  })

  it('a cut ends what is under way, and the line stands for the next', async () => {
    const line = await lineTo(Buffer.alloc(1_000_000))
    line.become({ ...kind, bitsPerSecond: 800_000, cutSeconds: 0.1 })
    const cut = fetch(`http://127.0.0.1:${line.port}/`).then((response) => response.arrayBuffer())
    await expect(cut).rejects.toThrow()
    expect(line.meter().cuts).toBeGreaterThan(0)
    line.become(null)
    const response = await fetch(`http://127.0.0.1:${line.port}/`)
    expect((await response.arrayBuffer()).byteLength).toBe(1_000_000)
  })
})
