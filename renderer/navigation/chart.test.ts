// The chart is walked along every shortest path that it has itself, on a simulated clock, and its promises are looked at
// in each state on the way. P6: a visit leaves nothing. P7/P1: what waits is applied in attract only.
import { describe, expect, it } from 'vitest'
import { type Actor, createActor, SimulatedClock } from 'xstate'
import { getShortestPaths } from 'xstate/graph'
import type { ReportedObject } from '../../sync/contract/report.ts'
import {
  type ChartEmitted,
  type ChartEvent,
  type ChartInput,
  chart,
  MAINTENANCE_IDLE_MS,
  PIN_IDLE_MS,
} from './chart.ts'
import type { Place } from './place.ts'
import { newDraft, RECEIPT_SECONDS, type ReportDraft } from './report.ts'
import { current } from './way.ts'

const input: ChartInput = { warnAfterSeconds: 60, resetAfterSeconds: 3, ownVillage: '431225204216' }
const household: Place = { screen: 'household', village: '431225204202', head: 7, year: null, open: null }

const object: ReportedObject = { kind: 'none', place: '431225204216', snapshot: [], origin: null, release: 47 }
const CODE = '稻谷-水牛-扁担-月亮-板凳'
const written: ReportDraft = { ...newDraft(object, []), reason: 'favours', named: true, contact: '13900000000' }

/** Events a person or the machine may send; the chart's own timers are events too, and are waited for. */
const EVENTS: ChartEvent[] = [
  { type: 'start' },
  { type: 'open', place: household },
  { type: 'touch' },
  { type: 'stay' },
  { type: 'done' },
  { type: 'go', place: household },
  { type: 'back' },
  { type: 'home' },
  { type: 'village', village: '431225204202' },
  { type: 'letters', letters: { size: 140, contrast: true } },
  { type: 'report', object, names: ['粟昌荣'] },
  { type: 'draft', change: () => written },
  { type: 'sealed', visit: 1, id: '00000000001', queryCode: CODE },
  { type: 'release-waiting' },
  { type: 'app-waiting' },
  { type: 'health', health: 'stale' },
  { type: 'pin-asked' },
  { type: 'pin-left' },
  { type: 'maintenance-opened' },
  { type: 'maintenance-closed' },
]
const TIMERS: Record<string, number> = {
  'xstate.after.warnAfter.sunhall.visit.active': input.warnAfterSeconds * 1_000,
  'xstate.after.second.sunhall.visit.warning.counting': 1_000,
  'xstate.after.second.sunhall.receipt.shown': 1_000,
  'xstate.after.pinIdle.sunhall.health.service.pin': PIN_IDLE_MS,
  'xstate.after.maintenanceIdle.sunhall.health.service.maintenance': MAINTENANCE_IDLE_MS,
}

interface Walk {
  actor: Actor<typeof chart>
  clock: SimulatedClock
  said: ChartEmitted['type'][]
}
function begin(): Walk {
  const clock = new SimulatedClock()
  const actor = createActor(chart, { input, clock })
  const said: ChartEmitted['type'][] = []
  actor.on('*', (event) => said.push(event.type))
  actor.start()
  return { actor, clock, said }
}
function step(walk: Walk, event: { type: string }): void {
  if (event.type === 'xstate.init') return
  const wait = TIMERS[event.type]
  if (wait === undefined) walk.actor.send(event as ChartEvent)
  else walk.clock.increment(wait)
}
const visitOf = (walk: Walk) => {
  const { visit } = walk.actor.getSnapshot().value as { visit: string | object }
  return typeof visit === 'string' ? visit : Object.keys(visit)[0]
}

/** Looks at the promises that hold in every state. */
function look(walk: Walk): void {
  const { context } = walk.actor.getSnapshot()
  expect(visitOf(walk)).not.toBe('resetting')
  expect(context.way.steps.length).toBeGreaterThan(0)
  // A message has one form at a time: being written, or sealed with its codes on their own screen.
  if (context.receipt !== null) {
    expect(context.draft).toBeNull()
    expect(current(context.way).place.screen).toBe('receipt')
  }
  if (visitOf(walk) !== 'attract') return
  expect([context.draft, context.receipt]).toEqual([null, null])
  expect(walk.actor.getSnapshot().matches({ updates: { release: 'waiting' } })).toBe(false)
  expect(walk.actor.getSnapshot().matches({ updates: { app: 'waiting' } })).toBe(false)
}

