// Findings as a CSV that a spreadsheet opens, so that a township can mend its file row by row.
import { BOM, csvLine, inert } from '../csv.ts'
import type { FindingRow } from './findings.ts'
import { RULES } from './rules.ts'

const HEADINGS = [
  '级别',
  '规则',
  '地区',
  '表',
  '导入',
  '文件',
  '行',
  '现在的内容',
  '应当',
  '怎么办',
  '说明',
  '说明人',
  '说明时间',
  '编号',
]

export function findingsCsv(findings: readonly FindingRow[]): string {
  const lines = findings.map((one) => {
    const rule = RULES.find(({ id }) => id === one.rule)
    const level = one.level === 'error' ? '错误' : '提醒'
    const where = [one.placeName, one.table, String(one.import), one.file, one.row === 0 ? '' : String(one.row)]
    const said = [one.words, one.justifiedName, one.justifiedAt, one.id]
    return [level, rule?.title ?? one.rule, ...where, one.value, one.wanted, rule?.todo ?? '', ...said]
  })
  // Names and summaries are other people's text: none of it is a formula.
  return BOM + [HEADINGS, ...lines].map((cells) => csvLine(cells.map(inert))).join('')
}
