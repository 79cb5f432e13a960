// Turns what zod and the checks find into sentences by path, in Chinese for the technician and in English.
import type { z } from 'zod'

export interface ConfigProblem {
  /** 'schedule.everyMinutes', or '' for the file as a whole. */
  path: string
  zh: string
  en: string
}

/** What each of our own refinements says in Chinese, by its English text. */
const REFINEMENTS: Record<string, string> = {
  'Expected a village of the same township': '这个村不在所填的乡镇里，请核对 township 和 village',
  'Expected a slot below fleet': '时段序号 slot 必须小于终端总数 fleet',
  'Expected developer to be false on a production terminal': '正式终端（production）不能打开 developer',
}

/** What a value with a pattern should look like, by path without indexes: nobody reads a regular expression. */
const PATTERNS: Record<string, { zh: string; en: string }> = {
  terminal: { zh: ' HT-01 到 HT-99 的终端编号', en: 'a terminal from HT-01 to HT-99' },
  township: { zh: '会同县的 9 位乡镇代码，以 431225 开头', en: 'a 9-digit township code that begins with 431225' },
  village: { zh: '会同县的 12 位村代码，或空着', en: 'a 12-digit village code that begins with 431225, or empty text' },
  officeUrl: { zh: ' http:// 或 https:// 开头的网址', en: 'an address that begins with http:// or https://' },
  officePhone: { zh: '电话号码，只有数字和短横线', en: 'a phone number of digits and hyphens' },
  'maintenance.pin': {
    zh: ' provision write 写出的 scrypt 密码摘要，不是密码本身',
    en: 'the scrypt hash that `provision -- write` makes, not the PIN itself',
  },
  enrolment: {
    zh: '登记令牌：county terminals token 给出的 22 个字符',
    en: 'the 22 characters that `county terminals token` gives',
  },
  issuedAt: { zh: '签发时间，例如 2026-11-24T08:00:00Z', en: 'a time such as 2026-11-24T08:00:00Z' },
}
const CLOCK = { zh: ' 24 小时制的时刻，例如 22:00', en: 'a time of day such as 22:00' }

const TYPES: Record<string, { zh: string; en: string }> = {
  string: { zh: '文字', en: 'text' },
  number: { zh: '数字', en: 'a number' },
  int: { zh: '整数', en: 'a whole number' },
  boolean: { zh: ' true 或 false', en: 'true or false' },
  array: { zh: '一个列表', en: 'a list' },
  object: { zh: '一组字段', en: 'an object' },
}
const UNITS: Record<string, { zh: string; en: string }> = {
  string: { zh: ' 个字', en: ' characters' },
  array: { zh: ' 项', en: ' entries' },
}

/** What should have stood there. */
function expected(issue: z.core.$ZodIssue): { zh: string; en: string } {
  switch (issue.code) {
    case 'invalid_type':
      return TYPES[issue.expected] ?? { zh: issue.expected, en: issue.expected }
    case 'invalid_value': {
      const values = issue.values.map((one) => JSON.stringify(one))
      return { zh: ` ${values.join(' 或 ')}`, en: values.join(' or ') }
    }
    case 'too_small':
    case 'too_big': {
      const unit = UNITS[issue.origin] ?? { zh: '', en: '' }
      const small = issue.code === 'too_small'
      const limit = small ? issue.minimum : issue.maximum
      return {
        zh: `${small ? '至少' : '最多'} ${limit}${unit.zh}`,
        en: `at ${small ? 'least' : 'most'} ${limit}${unit.en}`,
      }
    }
    case 'invalid_format':
      return patternOf(issue.path) ?? { zh: issue.format, en: issue.format }
    default:
      return { zh: issue.message, en: issue.message }
  }
}

/** What came at a path, short, in both languages. Secrets are not repeated. */
function received(value: unknown, path: readonly PropertyKey[]): { zh: string; en: string } {
  if (path[0] === 'maintenance' || path[0] === 'enrolment')
    return { zh: '别的内容（保密，不显示）', en: 'something else (secret, not shown)' }
  let at = value
  for (const key of path) at = (at as Record<PropertyKey, unknown> | null | undefined)?.[key]
  if (at === undefined) return { zh: '空的', en: 'nothing' }
  if (Array.isArray(at)) return { zh: ` ${at.length} 项的列表`, en: `a list of ${at.length}` }
  if (typeof at === 'object' && at !== null) return { zh: '一组字段', en: 'an object' }
  const text = JSON.stringify(at).slice(0, 60)
  return { zh: ` ${text}`, en: text }
}

function patternOf(path: readonly PropertyKey[]): { zh: string; en: string } | undefined {
  const last = path.at(-1)
  if (last === 'from' || last === 'to') return CLOCK
  return PATTERNS[path.join('.')]
}

function oneProblem(issue: z.core.$ZodIssue, value: unknown): ConfigProblem[] {
  const path = issue.path.join('.')
  if (issue.code === 'custom') return [{ path, zh: REFINEMENTS[issue.message] ?? issue.message, en: issue.message }]
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      path: [...issue.path, key].join('.'),
      zh: '没有这一项，请删掉或改正拼写',
      en: 'Expected no such field: remove it or correct its name',
    }))
  }
  const [wanted, got] = [expected(issue), received(value, issue.path)]
  return [{ path, zh: `应当是${wanted.zh}，实际是${got.zh}`, en: `Expected ${wanted.en}, got ${got.en}` }]
}

/** Every problem of `value`, by path, with what was expected and what came, which is left out where it is secret. */
export function problemsOf(error: z.ZodError, value: unknown): ConfigProblem[] {
  return error.issues.flatMap((issue) => oneProblem(issue, value))
}

/** A problem of the file as a whole. */
export function problem(zh: string, enText: string, path = ''): ConfigProblem {
  return { path, zh, en: enText }
}
