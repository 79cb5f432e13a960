// The rule about a file's own 合计 and 小计 lines: what they say beside what its rows add up to (import/totals.ts).
import type { ImportReport } from '../import/report.ts'
import type { TotalFigure, TotalLine } from '../import/totals.ts'
import { type Books, type Hit, type Rule, words, yuan } from './rule.ts'

/** Where rows were refused or left out as duplicates, the difference may be theirs: then a word is enough. */
const totals: Rule = {
  id: 'totals',
  level: 'error',
  title: '合计不等于各行之和',
  why: '文件里的合计、小计应等于上面各行相加；不等说明有行被漏掉、改动或算错。',
  source: '《会计法》第十七条（账账相符）；民生资金“一项不留、一分不少”',
  todo: '与报送单位核对，更正行或合计后撤销原导入，重新导入。有行被退回的，先补齐被退回的行。',
  *county(books) {
    const known = books.rows(`SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'importRuns'`)
    if (known.length === 0) return
    const rows = books.rows(
      `SELECT r.import, r.report, coalesce(json_extract(r.choices, '$.within'), '') AS township FROM importRuns r JOIN imports i ON i.id = r.import
       WHERE r.state = 'taken' AND r.report IS NOT NULL AND i.undone IS NULL ORDER BY r.import`,
    )
    for (const row of rows) yield* hitsOf(books, JSON.parse(String(row.report)), words(row, 'township'))
  },
}

/** `township` is the one whose account imported the file; '' for the county's. */
function* hitsOf(books: Books, report: ImportReport, township: string): Generator<Hit> {
  const [origin] = books.rows('SELECT id FROM origins WHERE import = ? ORDER BY id LIMIT 1', report.import)
  for (const line of report.totals) {
    for (const figure of line.figures) {
      if (figure.said === figure.summed) continue
      yield { ...hitOf(report, line.origin ?? Number(origin?.id ?? 0), line, figure), place: township }
    }
  }
}

function hitOf(report: ImportReport, origin: number, line: TotalLine, figure: TotalFigure): Hit {
  const missing = line.refused + line.duplicates
  const said = figure.said === null ? `“${figure.text.slice(0, 40)}”（读不出金额）` : yuan(figure.said)
  const value = `${line.label} ${figure.heading}（${figure.column}列）${said}`
  const left = missing > 0 ? `；另有${line.refused}行被退回、${line.duplicates}行重复` : ''
  return {
    table: report.table,
    import: report.import,
    origin,
    row: line.row,
    place: '',
    value,
    wanted: `各行之和${yuan(figure.summed)}${left}`,
    key: `${report.file}|${report.sheet}|${value}|${figure.summed}`,
    level: missing > 0 ? 'warning' : 'error',
  }
}

export const TOTAL_RULES: readonly Rule[] = [totals]
