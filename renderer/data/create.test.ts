// The read side against what publication really builds, compared with answers computed straight from the source's rows.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { PaymentRow, PaymentStatus } from '../../sync/contract/rows.ts'
import { NAMES } from '../../sync/contract/tree.ts'
import { withNamesInCounty } from '../../test/county/earlier-layout.ts'
import { memoryReader } from '../../test/county/memory-reader.ts'
import { TOWNSHIPS, VILLAGES } from '../../test/county/small-county.ts'
import { PICTURE, smallCounty, smallSource } from '../../test/county/small-source.ts'
import type { Answer } from './county-data.ts'
import { createCountyData } from './create.ts'

const [VILLAGE] = VILLAGES
const [TOWNSHIP] = TOWNSHIPS

function value<T>(answer: Answer<T>): T {
  if (answer.state !== 'here') throw new Error(`Expected an answer, got ${answer.state}`)
  return answer.value
}
function rowsOf(village: string) {
  const rows = smallCounty().villages.get(village)
  if (rows === undefined) throw new Error(`Expected village ${village}`)
  return rows
}
const received = (rows: readonly PaymentRow[]): number =>
  rows.reduce((sum, row) => sum + (row.status === '退回' ? 0 : row.amount), 0)

describe('households', () => {
  test('a household holds every payment of its members, by year, and no other', async () => {
    const data = createCountyData(await memoryReader(smallSource()))
    for (const village of VILLAGES) {
      const { people, payments } = rowsOf(village)
      for (const head of people.filter((person) => person.number === person.household)) {
        const members = new Set(people.filter((p) => p.household === head.number).map((p) => p.number))
        const own = payments.filter((row) => members.has(row.person))
        const view = value(await data.household(village, head.number))
        expect(view.years.flatMap((year) => year.payments).length).toBe(own.length)
        for (const { year, sum } of view.years)
          expect(sum).toBe(received(own.filter((row) => row.date.startsWith(String(year)))))
        expect(view.years.map(({ year }) => year)).toEqual(
          [...view.years.map(({ year }) => year)].sort((a, b) => b - a),
        )
      }
    }
  })

  test('a household reads its people and the payments blocks that name it, nothing of the rest', async () => {
    const reader = await memoryReader(smallSource())
    const data = createCountyData(reader)
    await data.household(VILLAGE, 1)
    reader.resetReads()
    await data.household(VILLAGE, 3)
    // Household 3 is paid once a year: three of the village's blocks, its people, documents and origins.
    expect(reader.reads()).toBe(3 + 1 + 2)
  })

  test('money that came back is not received, and both of its dates stay', async () => {
    const data = createCountyData(await memoryReader(smallSource()))
    const view = value(await data.household(VILLAGE, 2))
    const rows = view.years.find(({ year }) => year === 2026)?.payments.map(({ row }) => row) ?? []
    const again = rows.find((row) => row.status === '补发')
    expect(again?.earlier).toBe('2026-06-10')
    expect(view.years.find(({ year }) => year === 2026)?.sum).toBe(received(rows))
  })

  test('a masked fund stands in no household and in no list of names', async () => {
    const data = createCountyData(await memoryReader(smallSource()))
    for (const { head } of value(await data.households(VILLAGE))) {
      const view = value(await data.household(VILLAGE, head.number))
      expect(view.years.flatMap(({ payments }) => payments).some(({ fund }) => fund.masked)).toBe(false)
    }
    expect((await data.fundPayments('F005', 2026, VILLAGE)).state).toBe('none')
  })

  test('a name is found in every village where it stands, the own township first', async () => {
    const [, own] = TOWNSHIPS
    const data = createCountyData(await memoryReader(smallSource()), own)
    const found = value(await data.findName('杨同名'))
    expect(found.map(({ village }) => village.place.code)).toEqual([VILLAGES[2], VILLAGES[3], VILLAGES[0], VILLAGES[1]])
    expect((await data.findName('没有此人')).state).toBe('none')
  })

  test('a name is found in a release of an office that had no part for them', async () => {
    const data = createCountyData(await memoryReader(smallSource(), [], withNamesInCounty))
    expect(value(await data.findName('杨同名')).length).toBe(4)
    expect((await data.findName('没有此人')).state).toBe('none')
  })
})

