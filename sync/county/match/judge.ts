// Whether a payment and a register's row are one person under a rule, how sure that is, and the words for it. Pure.
import type { MatchRule, RegisterRow } from '../../contract/console/match.ts'
import { groupWord } from './identity.ts'

/** A payment's payee; name, ID number and group in the forms of `identity.ts`. */
export interface Payee {
  name: string
  idNumber: string
  village: string
  group: string
}
export interface Verdict {
  /** 0 to 100. 100: the same ID number and name. */
  score: number
  /** Chinese, for whoever decides. */
  why: string
}

const DAY_MS = 86_400_000

/**
 * Points: same ID number 100, 90 under another name. Without one on either side: same name in the same village 60, in the
 * same township 40; the same group +20, another −10; the only one of that name in the village +15, one of several −20.
 * Two different ID numbers are two people, whatever their names. `namesakes`: people of that name in the village, asked
 * for only where it counts. Null: not the same person.
 */
export function judge(rule: MatchRule, row: RegisterRow, payee: Payee, namesakes: () => number): Verdict | null {
  const bothHaveIds = row.idNumber !== '' && payee.idNumber !== ''
  if (bothHaveIds && row.idNumber !== payee.idNumber) return null
  if (bothHaveIds && rule.key !== 'name-village') {
    return row.name === payee.name
      ? { score: 100, why: '身份证号和姓名都相同' }
      : { score: 90, why: `身份证号相同，姓名不同（登记为“${row.name}”）` }
  }
  if (rule.key === 'id' || row.name !== payee.name || row.village === '') return null
  return byName(row, payee, namesakes)
}

function byName(row: RegisterRow, payee: Payee, namesakes: () => number): Verdict | null {
  if (!payee.village.startsWith(row.village)) return null
  const words = [row.village === payee.village ? '同村同名' : '同乡镇同名']
  let score = row.village === payee.village ? 60 : 40
  const group = groupWord(row.group)
  if (group !== '' && payee.group !== '') {
    score += group === payee.group ? 20 : -10
    words.push(group === payee.group ? '同组' : '不同组')
  }
  const others = namesakes()
  score += others > 1 ? -20 : 15
  words.push(others > 1 ? `村里有 ${others} 人同名` : '村里只有一人叫这个名字')
  words.push('没有身份证号可核对')
  return { score: Math.max(0, Math.min(95, score)), why: words.join('，') }
}

/** Whether a payment's day lies where the rule looks. A register's open end is still open. */
export function inPeriod(rule: MatchRule, row: RegisterRow, date: string): boolean {
  if (rule.period === 'any') return true
  if (rule.period === 'after') return row.from !== '' && date > laterDay(row.from, rule.graceDays)
  const begun =
    row.from === '' || date > laterDay(row.from, rule.graceDays) || (rule.graceDays === 0 && date === row.from)
  return begun && (row.until === '' || date <= row.until)
}

/** The period in words, with the register's own days. */
export function periodWords(rule: MatchRule, row: RegisterRow): string {
  if (rule.period === 'any') return ''
  if (rule.period === 'after') return `，${row.from} 之后${rule.graceDays > 0 ? `满 ${rule.graceDays} 天` : ''}仍有发放`
  return `，发放时在登记期内（${row.from || '起始不详'} 至 ${row.until || '今'}）`
}

function laterDay(day: string, days: number): string {
  if (days === 0) return day
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10)
}
