// The sample's policies: one work for each hand-written plan, a version for each year in which a standard changed, and
// for each fund and day the version and clauses that its payments rest on.
import type { Day } from '../../contract/rows.ts'
import type { FundsRow, PoliciesRow } from '../tables.ts'
import { dayOf, yearOf } from './calendar.ts'
import type { Frame } from './frame.ts'
import { FUND_PLANS, type FundPlan } from './fund-plan.ts'
import type { PolicyRef } from './payments.ts'
import { COUNTRYSIDE } from './policies/countryside.ts'
import { layOut, standardWords, type Version } from './policies/document.ts'
import { FARMING } from './policies/farming.ts'
import { LAND_AND_WATER } from './policies/land-and-water.ts'
import type { PolicyPlan } from './policies/plan.ts'
import { RELIEF } from './policies/relief.ts'
import { ruleRows } from './policies/rule-rows.ts'
import { SCHOOLS_AND_VILLAGES } from './policies/schools-and-villages.ts'

export const PLANS: readonly PolicyPlan[] = [
  ...FARMING,
  ...COUNTRYSIDE,
  ...LAND_AND_WATER,
  ...RELIEF,
  ...SCHOOLS_AND_VILLAGES,
]

export interface Policies {
  rows: readonly PoliciesRow[]
  refOf: PolicyRef
  /** Index of the version in force today, by fund. */
  indexOf(fund: string): string
}
interface Fund {
  row: FundsRow
  plan: FundPlan
}
interface Made {
  row: PoliciesRow
  clauses: string
  at: number
}

/** Years 0–2 that begin a version: the first, and each in which a fund's standard or its name changed. */
function yearsOf(funds: readonly Fund[]): (0 | 1 | 2)[] {
  const changed = (at: 1 | 2): boolean =>
    funds.some(({ plan }) => plan.standards[at] !== plan.standards[at - 1] || plan.first === at || plan.last === at - 1)
  const years: (0 | 1 | 2)[] = [0]
  if (changed(1)) years.push(1)
  if (changed(2)) years.push(2)
  return years
}

function versionRow(frame: Frame, version: Version, years: readonly number[]): Made {
  const { plan, funds, at, issuer, inForce } = version
  const year = frame.year - 2 + at
  const laid = layOut(version)
  const next = years.find((other) => other > at)
  const clauses = laid.labels.join('、')
  const codes = funds.map((fund) => fund.row.code)
  const priced = funds.find((fund) => (fund.plan.standards[at] ?? 0) > 0)
  const masked = funds.some((fund) => fund.row.masked)
  const row: PoliciesRow = {
    index: indexText(plan.id, year),
    title: `会同县${plan.title}`,
    number: numberText(plan, year),
    issuer,
    level: '县',
    topic: plan.topic,
    made: dayOf(year - 1, 12, 5 + (Number(plan.id.slice(1)) % 20)),
    published: dayOf(year - 1, 12, 8 + (Number(plan.id.slice(1)) % 20)),
    inForce,
    repealed: next === undefined ? null : dayOf(frame.year - 2 + next, 1, 1),
    validity: next === undefined ? 'in-force' : 'repealed',
    registration: `示例登记-${plan.id.slice(1)}-${year}`,
    registrationExpiry: dayOf(year + 5, 1, 1),
    work: `示例-${plan.id}`,
    history: version.replaces ? `替代${version.replaces}` : '',
    who: plan.plainWho,
    howMuch: priced
      ? `${priced.row.name}${standardWords(priced.row, priced.plan, at)}${funds.length > 1 ? '，其他见原文' : ''}。`
      : '按批准的概算和审定价拨付，多一分要说明。',
    how: plan.plainHow,
    explainedBy: issuer,
    tags: [
      { dimension: '对象', values: [...plan.forWhom] },
      { dimension: '领域', values: [plan.topic] },
      { dimension: '方式', values: [...plan.by] },
      { dimension: '部门', values: [issuer] },
      { dimension: '资金层级', values: [...new Set(funds.map((fund) => fund.row.level))] },
      { dimension: '公开方式', values: [masked ? '隐名公开' : '公开到户'] },
    ].filter((tag) => tag.values.length > 0),
    funds: codes,
    text: laid.text,
    marks: Object.fromEntries(laid.labels.map((label) => [label, codes])),
  }
  return { row, clauses, at }
}

function indexText(id: string, year: number): string {
  return `示例政策-${id.slice(1)}-${year}`
}
function numberText(plan: PolicyPlan, year: number): string {
  return `${plan.prefix}〔${year - 1}〕示例${Number(plan.id.slice(1))}号`
}

function versionsOf(frame: Frame, plan: PolicyPlan, funds: readonly Fund[]): Made[] {
  const issuer = funds[0]?.row.department ?? '县人民政府办公室'
  const years = yearsOf(funds)
  return years.map((at, i) => {
    const before = years[i - 1]
    const replaces =
      before === undefined ? '' : `《会同县${plan.title}》（${numberText(plan, frame.year - 2 + before)}）`
    const valid = funds.filter((fund) => fund.plan.first <= (years[i + 1] ?? 3) - 1 && fund.plan.last >= at)
    const version: Version = { plan, funds: valid, at, issuer, inForce: dayOf(frame.year - 2 + at, 1, 1), replaces }
    return versionRow(frame, version, years)
  })
}

/** Funds by the policy that they rest on. */
function fundsByPolicy(frame: Frame): Map<string, Fund[]> {
  const found = new Map<string, Fund[]>()
  for (const plan of FUND_PLANS) {
    const row = frame.funds.find((fund) => fund.code === plan.fund)
    if (!row) continue
    const list = found.get(plan.policy) ?? []
    list.push({ row, plan })
    found.set(plan.policy, list)
  }
  return found
}

export function policiesOf(frame: Frame): Policies {
  const byPolicy = fundsByPolicy(frame)
  const made = new Map(PLANS.map((plan) => [plan.id, versionsOf(frame, plan, byPolicy.get(plan.id) ?? [])]))
  const policyOf = new Map(FUND_PLANS.map((plan) => [plan.fund, plan.policy]))
  const versionOf = (fund: string, year: number): Made | undefined =>
    made.get(policyOf.get(fund) ?? '')?.findLast((version) => version.at <= year - frame.year + 2)
  return {
    rows: [...[...made.values()].flat().map((one) => one.row), ...ruleRows(frame.year)],
    refOf(fund: string, day: Day) {
      const version = versionOf(fund, yearOf(day))
      return { policy: version?.row.index ?? '', clauses: version?.clauses ?? '' }
    },
    indexOf: (fund) => versionOf(fund, frame.year)?.row.index ?? '',
  }
}

/** The plan's plain words for the catalogue. */
export function wordsOf(policy: string): { eligibility: string; howToApply: string } {
  const plan = PLANS.find((one) => one.id === policy)
  return { eligibility: plan?.plainWho ?? '', howToApply: plan?.plainHow ?? '' }
}
