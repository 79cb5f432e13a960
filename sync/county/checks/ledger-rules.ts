// Rules about a village's books: balances, vouchers, forbidden expenses, closed months, the group that checks them.
import { sql } from 'kysely'
import { type Cells, type Hit, type Reading, type Rule, whereFrom, whole, words, yuan } from './rule.ts'

const COLUMNS = sql`import, origin, "row", village, month, voucher, date, summary, direction, amount`

function hitOf(row: Cells, value: string, wanted: string): Hit {
  const key = ['village', 'month', 'voucher', 'date', 'summary', 'direction', 'amount']
    .map((column) => String(row[column] ?? ''))
    .join('|')
  return { table: 'ledger', ...whereFrom(row), place: words(row, 'village'), value, wanted, key }
}

interface Balance {
  month: string
  opening: number | null
  closing: number | null
  flow: number
  /** First row that says an opening or closing balance, else the month's first. */
  at: Cells
}

/** Months of a village in order, each with the first balances that its rows say, as a release shows them. */
async function balancesOf(read: Reading, village: string): Promise<Balance[]> {
  const rows = await read.rows(
    sql`SELECT ${COLUMNS}, opening, closing FROM ledger WHERE village = ${village} ORDER BY month, date, entry`,
  )
  const months = new Map<string, Balance>()
  for (const row of rows) {
    const month = words(row, 'month')
    const known = months.get(month) ?? { month, opening: null, closing: null, flow: 0, at: row }
    months.set(month, known)
    known.flow += row.direction === 'income' ? whole(row, 'amount') : -whole(row, 'amount')
    if (known.opening === null && known.closing === null && (row.opening ?? row.closing) !== null) known.at = row
    known.opening ??= typeof row.opening === 'number' ? row.opening : null
    known.closing ??= typeof row.closing === 'number' ? row.closing : null
  }
  return [...months.values()]
}

/** opening + income − expense = closing, in every month; and each month opens with what the one before closed with. */
const balance: Rule = {
  id: 'balance',
  level: 'error',
  title: '期初＋收入－支出≠期末',
  why: '每月期初余额加收入减支出应等于期末余额，本月期初应等于上月期末；断开的地方说明漏了账或改了账。',
  source: '《会计法》第十七条（账账相符）；《农村集体经济组织财务公开规定》（逐笔公开）',
  todo: '对照账簿补齐漏录的凭证或更正余额，重新导入该月。',
  async *village(read, village) {
    let before: { month: string; closing: number } | null = null
    for (const { month, opening, closing, flow, at } of await balancesOf(read, village)) {
      const start: number | null = opening ?? before?.closing ?? null
      if (start === null) continue
      if (before !== null && opening !== null && opening !== before.closing)
        yield monthHit(at, month, `期初${yuan(opening)}`, `${before.month}期末${yuan(before.closing)}`)
      const end: number = start + flow
      if (closing !== null && closing !== end)
        yield monthHit(at, month, `期末${yuan(closing)}`, `期初${yuan(start)}＋本月净额${yuan(flow)}＝${yuan(end)}`)
      before = { month, closing: closing ?? end }
    }
  },
}

function monthHit(at: Cells, month: string, value: string, wanted: string): Hit {
  const place = words(at, 'village')
  const key = `${place}|${month}|${value}|${wanted}`
  return { table: 'ledger', ...whereFrom(at), place, value: `${month} ${value}`, wanted, key }
}

/** Numbers of one kind of voucher run on within a month: from 1, or from where the month before ended. */
const vouchers: Rule = {
  id: 'vouchers',
  level: 'warning',
  title: '凭证号不连续',
  why: '一个月内同类凭证应连续编号，缺号说明有凭证没有录入，或作废了没有说明。',
  source: '《会计法》第十四条（会计凭证）；《农村集体经济组织财务公开规定》',
  todo: '补录缺号的凭证；作废的写明。',
  async *village(read, village) {
    const rows = await read.rows(
      sql`SELECT ${COLUMNS} FROM ledger WHERE village = ${village} AND voucher <> '' ORDER BY month, date, entry`,
    )
    const months = Map.groupBy(rows.flatMap(numbered), ({ kind, month }) => `${month}|${kind}`)
    const last = new Map<string, number>()
    for (const group of months.values()) {
      const [first] = group
      if (first === undefined) continue
      const missing = missingOf(new Set(group.map(({ number }) => number)), last.get(first.kind) ?? 0)
      last.set(first.kind, Math.max(...group.map(({ number }) => number)))
      if (missing.length === 0) continue
      const shown = `${missing.slice(0, 10).join('、')}${missing.length > 10 ? '等' : ''}`
      yield monthHit(first.row, first.month, `${first.kind}缺号：${shown}`, `连续编号，共缺${missing.length}个`)
    }
  },
}

interface Numbered {
  kind: string
  month: string
  number: number
  row: Cells
}

/** '记-0012' is number 12 of kind '记-'; what has no number is none. */
function numbered(row: Cells): Numbered[] {
  const found = /^(.*?)0*(\d{1,6})\D*$/.exec(words(row, 'voucher'))
  if (found === null) return []
  return [{ kind: found[1] ?? '', month: words(row, 'month'), number: Number(found[2]), row }]
}

