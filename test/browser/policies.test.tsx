// The policy screens as a villager finds them, in the real browser over invented data.
import { expect, test } from 'vitest'
import type { Place } from '../../renderer/navigation/place.ts'
import { onStage } from './finance-stage.tsx'

const EMPTY: Place = { screen: 'policies', text: '', tags: [], on: null }

test('The letters G and D lead to 耕地 without a keyboard, and letters that lead nowhere are no keys.', async () => {
  const stage = onStage(EMPTY)
  await expect.poll(stage.text).toContain('常用的词')
  stage.tap('G')
  await expect.poll(stage.text).toContain('已点：G')
  stage.tap('D')
  await expect.poll(stage.text).toContain('已点：GD')
  stage.tap('耕地')
  expect(stage.moves).toEqual([{ ...EMPTY, text: '耕地' }])
  const dead = [...stage.element.querySelectorAll('button')].filter((key) => key.textContent === 'I')
  expect(dead.every((key) => key.disabled)).toBe(true)
})

test('A word added searches within what was found, and each part can be taken away again.', async () => {
  const stage = onStage({
    screen: 'policies',
    text: '耕地 补贴',
    tags: [{ dimension: '领域', value: '农业' }],
    on: null,
  })
  await expect.poll(stage.text).toContain('正在找')
  stage.tap('补贴')
  stage.tap('农业')
  expect(stage.moves).toEqual([
    { screen: 'policies', text: '耕地', tags: [{ dimension: '领域', value: '农业' }], on: null },
    { screen: 'policies', text: '耕地 补贴', tags: [], on: null },
  ])
})

test('Hits are lit in the title.', async () => {
  const stage = onStage({ screen: 'policies', text: '耕地', tags: [], on: null })
  await expect.poll(() => stage.element.querySelector('mark')?.textContent).toBe('耕地')
})

test('Kinds are tiles, and a day is chosen by tiles.', async () => {
  const stage = onStage(EMPTY)
  await expect.poll(stage.text).toContain('按类找')
  stage.tap('按类找')
  await expect.poll(stage.text).toContain('种地农户')
  stage.tap('种地农户')
  stage.tap('哪天有效')
  await expect.poll(stage.text).toContain('2024年1月1日')
  stage.tap('别的日子')
  await expect.poll(stage.text).toContain('哪一年')
  stage.tap('2023年')
  await expect.poll(stage.text).toContain('2023年哪个月')
  stage.tap('2 月')
  await expect.poll(stage.text).toContain('28 日')
  stage.tap('28 日')
  expect(stage.moves).toEqual([
    { ...EMPTY, tags: [{ dimension: '对象', value: '种地农户' }] },
    { ...EMPTY, on: '2023-02-28' },
  ])
})

test('Only the clauses of the fund one came from are lit, and the whole text stands below.', async () => {
  const stage = onStage({ screen: 'policy', index: 'HT-2025-003', because: 'F001' })
  await expect.poll(stage.text).toContain('共 14 条，亮的 2 条')
  // The clauses in sight answer the tap; the others are drawn when those have been painted.
  await expect.poll(stage.text).toContain('第十四条')
  const plain = onStage({ screen: 'policy', index: 'HT-2025-003', because: null })
  await expect.poll(plain.text).toContain('第十四条')
  expect(plain.text()).not.toContain('与您看的那一笔有关')
})

test('A policy that gives way says so, and an unknown day of force stays unknown.', async () => {
  const old = onStage({ screen: 'policy', index: 'HT-2023-005', because: null })
  await expect.poll(old.text).toContain('已经失效')
  const unknown = onStage({ screen: 'policy', index: 'HT-2024-104', because: null })
  await expect.poll(unknown.text).toContain('是否有效没写明')
  expect(unknown.text()).toContain('施行日期没写明')
})

test('The funds that rest on a policy are one key away and lead to the fund.', async () => {
  const stage = onStage({ screen: 'policy', index: 'HT-2025-003', because: null })
  await expect.poll(stage.text).toContain('用它的资金')
  stage.tap('用它的资金')
  await expect.poll(stage.text).toContain('用这份政策的资金')
  stage.element.querySelector<HTMLElement>('.row-way')?.click()
  expect(stage.moves).toEqual([{ screen: 'fund', fund: 'F001', year: 2025, question: 1 }])
  stage.tap('和旧版比')
  expect(stage.moves.at(-1)).toEqual({ screen: 'policy-versions', left: 'HT-2023-005', right: 'HT-2025-003' })
})

test('Versions mark what only the older says as struck out and what only the newer says as added.', async () => {
  const stage = onStage({ screen: 'policy-versions', left: 'HT-2025-003', right: 'HT-2023-005' })
  await expect.poll(stage.text).toContain('改了 2 条，新加 0 条，去掉 0 条，没变 12 条')
  const words = (tag: string): string[] =>
    [...stage.element.querySelectorAll(`.versions-clause ${tag}`)].map((one) => one.textContent ?? '')
  expect(words('del')).toContain('99.00')
  expect(words('ins')).toContain('105.00')
  stage.tap('也看没变的 12 条')
  await expect.poll(stage.text).toContain('第一条')
})
