// The back stack, the hidden entry and what the machine can show: small pure decisions.
import { describe, expect, it } from 'vitest'
import { type HealthFacts, healthOf } from './health.ts'
import type { Place } from './place.ts'
import { atHome, canGoBack, current, goOn, replaced, stepBack, toHome, WAY_LIMIT } from './way.ts'
import { tapped } from './wordmark.ts'

const funds: Place = { screen: 'funds', class: null, year: 2025 }
const earlier: Place = { screen: 'funds', class: null, year: 2024 }
const notices: Place = { screen: 'notices' }

describe('the way', () => {
  it('goes back the way it came, and no further than home', () => {
    const there = goOn(goOn(atHome, funds), notices)
    expect(current(stepBack(there)).place).toEqual(funds)
    expect(canGoBack(stepBack(stepBack(there)))).toBe(false)
    expect(current(stepBack(stepBack(stepBack(there)))).place.screen).toBe('home')
  })

  it('a changed choice keeps its step, another screen is drawn anew', () => {
    const there = goOn(atHome, funds)
    expect(current(replaced(there, earlier)).id).toBe(current(there).id)
    expect(current(replaced(there, notices)).id).not.toBe(current(there).id)
    expect(replaced(there, notices).steps).toHaveLength(2)
  })

  it('home forgets the way, and is drawn anew', () => {
    const home = toHome(goOn(atHome, funds))
    expect(home.steps).toHaveLength(1)
    expect(current(home).id).not.toBe(0)
  })

  it('never grows without end, and still ends at home', () => {
    let way = atHome
    for (let step = 0; step < 500; step++) way = goOn(way, step % 2 === 0 ? funds : notices)
    expect(way.steps).toHaveLength(WAY_LIMIT)
    expect(way.steps[0]?.place.screen).toBe('home')
  })
})

describe('the hidden entry', () => {
  const at = (times: number[]) =>
    times.reduce((state, time) => tapped(state.times, time), { times: [] as number[], open: false })

  it('opens at five taps within three seconds', () => {
    expect(at([0, 500, 1_000, 1_500, 3_000]).open).toBe(true)
    expect(at([0, 500, 1_000, 1_500]).open).toBe(false)
    expect(at([0, 500, 1_000, 1_500, 3_001]).open).toBe(false)
  })
})

describe('what the machine can show', () => {
  const facts: HealthFacts = {
    mode: 'terminal',
    reader: 'open',
    dataUntil: '2025-09-30',
    today: '2025-10-18',
    staleAfterDays: 30,
  }

  it('says what holds, and stale only past the days of the config', () => {
    expect(healthOf(facts)).toBe('sound')
    expect(healthOf({ ...facts, today: '2025-10-30' })).toBe('sound')
    expect(healthOf({ ...facts, today: '2025-10-31' })).toBe('stale')
    expect(healthOf({ ...facts, reader: 'empty', dataUntil: null })).toBe('no-data')
    expect(healthOf({ ...facts, reader: 'failed' })).toBe('broken')
    expect(healthOf({ ...facts, reader: 'opening' })).toBe('starting')
    expect(healthOf({ ...facts, mode: null })).toBe('starting')
    expect(healthOf({ ...facts, mode: 'provisioning' })).toBe('provisioning')
  })
})
