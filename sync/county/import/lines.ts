// What a line below the headings is: a row, or one of those that people add for each other: 合计 and 小计, signatures, notes,
// the headings once more. A line that could be taken as a row is always a row.

import { fieldsOf } from '../fields/tables.ts'
import { plain } from '../readers/reading.ts'
import type { TableName } from '../tables.ts'
import type { Headings } from './headings.ts'
import type { Mapping } from './mapping.ts'

export type LineKind = 'row' | 'total' | 'subtotal' | 'signature' | 'heading'
export type LineReader = (cells: readonly string[]) => LineKind

const TOTAL = /^(?:本[页月期年季]|本年|全[村镇乡县])?(?:合计|总计|共计|累计)[:：]?$/
const SUBTOTAL = /^.{0,20}小计[:：]?$|^.{2,20}合计[:：]?$|^本页(?:合计|小计)[:：]?$/
const SIGNATURE =
  /^(?:制表|填表|审核|审批|复核|经办|负责|单位负责|主管|分管|填报|编制|报送|村支书|村主任|村书记|支部书记|民主理财|理财|监委会|监督|会计|出纳|公示|盖章|签字|签名|日期|领导)[^:：]{0,10}[:：]|\((?:盖章|公章|签章)\)$|^(?:注|备注|说明|填表说明)\d*[:：]/

/** A reader of the lines of one file. */
export function lineReader(table: TableName, mapping: Mapping, headings: Headings | null): LineReader {
  const must = new Set(fieldsOf(table).flatMap(([name, spec]) => (spec.required ? [name] : [])))
  const needed = mapping.columns.filter(({ field }) => must.has(field)).map(({ at }) => at)
  const money = mapping.columns.filter(({ spec }) => spec.type === 'money').map(({ at }) => at)
  const lines = (headings?.lines ?? []).map((line) => keyOf(line.cells))
  const probe = headings?.lines[0]?.cells.findIndex((cell) => cell.trim() !== '') ?? -1
  const repeated = probe < 0 ? '' : word(headings?.lines[0]?.cells[probe] ?? '')
  return (cells) => {
    // Nearly every line ends here, at the price of a look at a few cells.
    const suspect = needed.some((at) => isEmptyOrTotal(cells[at] ?? ''))
    const repeats = repeated !== '' && word(cells[probe] ?? '') === repeated
    if (!suspect && !repeats) return 'row'
    if (lines.includes(keyOf(cells))) return 'heading'
    if (!suspect) return 'row'
    const words = cells.map(word)
    const total = words.find(isTotal)
    if (total !== undefined) return TOTAL.test(total) && !total.startsWith('本页') ? 'total' : 'subtotal'
    const first = words.find((text) => text !== '') ?? ''
    const figures = money.some((at) => /\d/.test(words[at] ?? '') && !/[:：]/.test(words[at] ?? ''))
    return SIGNATURE.test(first) && !figures ? 'signature' : 'row'
  }
}

function isEmptyOrTotal(cell: string): boolean {
  return cell === '' || cell.trim() === '' || (cell.includes('计') && isTotal(word(cell)))
}

/** '合 计', '合　计：' → '合计' */
function word(cell: string): string {
  return plain(cell).replace(/\s+/g, '')
}

function isTotal(text: string): boolean {
  return text.length <= 24 && (TOTAL.test(text) || SUBTOTAL.test(text))
}

function keyOf(cells: readonly string[]): string {
  const words = cells.map(word)
  while (words.at(-1) === '') words.pop()
  return words.join('\u0001')
}
