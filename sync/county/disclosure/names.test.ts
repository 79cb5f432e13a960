import { expect, it } from 'vitest'
import { NameFinder } from './names.ts'

const finder = new NameFinder(['杨小明', '阿·依木'])

it.each([
  '慰问杨小明一户',
  '慰问杨 小　明一户',
  '慰问杨小\u200b明一户',
  '慰问阿·依木一户',
  '慰问阿•依木一户',
  '慰问阿・依木一户',
  '慰问阿依木一户',
])('P5: a masked payee is found in %j', (text) => expect(finder.find(text, 2)).toBe(2))

it.each(['慰问杨小\n明一户', '慰问阿依娜一户'])('nobody is found in %j', (text) => {
  expect(finder.find(text, 2)).toBe(-1)
})
