import { expect, test } from 'vitest'
import { wordsOf, yearsIn } from './words.ts'

const TITLES = ['会同县耕地地力保护补贴发放办法', '会同县稻谷目标价格补贴实施细则', '重度残疾人护理补贴发放办法']

test('Words that stand in nearly every title are left out, and the commonest stand first.', async () => {
  const words = await wordsOf(TITLES, [], String, async () => undefined)
  expect(words[0]?.word).toBe('补贴')
  expect(words.map((word) => word.word)).not.toContain('办法')
})

test('Years come from titles and numbers, newest first, and not out of longer figures.', () => {
  expect(yearsIn(['会农联〔2025〕3 号', '2023 年方案', '登记 120241'], 4)).toEqual(['2025', '2023'])
})
