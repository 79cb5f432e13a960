// Turns what zod and the checks find into sentences by path, in Chinese for the technician and in English.
import { z } from 'zod'

export interface ConfigProblem {
  /** 'schedule.everyMinutes', or '' for the file as a whole. */
  path: string
  zh: string
  en: string
}

const zhCN = z.locales.zhCN()
const en = z.locales.en()

/** What each of our own refinements says in Chinese, by its English text. */
const REFINEMENTS: Record<string, string> = {
  'village lies in another township': '这个村不在所填的乡镇里，请核对 township 和 village',
  'slot must be below fleet': '时段序号 slot 必须小于终端总数 fleet',
  'a production terminal has no developer keys': '正式终端（production）不能打开 developer',
}

function worded(locale: z.core.$ZodErrorMap, issue: z.core.$ZodIssue): string {
  const said = locale(issue as z.core.$ZodRawIssue)
  return typeof said === 'string' ? said : (said?.message ?? issue.message)
}

/** One problem an issue; the value that came is named unless it is secret. */
export function problemsOf(error: z.ZodError): ConfigProblem[] {
  return error.issues.map((issue) => {
    const path = issue.path.join('.')
    if (issue.code === 'custom') return { path, zh: REFINEMENTS[issue.message] ?? issue.message, en: issue.message }
    return { path, zh: worded(zhCN.localeError, issue), en: worded(en.localeError, issue) }
  })
}

/** A problem of the file as a whole. */
export function problem(zh: string, enText: string, path = ''): ConfigProblem {
  return { path, zh, en: enText }
}
