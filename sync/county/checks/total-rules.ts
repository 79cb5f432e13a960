// The rule about a file's own 合计 and 小计 lines: what they say beside what its rows add up to (import/totals.ts).
import { sql } from 'kysely'
import type { ImportReport } from '../import/report.ts'
import type { Choices } from '../import/runs.ts'
import type { TotalFigure, TotalLine } from '../import/totals.ts'
import { type Hit, type Reading, type Rule, words, yuan } from './rule.ts'

/** Where rows were refused or left out as duplicates, the difference may be theirs: then a word is enough. */
const totals: Rule = {
  id: 'totals',
  level: 'error',
  title: '合计不等于各行之和',
  why: '文件里的合计、小计应等于上面各行相加；不等说明有行被漏掉、改动或算错。',
  source: '《会计法》第十七条（账账相符）；民生资金“一项不留、一分不少”',
  todo: '与报送单位核对，更正行或合计后撤销原导入，重新导入。有行被退回的，先补齐被退回的行。',
  async *county(read) {
    const rows = await read.rows(
      sql`SELECT r.import, r.report, r.choices FROM "importRuns" r JOIN imports i ON i.id = r.import
       WHERE r.state = 'taken' AND r.report IS NOT NULL AND i.undone IS NULL ORDER BY r.import`,
    )
    for (const row of rows) yield* hitsOf(read, JSON.parse(String(row.report)), townshipOf(words(row, 'choices')))
  },
}

function townshipOf(choices: string): string {
  const { within }: Partial<Choices> = JSON.parse(choices)
  return within ?? ''
}

/** `township` is the one whose account imported the file; '' for the county's. */
async function* hitsOf(read: Reading, report: ImportReport, township: string): AsyncGenerator<Hit> {
  const [origin] = await read.rows(sql`SELECT id FROM origins WHERE import = ${report.import} ORDER BY id LIMIT 1`)
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
