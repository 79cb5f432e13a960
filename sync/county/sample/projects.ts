// Projects of the sample county: at least two in each township, with goals beside results, progress, acceptance, audit,
// pictures and published problems. Instalments (start, half-way, after acceptance) are the payments of project funds.
import type { Day, Fen } from '../../contract/rows.ts'
import type { ProjectsRow } from '../tables.ts'
import { dayOf, daysAfter, spoken } from './calendar.ts'
import type { Frame, Village } from './frame.ts'
import { officersOf } from './officers.ts'
import { departmentPhones } from './phones.ts'
import type { Pictures } from './pictures.ts'
import { PROJECT_KINDS, type ProjectKind } from './project-kinds.ts'
import { type Random, randomOf } from './random.ts'

export interface Instalment {
  date: Day
  amount: Fen
  part: string
}
export interface Project {
  row: ProjectsRow
  instalments: readonly Instalment[]
}

const round100 = (fen: number): Fen => Math.round(fen / 10_000) * 10_000
const CODES = Object.keys(PROJECT_KINDS)
const COMPANIES = ['宏远', '顺达', '渠水', '鹰嘴界', '雪峰', '巫水'] as const

interface Draft {
  frame: Frame
  village: Village
  random: Random
  kind: ProjectKind
  quantity: number
  start: Day
  end: Day
  /** null while the works go on. */
  accepted: Day | null
  price: Fen
  /** Trouble was found. */
  troubled: boolean
}

function goalsOf(draft: Draft): ProjectsRow['goals'] {
  const { kind, quantity, accepted, troubled, end, frame } = draft
  const done = accepted !== null
  const late = done && accepted > daysAfter(end, 30)
  const size = kind.content.split('，')[0]?.replace('{n}', String(quantity)) ?? ''
  return [
    { kind: 'quantity', name: '干多少', target: size, result: done ? `完成${size}` : '', met: done ? true : null },
    {
      kind: 'quality',
      name: '质量',
      target: kind.quality,
      result: done ? (troubled ? `验收时提出：${kind.problem}；整改后合格` : '验收合格') : '',
      met: done ? true : null,
    },
    {
      kind: 'timeliness',
      name: '按时',
      target: `${spoken(end)}前完工`,
      result: done ? (late ? '完工晚于计划' : '按期完工') : frame.today > end ? '已过计划日期，还没验收' : '',
      met: done ? !late : frame.today > end ? false : null,
    },
    {
      kind: 'benefit',
      name: '好处',
      target: kind.benefit,
      result: done ? `${kind.benefit}，村民代表评议满意` : '',
      met: done ? true : null,
    },
  ]
}

function progressOf(draft: Draft): ProjectsRow['progress'] {
  const { start, end, frame, accepted } = draft
  const steps: [Day, number, string][] = [
    [start, 0, '开工，公示牌已立'],
    [daysAfter(start, 25), 30, '基础和备料完成，拨付首笔工程款'],
    [daysAfter(start, 60), 60, '主体完成过半，村民监督员到场看过'],
    [end, 95, '主体完工，清理现场'],
  ]
  if (accepted) steps.push([accepted, 100, '乡镇和部门联合验收'])
  return steps.filter(([date]) => date <= frame.today).map(([date, percent, note]) => ({ date, percent, note }))
}

function photosOf(draft: Draft, pictures: Pictures): ProjectsRow['photos'] {
  const { kind, random, start, accepted, frame } = draft
  const shots: ['before' | 'during' | 'after', Day | null][] = [
    ['before', daysAfter(start, -6)],
    ['during', daysAfter(start, 40)],
    ['after', accepted],
  ]
  const variant = random.int(0, 99)
  return shots.flatMap(([stage, date]) =>
    date && date <= frame.today ? [{ stage, media: pictures.scene(kind.scene, stage, variant), date }] : [],
  )
}

function problemsOf(draft: Draft): ProjectsRow['problems'] {
  const { troubled, accepted, kind, random, frame, start } = draft
  if (!troubled) return []
  const found = accepted ? daysAfter(accepted, -20) : daysAfter(start, 45)
  if (found > frame.today) return []
  const repaired = accepted && random.chance(0.75) ? daysAfter(found, 14) : null
  return [{ found, problem: kind.problem, repair: repaired ? kind.repair : '', repaired }]
}

