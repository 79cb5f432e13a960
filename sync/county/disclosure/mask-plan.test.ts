import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { MASK_CROWD } from '../../contract/limits.ts'
import { type EarlierDecisions, type FundPlan, type MaskCell, planMask } from './mask-plan.ts'
import { candidates, crowdOf, NOBODY, shownSurnames, surnameOf } from './surnames.ts'

const SEED = 431225
const NONE: EarlierDecisions = { states: new Map(), groups: [] }
const anyCells = fc
  .uniqueArray(fc.record({ place: fc.integer({ min: 0, max: 39 }), payees: fc.integer({ min: 1, max: 12 }) }), {
    selector: ({ place }) => place,
    maxLength: 40,
  })
  .map((cells) =>
    cells.map(
      ({ place, payees }): MaskCell => ({
        village: `v${String(place).padStart(2, '0')}`,
        township: `t${place % 8}`,
        payees,
        amount: payees * 100 + place,
      }),
    ),
  )

function decided(plan: FundPlan): EarlierDecisions {
  const states = new Map<string, 'shown' | 'counted'>()
  for (const [village, state] of plan.states) if (state !== 'out') states.set(village, state)
  return { states, groups: plan.groups.map(({ townships }) => townships) }
}

function payeesIn(cells: readonly MaskCell[], plan: FundPlan, townships: readonly string[], state: string): number {
  return cells
    .filter((cell) => townships.includes(cell.township) && plan.states.get(cell.village) === state)
    .reduce((sum, cell) => sum + cell.payees, 0)
}

function requireSafe(cells: readonly MaskCell[], plan: FundPlan): void {
  for (const group of plan.groups) {
    expect(group.payees).toBeGreaterThanOrEqual(MASK_CROWD)
    const hidden = payeesIn(cells, plan, group.townships, 'counted')
    expect(hidden === 0 || hidden >= MASK_CROWD, `hidden ${hidden}`).toBe(true)
    expect(group.payees).toBe(hidden + payeesIn(cells, plan, group.townships, 'shown'))
  }
  const grouped = plan.groups.flatMap(({ townships }) => townships)
  expect(new Set(grouped).size).toBe(grouped.length)
}

describe('P5: the plan of a masked fund', () => {
  it('never leaves one to four payees between a total and what is shown', () => {
    fc.assert(
      fc.property(anyCells, (cells) => {
        const plan = planMask(cells, NONE, () => true)
        requireSafe(cells, plan)
        for (const cell of cells)
          if (plan.states.get(cell.village) === 'shown') expect(cell.payees).toBeGreaterThanOrEqual(MASK_CROWD)
      }),
      { seed: SEED, numRuns: 500 },
    )
  })

  it('keeps what an earlier release showed, counted and grouped, and counts no fewer than five payees anew', () => {
    fc.assert(
      fc.property(
        anyCells,
        fc.array(fc.integer({ min: 0, max: 6 }), { minLength: 40, maxLength: 40 }),
        anyCells,
        (cells, growth, more) => {
          const first = planMask(cells, NONE, () => true)
          const grown = cells.map((cell, at) => ({ ...cell, payees: cell.payees + (growth[at] ?? 0) }))
          const later = [...grown, ...more.filter((cell) => !cells.some(({ village }) => village === cell.village))]
          const second = planMask(later, decided(first), () => true)
          requireSafe(later, second)
          for (const [village, state] of decided(first).states) expect(second.states.get(village)).toBe(state)
          for (const { townships } of first.groups) {
            expect(second.groups.map((group) => group.townships.join())).toContain(townships.join())
            const fresh = later.filter(
              (cell) =>
                townships.includes(cell.township) &&
                second.states.get(cell.village) === 'counted' &&
                first.states.get(cell.village) !== 'counted',
            )
            const payees = fresh.reduce((sum, cell) => sum + cell.payees, 0)
            expect(payees === 0 || payees >= MASK_CROWD, `newly counted ${payees}`).toBe(true)
          }
        },
      ),
      { seed: SEED, numRuns: 500 },
    )
  })

  it('publishes no total at all below five payees in the whole county', () => {
    const plan = planMask([{ village: 'a', township: 't', payees: 4, amount: 1 }], NONE, () => true)
    expect(plan.groups).toEqual([])
    expect(plan.states.get('a')).toBe('out')
  })

  it('hides a village that could be shown rather than leave a rest of two payees', () => {
    const plan = planMask(
      [
        { village: 'a', township: 't', payees: 9, amount: 9 },
        { village: 'b', township: 't', payees: 6, amount: 6 },
        { village: 'c', township: 't', payees: 2, amount: 2 },
      ],
      NONE,
      () => true,
    )
    expect(Object.fromEntries(plan.states)).toEqual({ a: 'shown', b: 'counted', c: 'counted' })
    expect(plan.groups).toEqual([{ townships: ['t'], payees: 17, amount: 17 }])
  })

  it('shows no village of a fund that is published in totals only', () => {
    const plan = planMask([{ village: 'a', township: 't', payees: 9, amount: 9 }], NONE, () => false)
    expect(plan.states.get('a')).toBe('counted')
  })
})

describe('P5: surnames on masked rows', () => {
  const names = (surname: string, people: number): string[] =>
    Array.from({ length: people }, (_, at) => `${surname}示${at}`)

  it('know compound surnames, and don’t take two characters for one', () => {
    expect(surnameOf('欧阳示例')).toBe('欧阳')
    expect(surnameOf('欧阳')).toBe('欧')
    expect(surnameOf('粟某')).toBe('粟')
    expect(surnameOf('𠮷示例')).toBe('𠮷')
    expect([...crowdOf(['𠮷示例', '𠮶示例']).bySurname]).toEqual([
      ['𠮷', 1],
      ['𠮶', 1],
    ])
  })

  it('stand only where five share them', () => {
    const crowd = crowdOf([...names('粟', 5), ...names('杨', 4), ...names('石', 3)])
    expect([...shownSurnames(crowd)]).toEqual(['粟'])
    expect(candidates(crowd, shownSurnames(crowd), NOBODY)).toBe(7)
  })

  it('are all left out where the rest would be one to four people: 某* would point at them', () => {
    const crowd = crowdOf([...names('粟', 5), ...names('石', 2)])
    expect(shownSurnames(crowd).size).toBe(0)
    expect(candidates(crowd, shownSurnames(crowd), NOBODY)).toBe(7)
  })

  it('leave at least five people behind every kind of row, whatever the village', () => {
    const anyVillage = fc.array(fc.constantFrom(...'粟杨龙吴梁石唐'), { minLength: 5, maxLength: 60 })
    fc.assert(
      fc.property(anyVillage, (surnames) => {
        const crowd = crowdOf(surnames.map((surname, at) => `${surname}示${at}`))
        const shown = shownSurnames(crowd)
        for (const surname of shown) expect(candidates(crowd, shown, surname)).toBeGreaterThanOrEqual(MASK_CROWD)
        const rest = candidates(crowd, shown, NOBODY)
        expect(rest === 0 || rest >= MASK_CROWD).toBe(true)
      }),
      { seed: SEED, numRuns: 500 },
    )
  })
})
