// The invented people of one village: households with members, fields and woods, and lists to draw payees from.
import type { Milli } from '../../contract/rows.ts'
import type { Frame, Village } from './frame.ts'
import type { Payee } from './fund-plan.ts'
import { givenName, invalidIdNumber, surname } from './names.ts'
import { hash32, type Random, randomOf } from './random.ts'

export interface Person {
  name: string
  age: number
  /** Name of the household's head; '' for the head itself and for organisations. */
  household: string
  relation: string
  group: string
  idNumber: string
  /** Thousandths of a mu. */
  fields: Milli
  woods: Milli
}
export type Roster = Record<Exclude<Payee, 'project'>, readonly Person[]>

interface Making {
  random: Random
  year: number
  lead: number
  /** Which village of the county, and how many of its people were born in a year: no ID number is given twice. */
  at: number
  born: Map<number, number>
  all: Person[]
}

/** Step between two people of one village and year: more than there are villages. */
const VILLAGES = 256

function person(making: Making, given: Partial<Person> & { family: string; age: number; woman: boolean }): Person {
  const { random, year } = making
  const birthYear = year - given.age
  const order = making.born.get(birthYear) ?? 0
  making.born.set(birthYear, order + 1)
  const made: Person = {
    name: given.family + givenName(random, given.woman, given.age),
    age: given.age,
    household: given.household ?? '',
    relation: given.relation ?? '户主',
    group: given.group ?? '',
    idNumber: invalidIdNumber(birthYear, order * VILLAGES + making.at),
    fields: given.fields ?? 0,
    woods: given.woods ?? 0,
  }
  making.all.push(made)
  return made
}

function members(making: Making, head: Person, family: string): void {
  const { random, lead } = making
  const { group, fields, woods } = head
  const shared = { household: head.name, group, fields, woods }
  const other = (): string => surname(random, lead + random.int(1, 9))
  if (random.chance(0.72))
    person(making, { ...shared, family: other(), age: head.age - 2, woman: true, relation: '配偶' })
  if (head.age < 75 && random.chance(0.3)) {
    const woman = random.chance(0.55)
    const relation = woman ? '母亲' : '父亲'
    person(making, { ...shared, family: woman ? other() : family, age: head.age + random.int(21, 30), woman, relation })
  }
  const children = head.age < 40 ? random.int(1, 3) : random.int(0, 2)
  for (let i = 0; i < children; i++) {
    const age = head.age - random.int(22, 32)
    if (age < 0) continue
    const woman = random.chance(0.46)
    person(making, { ...shared, family, age, woman, relation: woman ? '女儿' : '儿子' })
  }
  if (head.age > 54 && random.chance(0.4)) {
    const woman = random.chance(0.5)
    const relation = woman ? '孙女' : '孙子'
    person(making, { ...shared, family, age: random.int(1, 19), woman, relation })
  }
}

function organisation(name: string): Person {
  return { name, age: 0, household: '', relation: '', group: '', idNumber: '', fields: 0, woods: 0 }
}
function organisations(village: Village, random: Random): Person[] {
  const place = village.name.replace(/(村|社区)$/, '') || village.name
  const names = ['惠农', '金穗', '青山', '绿源', '丰泽', '同心']
  return [
    organisation(`会同县${place}${random.pick(names)}种养专业合作社（示例）`),
    organisation(`${village.name}${random.pick(names)}家庭农场（示例）`),
    organisation(`${village.name}教学点（示例）`),
  ]
}

/** The village's people, and from them who can be paid as what. */
export function rosterOf(frame: Frame, village: Village): Roster {
  const random = randomOf(frame.seed, `people ${village.code}`)
  const at = frame.villages.findIndex(({ code }) => code === village.code)
  const lead = hash32(village.code) % 12
  const making: Making = { random, year: frame.year, lead, at, born: new Map(), all: [] }
  const heads: Person[] = []
  for (let i = 0; i < village.households; i++) {
    const family = surname(random, making.lead)
    const group = `${1 + Math.floor((i * village.groups) / village.households)}组`
    const fields = random.int(60, 520) * 10 + (random.chance(0.05) ? 6000 : 0)
    const woods = random.int(20, 420) * 100
    const age = random.int(30, 78)
    const head = person(making, { family, age, woman: random.chance(0.14), group, fields, woods })
    heads.push(head)
    members(making, head, family)
  }
  const aged = (from: number, to: number): Person[] => making.all.filter((one) => one.age >= from && one.age <= to)
  return {
    head: heads,
    adult: aged(18, 59),
    child: aged(0, 13),
    teen: aged(15, 22),
    old60: aged(60, 110),
    old80: aged(80, 89),
    old90: aged(90, 99),
    old100: aged(100, 110),
    org: organisations(village, random),
    village: [organisation(`${village.name}${village.name.endsWith('社区') ? '居民委员会' : '村民委员会'}`)],
  }
}
