// The finance screens as a villager finds them, in the real browser over invented data.
import { expect, test } from 'vitest'
import type { MonthView } from '../../renderer/data/county-data.ts'
import { fixtureData } from '../county/fixture-data.ts'
import { onStage, VILLAGE } from './finance-stage.tsx'

const SEPTEMBER = '2025-09'

async function monthView(month: string): Promise<MonthView> {
  const answer = await fixtureData().month(VILLAGE, month)
  if (answer.state !== 'here') throw new Error(`Expected the invented month ${month}, got ${answer.state}`)
  return answer.value
}

test('A month says that it adds up, and where it came from once asked (P8).', async () => {
  const stage = onStage({ screen: 'finance', village: VILLAGE, month: SEPTEMBER })
  await expect.poll(stage.text).toContain('收支对得上')
  expect(stage.text()).toContain('143,257.75')
  // The head answers the tap; the rest is drawn when that has been painted.
  await expect.poll(stage.text).toContain('这个月的数从哪里来')
  stage.tap('这个月的数从哪里来')
  await expect.poll(stage.text).toContain('来自表格')
})

test('A month that does not add up says so with both figures and the difference.', async () => {
  const view = await monthView(SEPTEMBER)
  const period = { ...view.period, closing: view.period.closing + 100_00 }
  const value = { ...view, period, adds: false }
  const stage = onStage(
    { screen: 'finance', village: VILLAGE, month: SEPTEMBER },
    { month: async () => ({ state: 'here', value }) },
  )
  await expect.poll(stage.text).toContain('收支对不上')
  expect(stage.text()).not.toContain('收支对得上')
  expect(stage.text()).toContain('143,357.75')
  expect(stage.text()).toContain('相差100.00')
})

test('A month that is not published is said to be so, and no zero stands in its place.', async () => {
  const stage = onStage({ screen: 'finance', village: VILLAGE, month: '1999-01' })
  await expect.poll(stage.text).toContain('还没有公布')
  expect(stage.text()).not.toMatch(/(?<!\d)0\.00/)
})

test('Nothing is compared with an unpublished month, and its key leads nowhere.', async () => {
  const stage = onStage({ screen: 'finance', village: VILLAGE, month: '2024-07' })
  await expect.poll(stage.text).toContain('6 月没公布，不能比')
  const key = [...stage.element.querySelectorAll('button')].find((one) => one.textContent === '6 月')
  expect(key?.disabled).toBe(true)
})

test('A class leads to its vouchers, a row to its voucher, and 看图 to the image.', async () => {
  const stage = onStage({ screen: 'finance', village: VILLAGE, month: SEPTEMBER })
  await expect.poll(stage.text).toContain('人居环境补助')
  await expect.poll(stage.text).toContain('看图')
  stage.tap('公益支出')
  stage.tap('人居环境补助')
  stage.tap('看图')
  expect(stage.moves.map((place) => place.screen)).toEqual(['finance-class', 'voucher', 'picture'])
})

test('The wall of months shows the missing month, dashed and said.', async () => {
  const stage = onStage({ screen: 'finance-months', village: VILLAGE })
  await expect.poll(stage.text).toContain('6 月没公布')
  stage.tap('12 月')
  expect(stage.moves).toEqual([{ screen: 'finance', village: VILLAGE, month: '2024-12' }])
})

test('A voucher nobody approved yet says so, and the origin names file and row (P8).', async () => {
  const origin = await fixtureData().origin(1)
  const stage = onStage(
    { screen: 'voucher', village: VILLAGE, month: SEPTEMBER, voucher: '202509-001' },
    { origin: async () => (origin === null ? null : { ...origin, approvedBy: '', approvedOn: null }) },
  )
  await expect.poll(stage.text).toContain('未经复核')
  expect(stage.text()).toMatch(/第 \d+ 行/)
})

test('Comparing with a year that is not published shows no bar and no zero for it.', async () => {
  const view = await monthView(SEPTEMBER)
  const value = { ...view, yearBefore: null, income: view.income.map((row) => ({ ...row, yearBefore: null })) }
  const stage = onStage(
    { screen: 'compare', village: VILLAGE, month: SEPTEMBER },
    { month: async () => ({ state: 'here', value }) },
  )
  await expect.poll(stage.text).toContain('2024 年 9 月没公布')
  expect(stage.text()).toContain('去年 9 月没公布，不能比')
})

test('Contracts that still owe stand first, and what is owed is counted up.', async () => {
  const stage = onStage({ screen: 'holdings', village: VILLAGE, tab: 'contracts' })
  await expect.poll(stage.text).toContain('承包户还欠村里6,000.00')
  expect(stage.element.querySelector('.row-open')?.textContent).toContain('还欠')
})

test('A picture grows and shrinks by keys, and one that is not kept is said to be so.', async () => {
  const kept = onStage({ screen: 'picture', hash: 'a'.repeat(64), caption: '水渠' })
  await expect.poll(kept.text).toContain('100%')
  kept.tap('放大')
  await expect.poll(kept.text).toContain('150%')
  kept.tap('缩小')
  await expect.poll(kept.text).toContain('100%')
  const absent = onStage({ screen: 'picture', hash: 'f'.repeat(64), caption: '水渠' })
  await expect.poll(absent.text).toContain('本机未存这张图')
})
