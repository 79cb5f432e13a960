// What is counted of a visit, and what isn't.
import { expect, it } from 'vitest'
import type { UsageRequest } from '../../sync/contract/host-api.ts'
import { counted, type Moment, NOTHING_SEEN } from './usage.ts'

function eventsOf(...moments: Partial<Moment>[]): UsageRequest[] {
  let seen = NOTHING_SEEN
  return moments.flatMap((moment) => {
    const now = counted(seen, { phase: 'visit', visit: 1, step: 0, screen: 'home', ...moment })
    seen = now.seen
    return now.events
  })
}
const screens = (events: UsageRequest[]) => events.flatMap((one) => (one.event === 'screen' ? [one.screen] : []))

it('counts a visit once, with each screen that it enters', () => {
  const walk = eventsOf(
    { phase: 'attract' },
    { phase: 'attract' },
    {},
    {},
    { step: 1, screen: 'fund' },
    { step: 1, screen: 'fund' },
    { step: 0 },
    { phase: 'attract', visit: 2 },
    { visit: 2 },
  )
  expect(walk.filter(({ event }) => event === 'rest')).toHaveLength(2)
  expect(walk.filter(({ event }) => event === 'visit')).toHaveLength(2)
  expect(screens(walk)).toEqual(['home', 'fund', 'home', 'home'])
})

it('P4: counts reporting, asking and reading answers as one, once a visit', () => {
  const walk = eventsOf(
    {},
    { step: 1, screen: 'report' },
    { step: 2, screen: 'report' },
    { step: 3, screen: 'receipt' },
  )
  expect(screens(walk)).toEqual(['home', 'voice'])
  expect(screens(eventsOf({}, { step: 1, screen: 'answers' }, { step: 2, screen: 'report' }))).toEqual([
    'home',
    'voice',
  ])
})

it('tells nothing of a place but its name', () => {
  const [visit, screen] = eventsOf({ step: 4, screen: 'household' })
  expect([visit, screen]).toEqual([{ event: 'visit' }, { event: 'screen', screen: 'household' }])
})
