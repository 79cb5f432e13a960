// Turns the written-out rules into rows: one for each version, in order, with what is known of its dates.
import type { Day } from '../../../contract/rows.ts'
import type { PoliciesRow } from '../../tables.ts'
import { dayOf } from '../calendar.ts'
import { chineseNumber } from './document.ts'
import { RULES, type Rule, type RuleVersion } from './rules.ts'

type Offset = RuleVersion['made']

function dayAt(year: number, offset: Offset): Day | null {
  return offset === null ? null : dayOf(year + offset[0], offset[1], offset[2])
}

function textOf(rule: Rule, version: RuleVersion): string {
  const articles = [...rule.articles, ...version.changed, `本${rule.title.slice(-2)}由${rule.issuer}负责解释。`]
  return articles.map((text, i) => `第${chineseNumber(i + 1)}条 ${text}`).join('\n')
}

function rowOf(year: number, rule: Rule, version: RuleVersion, order: number): PoliciesRow {
  const inForce = dayAt(year, version.inForce)
  const repealed = dayAt(year, version.repealed)
  return {
    index: `示例政策-${rule.id.slice(1)}-${order}`,
    title: `会同县${rule.title}`,
    // The year in the 文号 follows the year of making, whatever year the sample is made in.
    number: version.number.replace(/〔\d+〕/, `〔${year + (version.made?.[0] ?? 0)}〕`),
    issuer: rule.issuer,
    level: '县',
    topic: rule.topic,
    made: dayAt(year, version.made),
    published: dayAt(year, version.made),
    inForce,
    repealed,
    validity: inForce === null ? 'unknown' : repealed === null ? 'in-force' : 'repealed',
    registration: version.number ? `示例登记-${rule.id.slice(1)}-${order}` : '',
    registrationExpiry: null,
    work: `示例-${rule.id}`,
    history: order > 1 ? '修订上一版' : '',
    who: rule.who,
    howMuch: '',
    how: rule.how,
    explainedBy: rule.issuer,
    tags: [
      { dimension: '对象', values: [...rule.forWhom] },
      { dimension: '领域', values: [rule.topic] },
      { dimension: '部门', values: [rule.issuer] },
      { dimension: '公开方式', values: ['全文公开'] },
    ],
    funds: [],
    text: textOf(rule, version),
    marks: {},
  }
}

export function ruleRows(year: number): PoliciesRow[] {
  return RULES.flatMap((rule) => rule.versions.map((version, i) => rowOf(year, rule, version, i + 1)))
}
