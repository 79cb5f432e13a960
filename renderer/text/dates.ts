// Days and months in words. Pure text arithmetic on 'YYYY-MM-DD' and 'YYYY-MM': no clock, no time zone.
import type { Day, Month } from '../../sync/contract/rows.ts'
import type { Language } from './text.ts'

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const

function parts(date: Day | Month): { year: string; month: number; day: number } {
  const [year = '', month = '', day = ''] = date.split('-')
  return { year, month: Number(month), day: Number(day) }
}

function english(month: number): string {
  return MONTHS[month - 1] ?? String(month)
}

/** '2025年9月30日', or '30 Sep 2025'. */
export function longDay(day: Day, language: Language): string {
  const { year, month, day: number } = parts(day)
  return language === 'en' ? `${number} ${english(month)} ${year}` : `${year}年${month}月${number}日`
}

/** '9月30日', or '30 Sep': where the year stands nearby. */
export function shortDay(day: Day, language: Language): string {
  const { month, day: number } = parts(day)
  return language === 'en' ? `${number} ${english(month)}` : `${month}月${number}日`
}

/** '2025 年 9 月', or 'Sep 2025'. */
export function longMonth(month: Month, language: Language): string {
  const { year, month: number } = parts(month)
  return language === 'en' ? `${english(number)} ${year}` : `${year} 年 ${number} 月`
}

/** '9 月', or 'Sep'. */
export function shortMonth(month: Month, language: Language): string {
  const { month: number } = parts(month)
  return language === 'en' ? english(number) : `${number} 月`
}

/** Whole days from one day to another; negative when `to` is earlier. */
export function daysBetween(from: Day, to: Day): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000)
}