describe('the chart of the page', () => {
  const paths = getShortestPaths(chart, {
    input,
    events: [...EVENTS, ...Object.keys(TIMERS).map((type) => ({ type }) as unknown as ChartEvent)],
    limit: 100_000,
    serializeState: (state) => {
      const { context, value } = state as ReturnType<Walk['actor']['getSnapshot']>
      const depth = Math.min(2, context.way.steps.length)
      const draft = context.draft === null ? 'none' : context.draft.reason
      return JSON.stringify([value, depth, context.letters.contrast, draft])
    },
  })

  it('has paths into every state that it names', () => {
    const reached = paths.map((path) => JSON.stringify((path.state as unknown as { value: unknown }).value)).join()
    for (const name of ['attract', 'active', 'counting', 'pin', 'maintenance', 'starting', 'stale', 'shown'])
      expect(reached).toContain(name)
  })

  it('keeps its promises in every state along every path', () => {
    expect(paths.length).toBeGreaterThan(100)
    for (const path of paths) {
      const walk = begin()
      for (const { event } of path.steps) {
        step(walk, event)
        look(walk)
      }
    }
  }, 60_000)

  it('comes home empty from the end of every path, without a touch', () => {
    for (const path of paths) {
      const walk = begin()
      for (const { event } of path.steps) step(walk, event)
      walk.clock.increment(MAINTENANCE_IDLE_MS)
      for (let second = 0; second <= input.resetAfterSeconds; second++) walk.clock.increment(1_000)
      const { context, value } = walk.actor.getSnapshot()
      expect(value).toMatchObject({ visit: 'attract', health: { service: 'public' } })
      expect(context.way.steps.map((at) => at.place.screen)).toEqual(['home'])
      expect(context.letters).toEqual({ size: 100, contrast: false })
      expect(context.village).toBe(input.ownVillage)
      expect(JSON.stringify(context)).not.toMatch(/稻谷|13900000000|粟昌荣|favours/)
    }
  }, 60_000)

  it('says forget at boot, before the first attract screen', () => {
    expect(begin().said.slice(0, 2)).toEqual(['forget', 'rest'])
  })

  it('warns before it resets, and counts the seconds down', () => {
    const walk = begin()
    walk.actor.send({ type: 'start' })
    walk.clock.increment(59_999)
    expect(visitOf(walk)).toBe('active')
    walk.clock.increment(1)
    expect(visitOf(walk)).toBe('warning')
    const seconds = [walk.actor.getSnapshot().context.secondsLeft]
    walk.clock.increment(1_000)
    seconds.push(walk.actor.getSnapshot().context.secondsLeft)
    walk.clock.increment(1_000)
    seconds.push(walk.actor.getSnapshot().context.secondsLeft)
    expect(seconds).toEqual([3, 2, 1])
    walk.clock.increment(1_000)
    expect(visitOf(walk)).toBe('attract')
  })

  it('goes on exactly where one was when one says so', () => {
    const walk = begin()
    walk.actor.send({ type: 'start' })
    walk.actor.send({ type: 'go', place: household })
    const before = current(walk.actor.getSnapshot().context.way)
    walk.clock.increment(60_000)
    walk.actor.send({ type: 'touch' })
    expect(visitOf(walk)).toBe('warning')
    walk.actor.send({ type: 'stay' })
    expect(visitOf(walk)).toBe('active')
    expect(current(walk.actor.getSnapshot().context.way)).toBe(before)
  })

  it('a receipt takes the place of the draft, counts its minute down, and ends the visit', () => {
    const walk = begin()
    walk.actor.send({ type: 'start' })
    walk.actor.send({ type: 'report', object, names: [] })
    walk.actor.send({ type: 'draft', change: () => written })
    walk.actor.send({ type: 'go', place: { screen: 'report', step: 'look' } })
    const { visit } = walk.actor.getSnapshot().context
    walk.actor.send({ type: 'sealed', visit, id: '00000000001', queryCode: CODE })
    const shown = walk.actor.getSnapshot().context
    expect(shown.draft).toBeNull()
    expect(shown.way.steps.map((at) => at.place.screen)).toEqual(['home', 'receipt'])
    for (let second = 1; second < RECEIPT_SECONDS; second++) {
      walk.clock.increment(1_000)
      walk.actor.send({ type: 'touch' })
      expect(walk.actor.getSnapshot().context.receipt?.secondsLeft).toBe(RECEIPT_SECONDS - second)
    }
    walk.clock.increment(1_000)
    expect(visitOf(walk)).toBe('attract')
    expect(walk.actor.getSnapshot().context.receipt).toBeNull()
  })

  it.each<ChartEvent>([{ type: 'home' }, { type: 'back' }, { type: 'go', place: household }])(
    'the codes of a receipt are gone with the screen: $type',
    (leave) => {
      const walk = begin()
      walk.actor.send({ type: 'start' })
      walk.actor.send({ type: 'report', object, names: [] })
      const { visit } = walk.actor.getSnapshot().context
      walk.actor.send({ type: 'sealed', visit, id: '00000000001', queryCode: CODE })
      expect(walk.actor.getSnapshot().context.receipt).not.toBeNull()
      walk.actor.send(leave)
      expect(JSON.stringify(walk.actor.getSnapshot().context)).not.toContain('稻谷')
      walk.clock.increment(30_000)
      expect(visitOf(walk)).toBe('active')
    },
  )

  it('a receipt that comes after its visit has ended is shown to nobody', () => {
    const walk = begin()
    walk.actor.send({ type: 'start' })
    walk.actor.send({ type: 'report', object, names: [] })
    const { visit } = walk.actor.getSnapshot().context
    walk.actor.send({ type: 'done' })
    walk.actor.send({ type: 'start' })
    walk.actor.send({ type: 'report', object, names: [] })
    walk.actor.send({ type: 'sealed', visit, id: '00000000001', queryCode: CODE })
    expect(walk.actor.getSnapshot().context.receipt).toBeNull()
    expect(walk.actor.getSnapshot().context.draft).not.toBeNull()
  })

  it('a touch puts the warning off', () => {
    const walk = begin()
    walk.actor.send({ type: 'start' })
    for (let minute = 0; minute < 5; minute++) {
      walk.clock.increment(50_000)
      walk.actor.send({ type: 'touch' })
    }
    expect(visitOf(walk)).toBe('active')
  })

  it('opens a waiting release in attract, never under a finger', () => {
    const walk = begin()
    walk.actor.send({ type: 'start' })
    walk.actor.send({ type: 'release-waiting' })
    walk.actor.send({ type: 'app-waiting' })
    walk.actor.send({ type: 'go', place: household })
    expect(walk.said).not.toContain('open-release')
    walk.actor.send({ type: 'done' })
    expect(walk.said.slice(-5).sort()).toEqual(['apply-app', 'forget', 'open-release', 'rest', 'visit'].sort())
    expect(walk.said.indexOf('open-release')).toBeGreaterThan(walk.said.lastIndexOf('forget'))
  })

  it('asking for the PIN ends a visit, and no visit starts before maintenance is left', () => {
    const walk = begin()
    walk.actor.send({ type: 'start' })
    walk.actor.send({ type: 'go', place: household })
    walk.actor.send({ type: 'pin-asked' })
    expect(walk.actor.getSnapshot().value).toMatchObject({ visit: 'attract', health: { service: 'pin' } })
    walk.actor.send({ type: 'start' })
    expect(visitOf(walk)).toBe('attract')
    walk.actor.send({ type: 'maintenance-opened' })
    walk.actor.send({ type: 'done' })
    expect(walk.said.at(-1)).toBe('close-maintenance')
    walk.actor.send({ type: 'start' })
    expect(visitOf(walk)).toBe('active')
  })
})