/** A village may number through the year: then the month goes on from `before`. */
function missingOf(numbers: ReadonlySet<number>, before: number): number[] {
  const least = Math.min(...numbers)
  const from = least > before && before > 0 && !numbers.has(1) ? before + 1 : 1
  const missing: number[] = []
  for (let number = from; number < Math.max(...numbers); number += 1) if (!numbers.has(number)) missing.push(number)
  return missing
}

const forbidden: Rule = {
  id: 'forbidden',
  level: 'error',
  title: '县里禁止列支的开支',
  why: '村级财务不得列支县里禁止的开支（如招待费）。词表由县办公室设定，在摘要、科目和类别里查找。',
  source: '本县村级财务管理规定（词表见“检查设置”）；《农村集体经济组织财务公开规定》',
  todo: '退回村里处理；摘要写法有误的，更正后重新导入。',
  async *village(read, village) {
    const { forbidden: list } = read.settings
    if (list.length === 0) return
    const text = sql`summary || '|' || "accountName" || '|' || class`
    // Without the word it is another text: the one search that both engines have and that no sign in a word changes.
    const met = sql.join(
      list.map((word) => sql`replace(${text}, ${word}, '') <> ${text}`),
      sql` OR `,
    )
    const rows = await read.rows(
      sql`SELECT ${COLUMNS}, ${text} AS text FROM ledger
       WHERE village = ${village} AND direction = 'expense' AND amount <> 0 AND (${met}) ORDER BY entry`,
    )
    for (const row of rows) {
      const found = list.find((word) => words(row, 'text').includes(word)) ?? ''
      const value = `${words(row, 'voucher')} ${words(row, 'summary')} ${yuan(whole(row, 'amount'))}`
      yield hitOf(row, value, `不得列支“${found}”`)
    }
  },
}

const ledgerMonth: Rule = {
  id: 'ledger-month',
  level: 'warning',
  title: '记账日期不在所属月份',
  why: '凭证日期应在它所属的会计期间内，跨月的要有说明。',
  source: '《会计法》第九条；《村民委员会组织法》第三十条（按月、按季公布）',
  todo: '核对期间和日期；跨月入账的写明原因。',
  async *village(read, village) {
    const rows = await read.rows(
      sql`SELECT ${COLUMNS} FROM ledger WHERE village = ${village} AND amount <> 0 AND substr(date, 1, 7) <> month`,
    )
    for (const row of rows)
      yield hitOf(row, `${words(row, 'voucher')} 日期${words(row, 'date')}`, `在${words(row, 'month')}内`)
  },
}

const unchecked: Rule = {
  id: 'unchecked',
  level: 'warning',
  title: '没有民主理财小组审核',
  why: '村级财务先由民主理财小组审核，再逐笔公开。',
  source: '《农村集体经济组织财务公开规定》（民主理财小组审核后公开）',
  todo: '补上审核人；没有审核的，先审核再导入。',
  async *village(read, village) {
    const rows = await read.rows(
      sql`SELECT month, import, max(village) AS village, min(origin) AS origin, min("row") AS "row", count(*) AS rows
       FROM ledger WHERE village = ${village} AND amount <> 0 AND "checkedBy" = '' GROUP BY month, import`,
    )
    for (const row of rows)
      yield monthHit(row, words(row, 'month'), `${whole(row, 'rows')}笔没有审核人`, '民主理财小组已审核')
  },
}

/** Only rows that no release holds yet: what was public before the month was closed may stand. */
const closedMonth: Rule = {
  id: 'closed-month',
  level: 'error',
  title: '已结账的月份又有新记录',
  why: '已结账的月份不再增加记录；某村某月的账公开以后再加凭证，会改变已公开的余额。',
  source: '《会计法》第十七条；《政府信息公开条例》第六条',
  todo: '记入当前月份；确需补记的，由县办公室先调整“已结账到”的月份。',
  async *village(read, village) {
    const { closedUntil: until } = read.settings
    const rows = await read.rows(
      sql`SELECT 'payments' AS "table", p.import, max(p.origin) AS origin, min(p."row") AS "row",
         max(p.village) AS village, substr(p.date, 1, 7) AS month, count(*) AS rows, 1 AS closed
       FROM payments p JOIN imports i ON i.id = p.import
       WHERE p.village = ${village} AND i.published IS NULL AND substr(p.date, 1, 7) <= ${until}
       GROUP BY p.import, substr(p.date, 1, 7)
       UNION ALL
       SELECT 'ledger', l.import, max(l.origin), min(l."row"), max(l.village), l.month, count(*),
         CASE WHEN l.month <= ${until} THEN 1 ELSE 0 END
       FROM ledger l JOIN imports i ON i.id = l.import
       WHERE l.village = ${village} AND i.published IS NULL AND (l.month <= ${until} OR l.month IN (SELECT o.month FROM ledger o
         JOIN imports j ON j.id = o.import WHERE o.village = ${village} AND j.published IS NOT NULL)) GROUP BY l.import, l.month`,
    )
    for (const row of rows) {
      const month = words(row, 'month')
      const closed = row.closed === 1
      const hit = monthHit(row, month, `${whole(row, 'rows')}行`, closed ? '已结账月份没有新记录' : '该月账已公开过')
      const table = row.table === 'payments' ? 'payments' : 'ledger'
      yield { ...hit, table, key: `${table}|${hit.key}`, level: closed ? 'error' : 'warning' }
    }
  },
}

export const LEDGER_RULES: readonly Rule[] = [balance, vouchers, forbidden, closedMonth, ledgerMonth, unchecked]