describe('funds', () => {
  test('each step of the drill-down adds up to the one above it', async () => {
    const data = createCountyData(await memoryReader(smallSource()))
    for (const fund of ['F001', 'F002', 'F003']) {
      for (const year of [2024, 2025, 2026]) {
        const spread = await data.fundSpread(fund, year, '431225')
        const rows = VILLAGES.flatMap((village) => rowsOf(village).payments).filter(
          (row) => row.fund === fund && row.date.startsWith(String(year)),
        )
        if (rows.length === 0) {
          expect(spread.state).toBe('none')
          continue
        }
        const townships = value(spread).rows
        expect(townships.map(({ place }) => place?.code)).toEqual([...TOWNSHIPS])
        expect(townships.reduce((sum, row) => sum + row.rollup.amount, 0)).toBe(received(rows))
        for (const township of townships) {
          const code = township.place?.code ?? ''
          const villages = value(await data.fundSpread(fund, year, code)).rows
          expect(villages.reduce((sum, row) => sum + row.rollup.amount, 0)).toBe(township.rollup.amount)
          for (const village of villages) {
            const months = value(await data.fundSpread(fund, year, village.place?.code ?? '')).rows
            expect(months.reduce((sum, row) => sum + row.rollup.amount, 0)).toBe(village.rollup.amount)
          }
        }
      }
    }
  })

  test('a year without payments is none, never a row of zero', async () => {
    const data = createCountyData(await memoryReader(smallSource()))
    for (const place of ['431225', TOWNSHIP, VILLAGE])
      expect((await data.fundSpread('F003', 2024, place)).state).toBe('none')
    expect((await data.fundPayments('F003', 2024, VILLAGE)).state).toBe('none')
    expect((await data.fundFlow('F003', 2026, VILLAGE)).state).toBe('none')
    const sums = value(await data.fundsOf(VILLAGE, 2024))
    expect(sums.map(({ fund }) => fund.code)).not.toContain('F003')
  })

  test('the flow goes from the province to the villages of the own township', async () => {
    const data = createCountyData(await memoryReader(smallSource()))
    const { steps, own } = value(await data.fundFlow('F001', 2025, VILLAGE))
    expect(steps.map(({ level }) => level)).toEqual(['source', 'county', 'township', 'village'])
    expect(steps[0]?.shares).toEqual([
      { level: '中央', amount: 600_000 },
      { level: '省', amount: 300_000 },
      { level: '县', amount: 100_000 },
    ])
    expect(steps[2]?.places.map(({ place }) => place.code)).toEqual([...TOWNSHIPS])
    expect(steps[3]?.places.map(({ place }) => place.code)).toEqual(VILLAGES.slice(0, 2))
    expect(own.village?.code).toBe(VILLAGE)
  })

  test('a masked fund shows rows and merged totals, and no rollup', async () => {
    const data = createCountyData(await memoryReader(smallSource()))
    const spread = value(await data.fundSpread('F005', 2026, VILLAGE))
    expect(spread.rows).toEqual([])
    expect(spread.masked?.rows.length).toBe(6)
    const few = value(await data.fundSpread('F005', 2026, VILLAGES[2]))
    expect(few.masked?.rows).toEqual([])
    expect(few.masked?.totals.length).toBe(1)
  })

  test('years of a fund are those that have anything published', async () => {
    const data = createCountyData(await memoryReader(smallSource()))
    expect(await data.years()).toEqual([2026, 2025, 2024])
    expect(value(await data.fund('F003', 2026)).years).toEqual([2026])
    expect(value(await data.fund('F001', 2026)).policy?.index).toBe('ZC-001')
  })
})

const STATUSES: readonly PaymentStatus[] = ['已发', '退回', '补发', '冲销']
const payment = fc.record({
  fund: fc.constantFrom('F001', 'F002', 'F003'),
  person: fc.integer({ min: 0, max: 15 }),
  date: fc
    .tuple(fc.constantFrom(2024, 2025, 2026), fc.integer({ min: 1, max: 12 }))
    .map(([year, month]) => `${year}-${String(month).padStart(2, '0')}-09`),
  amount: fc.integer({ min: -500_000, max: 5_000_000 }),
  status: fc.constantFrom(...STATUSES),
})

