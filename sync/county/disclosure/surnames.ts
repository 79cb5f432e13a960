// Surnames, and when one may stand on a masked row: when at least five people of the village's roster share it, and
// when the rows that show none ("某*") could still be at least five people (`domain.md`, masked funds; P5).
import { MASK_CROWD } from '../../contract/limits.ts'

/** What a masked row shows instead of a surname. */
export const NOBODY = '某'

const COMPOUND: ReadonlySet<string> = new Set(
  '欧阳 上官 司马 诸葛 皇甫 尉迟 公孙 慕容 令狐 东方 夏侯 长孙 宇文 司徒 端木 百里 呼延 南宫 独孤 轩辕 钟离 闻人 申屠 澹台 赫连 濮阳 淳于 单于 太叔 仲孙 公羊 万俟 第五'.split(
    ' ',
  ),
)

export function surnameOf(name: string): string {
  const text = name.trim()
  const two = text.slice(0, 2)
  if (text.length > 2 && COMPOUND.has(two)) return two
  // By character: a rare one (𠮷) is two units of a string, and half of it is no text and stands for a thousand others.
  const [first = ''] = text
  return first
}

/** People of a village by surname, as the office's roster knows them. */
export interface Crowd {
  bySurname: ReadonlyMap<string, number>
  total: number
}

export function crowdOf(names: Iterable<string>): Crowd {
  const bySurname = new Map<string, number>()
  let total = 0
  for (const name of names) {
    const surname = surnameOf(name)
    bySurname.set(surname, (bySurname.get(surname) ?? 0) + 1)
    total += 1
  }
  return { bySurname, total }
}

/**
 * Surnames that masked rows of a village may show. None where one to four people would be left over: "某*" would then
 * point at them, because the others would show a surname.
 */
export function shownSurnames(crowd: Crowd): ReadonlySet<string> {
  const common = [...crowd.bySurname].filter(([, people]) => people >= MASK_CROWD)
  const rest = crowd.total - common.reduce((sum, [, people]) => sum + people, 0)
  return rest > 0 && rest < MASK_CROWD ? new Set() : new Set(common.map(([surname]) => surname))
}

/** How many people of the roster a masked row could be, for a reader who knows the roster and this rule. */
export function candidates(crowd: Crowd, shown: ReadonlySet<string>, surname: string): number {
  if (surname !== NOBODY) return crowd.bySurname.get(surname) ?? 0
  let rest = crowd.total
  for (const known of shown) rest -= crowd.bySurname.get(known) ?? 0
  return rest
}

/** What masked rows of a village may say: its people, and the surnames fixed by the first release that showed any. */
export interface VillageMask {
  crowd: Crowd
  shown: ReadonlySet<string>
}

/** The surname that a masked row of this payee shows; null when fewer than five people could be meant, so no row at all. */
export function maskedSurname({ crowd, shown }: VillageMask, name: string, kind: string): string | null {
  const own = kind === '主体' || kind === '村' ? NOBODY : surnameOf(name)
  const surname = shown.has(own) ? own : NOBODY
  return candidates(crowd, shown, surname) >= MASK_CROWD ? surname : null
}
