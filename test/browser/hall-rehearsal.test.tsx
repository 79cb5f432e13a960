// What the page does while nobody stands there, and that it is never in anybody's way (P6, P7).
import { expect, test } from 'vitest'
import type { CountyData } from '../../renderer/data/county-data.ts'
import { fixtureData } from '../county/fixture-data.ts'
import { onStage } from './hall-stage.tsx'

const START = '点这里，开始查'
const patience = { timeout: 30_000 }
/** Seconds of idleness after which a visit ends: a slow machine has drawn its home screen by then. */
const IDLE = { warnAfterSeconds: 6, resetAfterSeconds: 1 }
const rehearsal = () => document.querySelector<HTMLElement>('.rehearsal')

/** A page in attract that has its code: it has had a visit. */
async function afterVisit(data: Partial<CountyData>) {
  const stage = onStage({ ...IDLE, data })
  await expect.poll(stage.screen).toBe('attract')
  stage.tap(START)
  await expect.poll(stage.screen).toBe('home')
  await expect.poll(stage.screen, patience).toBe('attract')
  return stage
}

test('In attract the first screens are drawn once, where nobody sees, taps or hears them.', async () => {
  const asked: string[] = []
  const data = fixtureData()
  const month: typeof data.month = (village, at) => {
    asked.push(village)
    return data.month(village, at)
  }
  const searched: string[] = []
  const policies: typeof data.policies = (query, limit) => {
    if (query.text !== '') searched.push(query.text)
    return data.policies(query, limit)
  }
  const stage = await afterVisit({ month, policies })
  asked.length = 0
  await expect.poll(rehearsal, patience).not.toBeNull()
  const drawn = rehearsal()
  expect(stage.screen()).toBe('attract')
  expect(drawn?.inert).toBe(true)
  expect(drawn?.getAttribute('aria-hidden')).toBe('true')
  expect(
    [...(drawn?.querySelectorAll('button') ?? [])].some((key) => key.checkVisibility({ visibilityProperty: true })),
  ).toBe(false)
  await expect.poll(rehearsal, patience).toBeNull()
  expect(asked.length).toBeGreaterThan(0)
  // Once for its hits, once as a screen that shows them.
  expect(searched.length).toBeGreaterThan(1)
  expect(stage.screen()).toBe('attract')
  expect(document.activeElement).toBe(document.body)
}, 120_000)

test('A visit that begins meanwhile ends it at once.', async () => {
  const stage = await afterVisit({})
  await expect.poll(rehearsal, patience).not.toBeNull()
  stage.tap(START)
  await expect.poll(stage.screen).toBe('home')
  expect(rehearsal()).toBeNull()
}, 120_000)
