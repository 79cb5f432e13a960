// Invented persons: surnames that are usual in the county, given names by combination, and numbers that can't be real.
import type { Random } from './random.ts'

/** Surname and weight; 粟, 杨 and 龙 lead, as they do there. */
const SURNAMES: readonly (readonly [string, number])[] = [
  ['粟', 14],
  ['杨', 13],
  ['龙', 9],
  ['吴', 8],
  ['梁', 8],
  ['林', 7],
  ['张', 6],
  ['王', 6],
  ['李', 6],
  ['明', 5],
  ['唐', 4],
  ['石', 4],
  ['向', 4],
  ['黄', 3],
  ['蒋', 3],
  ['陈', 3],
  ['于', 2],
  ['谌', 2],
  ['储', 1],
  ['欧阳', 1],
]
const MALE = [...'昌荣德贵光明祖新先绍文正世永家万友发兴国建志海长松林春山江云龙成华开元宗泽顺仁义安庆良富有生']
const FEMALE = [...'秀英桂兰玉梅凤莲菊香爱珍春美月翠金银花连冬云满清芳雪琴贞元妹娥素群燕红']
const YOUNG = [...'宇轩子涵浩然思琪欣怡佳俊杰梓萱雨桐嘉乐文博诗雅晨睿']
const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]

/** Two or three surnames lead in each village, as in real ones: `lead` turns the list. */
export function surname(random: Random, lead: number): string {
  if (random.chance(0.45)) return SURNAMES[(lead + (random.chance(0.3) ? 3 : 0)) % 12]?.[0] ?? '粟'
  const total = 109
  let at = random.next() * total
  for (const [name, weight] of SURNAMES) {
    at -= weight
    if (at < 0) return name
  }
  return '杨'
}

export function givenName(random: Random, woman: boolean, age: number): string {
  const letters = age < 20 ? YOUNG : woman ? FEMALE : MALE
  // Always two letters: a name of two, such as 明亮, is also a word, and the proof refuses a masked payee's name in a text.
  return random.pick(letters) + random.pick(letters)
}

/**
 * 18 digits in the shape of an ID number whose last one is never the check digit (P5: no number of the sample can
 * belong to a person). Numbers of one year differ as long as their orders, below 126,000, do.
 */
export function invalidIdNumber(birthYear: number, order: number): string {
  const month = 1 + (order % 12)
  const day = 1 + (Math.floor(order / 12) % 28)
  const body = `431225${birthYear}${String(month).padStart(2, '0')}${String(day).padStart(2, '0')}${String(order % 1000).padStart(3, '0')}`
  return body + String((idCheckValue(body) + 1 + (Math.floor(order / 1000) % 9)) % 10)
}

/** The check digit of GB 11643 for the first 17 digits; 10 stands for X. */
export function idCheckValue(body: string): number {
  let sum = 0
  for (let i = 0; i < 17; i++) sum += (WEIGHTS[i] ?? 0) * (body.charCodeAt(i) - 48)
  return (12 - (sum % 11)) % 11
}
