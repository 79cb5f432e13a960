// The rules of matching are data: these are what an office begins with, and it changes, adds and switches them off.
import { type MatchRule, matchRuleSchema } from '../../contract/console/match.ts'
import { SunhallError } from '../../contract/errors.ts'
import type { Service } from '../service/service.ts'

const POOR: readonly string[] = ['*低保*', '*最低生活保障*', '*特困*', '*临时救助*', '*经济困难*', '*危房改造*']

const DEFAULTS: readonly MatchRule[] = [
  {
    id: 'paid-after-death',
    name: '死亡后仍在领取',
    register: 'deceased',
    funds: ['*'],
    key: 'id-or-name',
    period: 'after',
    graceDays: 31,
    minScore: 60,
    enabled: true,
    explanation: '死亡满 31 天后仍有发放。当月补发、丧葬补助、由继承人领取的耕地补贴可能是正常的。',
  },
  {
    id: 'payroll-poor',
    name: '财政供养人员领取困难补助',
    register: 'payroll',
    funds: [...POOR],
    key: 'id',
    period: 'while',
    graceDays: 0,
    minScore: 90,
    enabled: true,
    explanation: '在职期间领取低保、特困、救助等。家庭成员有重病等情形的，核对审批材料。',
  },
  {
    id: 'officers-poor',
    name: '村干部及亲属领取困难补助',
    register: 'officers',
    funds: [...POOR],
    key: 'id-or-name',
    period: 'while',
    graceDays: 0,
    minScore: 60,
    enabled: true,
    explanation: '任职期间本人或亲属领取低保、特困、救助、危房改造等。符合条件并经公示的不算问题，看有没有近亲属备案。',
  },
  {
    id: 'vehicle-poor',
    name: '有车户领取困难补助',
    register: 'vehicles',
    funds: [...POOR],
    key: 'id',
    period: 'while',
    graceDays: 90,
    minScore: 90,
    enabled: true,
    explanation: '登记车辆 90 天后仍领取困难补助。生产用车、残疾人代步车、已报废未注销的不算。',
  },
  {
    id: 'house-poor',
    name: '购房户领取困难补助',
    register: 'houses',
    funds: [...POOR],
    key: 'id',
    period: 'after',
    graceDays: 90,
    minScore: 90,
    enabled: true,
    explanation: '购买商品房 90 天后仍领取困难补助或危房改造。拆迁安置、易地搬迁房不算。',
  },
  {
    id: 'company-poor',
    name: '企业法人或股东领取困难补助',
    register: 'companies',
    funds: [...POOR],
    key: 'id',
    period: 'while',
    graceDays: 90,
    minScore: 90,
    enabled: true,
    explanation: '名下有存续企业仍领取困难补助。合作社普通社员、未经营的个体户要核对。',
  },
]

/** All rules, the office's own in the place of those that they change. */
export async function listRules(service: Service): Promise<MatchRule[]> {
  const stored = await service.selectFrom('matchRules').select('body').orderBy('id').execute()
  const own = stored.map(({ body }) => matchRuleSchema.parse(JSON.parse(body)))
  const changed = new Map(own.map((rule) => [rule.id, rule]))
  const shipped = DEFAULTS.map((rule) => changed.get(rule.id) ?? rule)
  return [...shipped, ...own.filter(({ id }) => !DEFAULTS.some((rule) => rule.id === id))]
}

/** Keeps a rule under its id. Errors: E-INPUT with the path of what is wrong. */
export async function saveRule(service: Service, given: unknown, by: string, now: Date): Promise<MatchRule> {
  const read = matchRuleSchema.safeParse(given)
  if (!read.success) {
    const [issue] = read.error.issues
    throw new SunhallError(
      'E-INPUT',
      `Expected a rule, got ${issue?.message ?? 'something else'} at ${issue?.path.join('.') ?? ''}; "match rules --json" shows the form`,
    )
  }
  const row = { body: JSON.stringify(read.data), at: now.toISOString(), by }
  await service
    .insertInto('matchRules')
    .values({ id: read.data.id, ...row })
    .onConflict((on) => on.column('id').doUpdateSet(row))
    .execute()
  return read.data
}

/** Whether a rule looks at a fund: its code, or '*words*' in its name. */
export function coversFund(rule: MatchRule, fund: { code: string; name: string }): boolean {
  return rule.funds.some((pattern) => {
    if (pattern === fund.code || pattern === '*') return true
    const word = pattern.replace(/^\*|\*$/g, '')
    return pattern.startsWith('*') && pattern.endsWith('*') && word !== '' && fund.name.includes(word)
  })
}
