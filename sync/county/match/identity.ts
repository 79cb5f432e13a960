// What makes two rows of different offices one person: the ID number in one form, the name without what typists add.
import { plain } from '../readers/reading.ts'

const WEIGHTS: readonly number[] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
const CHECKS = '10X98765432'

/** An ID number of 15 digits as the 18 that it became in 1999 (GB 11643: century and check character); others as they are. */
export function wholeId(idNumber: string): string {
  if (!/^\d{15}$/.test(idNumber)) return idNumber
  const seventeen = `${idNumber.slice(0, 6)}19${idNumber.slice(6)}`
  const sum = WEIGHTS.reduce((total, weight, at) => total + weight * Number(seventeen[at]), 0)
  return seventeen + (CHECKS[sum % 11] ?? '')
}

/** A name for comparison: no spaces ('杨 示例'), one kind of dot in it ('买买提·示例'). */
export function nameWord(name: string): string {
  return plain(name)
    .replace(/\s+/g, '')
    .replace(/[•‧・．.]/g, '·')
}

/** '第3组', '3 组' and '三组' are one group; '' where the cell says none. */
export function groupWord(group: string): string {
  const text = plain(group).replace(/\s+|第|组|村民小组|小组/g, '')
  const at = ['一', '二', '三', '四', '五', '六', '七', '八', '九', '十'].indexOf(text)
  return at < 0 ? text : String(at + 1)
}