test('whatever was paid, lists and sums equal those of the source', async () => {
  const check = fc.asyncProperty(fc.array(payment, { maxLength: 60 }), async (drafts) => {
    const small = smallCounty()
    const rows = small.villages.get(VILLAGE)
    const [example] = rows?.payments ?? []
    if (rows === undefined || example === undefined) throw new Error('Expected the small village')
    rows.payments = drafts.map((draft, at) => ({
      ...example,
      ...draft,
      serial: at,
      row: at + 2,
      batch: draft.date.slice(0, 7),
    }))
    const data = createCountyData(await memoryReader(smallSource(small)))
    for (const fund of ['F001', 'F002', 'F003'])
      for (const year of [2024, 2025, 2026]) {
        const expected = rows.payments.filter((row) => row.fund === fund && row.date.startsWith(`${year}`))
        const list = await data.fundPayments(fund, year, VILLAGE)
        expect(list.state === 'here' ? list.value.length : 0).toBe(expected.length)
        const sums = await data.fundsOf(VILLAGE, year)
        const sum = sums.state === 'here' ? sums.value.find((entry) => entry.fund.code === fund)?.sum : undefined
        expect(sum?.amount).toBe(expected.length === 0 ? undefined : received(expected))
      }
  })
  await fc.assert(check, { numRuns: 40, seed: 20_261_124 })
}, 60_000)

describe('while parts are still being received', () => {
  test('an absent township says so, and county-wide lists stay shut until all is here', async () => {
    const data = createCountyData(await memoryReader(smallSource(), [TOWNSHIPS[1]]))
    expect((await data.household(VILLAGES[2], 1)).state).toBe('pending')
    expect((await data.fundSpread('F001', 2026, TOWNSHIPS[1])).state).toBe('pending')
    expect((await data.month(VILLAGES[2], null)).state).toBe('pending')
    expect((await data.fundSpread('F001', 2026, '431225')).state).toBe('pending')
    expect((await data.findName('杨同名')).state).toBe('pending')
    expect((await data.projects('F004', 2026, null)).state).toBe('pending')
    expect((await data.household(VILLAGE, 1)).state).toBe('here')
    expect((await data.fundSpread('F001', 2026, TOWNSHIP)).state).toBe('here')
  })

  test('names come last: a village can be used before them, and a name can’t be looked for', async () => {
    const data = createCountyData(await memoryReader(smallSource(), [NAMES]))
    expect((await data.findName('杨同名')).state).toBe('pending')
    expect((await data.household(VILLAGE, 1)).state).toBe('here')
  })
})

describe('finance, projects and the rest', () => {
  test('the newest month is shown when none is chosen, and adds up', async () => {
    const data = createCountyData(await memoryReader(smallSource()))
    const view = value(await data.month(VILLAGE, null))
    expect(view.months[0]).toBe(view.period.month)
    expect(view.adds).toBe(true)
    expect(view.income.reduce((sum, line) => sum + line.amount, 0)).toBe(view.period.income)
    expect(view.expense.reduce((sum, line) => sum + line.amount, 0)).toBe(view.period.expense)
    expect((await data.month(VILLAGE, '1999-01')).state).toBe('none')
  })

  test('what a village owns, lets and owes is its own; a village without any says none', async () => {
    const data = createCountyData(await memoryReader(smallSource()))
    expect(value(await data.assets(VILLAGE)).length).toBe(2)
    expect(value(await data.contracts(VILLAGE))[0]?.owed).toBe(500_000)
    expect(value(await data.debts(VILLAGE)).length).toBe(1)
    expect((await data.assets(VILLAGES[1])).state).toBe('none')
  })

  test('a project is found by its village, in the county and by its code', async () => {
    const data = createCountyData(await memoryReader(smallSource()))
    const [own] = value(await data.projects('F004', 2026, VILLAGE))
    expect(value(await data.projects('F004', 2026, null)).length).toBe(2)
    expect(value(await data.project(own?.code ?? '')).name).toBe(own?.name)
    expect((await data.projects('F004', 2025, VILLAGE)).state).toBe('none')
    expect(await data.picture(PICTURE.hash)).toHaveLength(PICTURE.length)
  })

  test('notices of a village are its own, its township’s and the county’s, newest first', async () => {
    const data = createCountyData(await memoryReader(smallSource()))
    expect(value(await data.notices(VILLAGE)).map(({ id }) => id)).toEqual(['TZ-2', 'TZ-1'])
    expect(value(await data.notices(VILLAGES[2])).map(({ id }) => id)).toEqual(['TZ-1'])
  })
})