function instalmentsOf(draft: Draft): Instalment[] {
  const { price, start, accepted, frame } = draft
  const first = round100(price * 0.3)
  const second = round100(price * 0.5)
  const parts: Instalment[] = [
    { date: daysAfter(start, 26), amount: first, part: '首付款' },
    { date: daysAfter(start, 66), amount: second, part: '进度款' },
  ]
  if (accepted) parts.push({ date: daysAfter(accepted, 20), amount: price - first - second, part: '结算款' })
  return parts.filter((one) => one.date <= frame.today)
}

function draftOf(frame: Frame, village: Village, random: Random, kind: ProjectKind, year: number): Draft {
  const quantity = Math.round(random.int(kind.from, kind.to) / 2) * 2
  const start = dayOf(year, random.int(2, 8), random.int(3, 26))
  const end = daysAfter(start, random.int(80, 125))
  const done = daysAfter(end, random.chance(0.8) ? random.int(5, 26) : random.int(40, 70))
  const price = round100(quantity * kind.price * 100 * (0.94 + random.next() * 0.1))
  return {
    frame,
    village,
    random,
    kind,
    quantity,
    start,
    end,
    accepted: done <= frame.today ? done : null,
    price,
    troubled: random.chance(0.3),
  }
}

function projectOf(frame: Frame, pictures: Pictures, village: Village, order: number, number: number): Project {
  const random = randomOf(frame.seed, `project ${village.code} ${order}`)
  const city = village.name.endsWith('社区')
  const fund = city && random.chance(0.6) ? random.pick(['F105', 'F196', 'F191']) : random.pick(CODES)
  const kind = PROJECT_KINDS[fund] ?? PROJECT_KINDS.F110
  if (!kind) throw new RangeError(`Expected a kind of works for fund ${fund}`)
  const year = frame.year - (random.chance(0.55) ? 0 : random.chance(0.7) ? 1 : 2)
  const draft = draftOf(frame, village, random, kind, year)
  const { price, accepted, quantity } = draft
  const instalments = instalmentsOf(draft)
  const group = random.int(1, village.groups)
  const department = frame.funds.find((one) => one.code === fund)?.department ?? ''
  const row: ProjectsRow = {
    code: `示例项目${String(year).slice(2)}-${String(number).padStart(4, '0')}`,
    name: `${village.name}${kind.title}`,
    fund,
    year,
    village: village.code,
    place: `${village.townshipName}${village.name}${group}组`,
    content: kind.content.replace('{n}', String(quantity)),
    budget: round100(price * 1.06),
    contractor: `会同县${random.pick(COMPANIES)}建设有限公司（示例）`,
    contractPrice: price,
    paid: instalments.reduce((sum, one) => sum + one.amount, 0),
    auditedPrice: accepted && daysAfter(accepted, 20) <= frame.today ? price : null,
    responsible: officersOf(frame, village).secretary,
    officePhone: departmentPhones(frame, department).contact,
    start: draft.start,
    end: draft.end,
    accepted,
    acceptance: accepted ? (draft.troubled ? '提出问题，整改后合格' : '合格') : '',
    beneficiaries: `${random.int(1, 3)}个组，${Math.max(8, Math.round(village.households * (0.2 + random.next() * 0.5)))}户`,
    goals: goalsOf(draft),
    progress: progressOf(draft),
    photos: photosOf(draft, pictures),
    problems: problemsOf(draft),
  }
  return { row, instalments }
}

/** All projects by village code. The larger the scale, the more; never fewer than two a township. */
export function projectsOf(frame: Frame, pictures: Pictures): Map<string, Project[]> {
  const found = new Map<string, Project[]>()
  const before = new Map<string, number>()
  let number = 0
  for (const village of frame.villages) {
    const random = randomOf(frame.seed, `projects ${village.code}`)
    const soFar = before.get(village.township) ?? 0
    const wanted = soFar < 3 ? 1 : 0
    const count = wanted + (random.chance(0.15 + 0.7 * Math.min(1, frame.scale)) ? 1 : 0)
    before.set(village.township, soFar + count)
    const made = Array.from({ length: count }, (_, order) => projectOf(frame, pictures, village, order, ++number))
    if (made.length) found.set(village.code, made)
  }
  return found
}
