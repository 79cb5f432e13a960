// Rules about payments to people: amounts, reversals, returns, and the policy a payment rests on.
import { sql } from 'kysely'
import { type Cells, type Hit, quantity, type Reading, type Rule, whereFrom, whole, words, yuan } from './rule.ts'

const COLUMNS = sql`p.import, p.origin, p."row", p.village, p.fund, p.payee, p.batch, p.serial, p.standard, p.quantity, p.unit,
  p.due, p.amount, p.date, p.status, p.earlier, p.policy`

/** The same payment, whichever file brings it. */
function keyOf(row: Cells): string {
  return ['fund', 'village', 'payee', 'batch', 'date', 'status', 'standard', 'quantity', 'due', 'amount']
    .map((column) => String(row[column] ?? ''))
    .join('|')
}

function hitOf(row: Cells, value: string, wanted: string): Hit {
  const place = words(row, 'village')
  return { table: 'payments', ...whereFrom(row), place, value, wanted, key: keyOf(row) }
}

function whose(row: Cells): string {
  return `${words(row, 'payee')} ${words(row, 'fund')} ${words(row, 'date')}`
}

/**
 * Due = standard × quantity within the rounding that the office sets; in a reversal the file may write either sign. Less may
 * be paid than is due (the rest follows), never more; a negative one is a reversal.
 */
const amount: Rule = {
  id: 'amount',
  level: 'error',
  title: '金额不等于标准×数量',
  why: '应发金额应等于标准乘数量（允许取整误差）；实发可以少于应发（余款下批补足），不能多于应发；负数只能是冲销。',
  source: '《会计法》第九条；《预算法》第五十七条（及时、足额拨付）',
  todo: '核对名册中的标准、数量和金额，改正后撤销原导入，重新导入。',
  async *village(read, village) {
    const most = 500 + Math.round(1_000 * read.settings.rounding)
    const rows = await read.rows(
      sql`SELECT ${COLUMNS} FROM payments p WHERE village = ${village} AND (
         (standard IS NOT NULL AND quantity IS NOT NULL AND abs(CASE WHEN status = '冲销'
            THEN abs(due) * 1000 - abs(standard * quantity) ELSE due * 1000 - standard * quantity END) > ${most})
         OR (status <> '冲销' AND (amount > due OR amount < 0)))`,
    )
    for (const row of rows) yield amountHit(row)
  },
}

function amountHit(row: Cells): Hit {
  const [due, paid] = [whole(row, 'due'), whole(row, 'amount')]
  if (row.status !== '冲销' && paid < 0) return hitOf(row, `${whose(row)} 实发${yuan(paid)}`, '负数应标为冲销')
  if (row.status !== '冲销' && paid > due)
    return hitOf(row, `${whose(row)} 应发${yuan(due)}，实发${yuan(paid)}`, '实发不多于应发')
  const [standard, times] = [whole(row, 'standard'), whole(row, 'quantity')]
  const product = Math.round((standard * times) / 1000)
  return hitOf(
    row,
    `${whose(row)} 应发${yuan(due)}`,
    `${yuan(standard)}×${quantity(times)}${words(row, 'unit')}＝${yuan(product)}`,
  )
}

/** A payment that came back was kept by nobody: its amount is 0, or the sums would count it as paid. */
const returnedAmount: Rule = {
  id: 'returned-amount',
  level: 'error',
  title: '退回的款仍计入实发',
  why: '银行退回的款没有到户，实发金额应为0（应发栏写原金额），否则合计会把它算作已发。',
  source: '《会计法》第九条；《政府信息公开条例》第六条（准确公开）',
  todo: '把退回行的实发金额改为0，重新导入。',
  async *village(read, village) {
    const rows = await read.rows(
      sql`SELECT ${COLUMNS} FROM payments p WHERE village = ${village} AND status = '退回' AND amount > 0`,
    )
    for (const row of rows) yield hitOf(row, `${whose(row)} 退回，实发${yuan(whole(row, 'amount'))}`, '实发0.00元')
  },
}

/** All that is reversed of a person and fund must have been paid before. Money paid before the books begin can't be found. */
const reversal: Rule = {
  id: 'reversal',
  level: 'error',
  title: '冲销找不到原发放',
  why: '冲销要有同一人、同一资金、金额不小于它的原发放记录，且冲销合计不能超过已发合计。',
  source: '《会计法》第十四条（更正要有原始凭证）、第十七条（账账相符）',
  todo: '核对姓名和金额；原名册还没导入的，先导入原名册。早于账面起点的，写明原发放日期和依据。',
  async *village(read, village) {
    const rows = await read.rows(
      sql`WITH back AS (SELECT * FROM payments WHERE village = ${village} AND status = '冲销'),
         paid AS (SELECT person, fund, amount, date FROM payments WHERE village = ${village} AND amount > 0
                  AND person IN (SELECT person FROM back)),
         since AS (SELECT fund, min(date) AS first FROM payments WHERE village = ${village} AND amount > 0 GROUP BY fund)
       SELECT ${COLUMNS}, (SELECT first FROM since s WHERE s.fund = p.fund) AS first FROM back p
       WHERE NOT EXISTS (SELECT 1 FROM paid o WHERE o.person = p.person AND o.fund = p.fund AND o.date <= p.date
                         AND o.amount >= -p.amount)
         OR (SELECT sum(o.amount) FROM paid o WHERE o.person = p.person AND o.fund = p.fund AND o.date <= p.date)
            < (SELECT -sum(b.amount) FROM back b WHERE b.person = p.person AND b.fund = p.fund AND b.date <= p.date)`,
    )
    for (const row of rows) {
      const hit = hitOf(row, `${whose(row)} 冲销${yuan(whole(row, 'amount'))}`, '先有同一人的原发放')
      const earlier = words(row, 'earlier')
      const before = earlier !== '' && (words(row, 'first') === '' || earlier < words(row, 'first'))
      yield before ? { ...hit, level: 'warning', wanted: `${earlier}的原发放早于账面起点，请写明依据` } : hit
    }
  },
}

const returned: Rule = {
  id: 'returned',
  level: 'warning',
  title: '退回后长期没有补发',
  why: '款被银行退回后，应查明原因重新发给本人；超过设定天数还没有补发的，要说明。',
  source: '《预算法》第五十七条（及时、足额拨付）',
  todo: '联系本人更正账户后补发；不再发放的写明理由。',
  async *village(read, village) {
    if (read.until === '') return
    const days = read.settings.resendDays * 86_400_000
    const since = new Date(Date.parse(read.until) - days).toISOString().slice(0, 10)
    const rows = await read.rows(
      sql`SELECT ${COLUMNS} FROM payments p WHERE village = ${village} AND status = '退回' AND due > 0
         AND date < ${since} AND NOT EXISTS (SELECT 1 FROM payments again
           WHERE again.village = ${village} AND again.person = p.person AND again.fund = p.fund AND again.status = '补发'
             AND again.date >= p.date)`,
    )
    for (const row of rows)
      yield hitOf(row, `${whose(row)} 退回${yuan(whole(row, 'due'))}`, `${read.settings.resendDays}天内补发`)
  },
}

/** The newest row of each policy. What is sent again or reversed rests on the text of the first payment. */
const policy: Rule = {
  id: 'policy',
  level: 'error',
  title: '发放时政策没有生效或已废止',
  why: '发放日期应在所依据政策的施行日期之后、废止日期之前；补发按原发放日期看，冲销和退回不看。',
  source: '《预算法》第十三条（支出以批准的预算为依据）；《政府信息公开条例》第六条',
  todo: '核对政策依据，改成发放当时有效的文件；政策日期录错的，更正政策。',
  async *village(read, village) {
    const rows = await read.rows(
      sql`WITH latest AS MATERIALIZED (SELECT "index" AS name, title, "inForce", repealed FROM policies
           WHERE entry IN (SELECT max(entry) FROM policies GROUP BY "index")),
         dated AS (SELECT p.*, CASE status WHEN '补发' THEN coalesce((SELECT back.earlier FROM payments back
             WHERE back.village = ${village} AND back.person = p.person AND back.fund = p.fund AND back.status = '退回'
               AND back.date = p.earlier), p.earlier, p.date) ELSE p.date END AS day
           FROM payments p WHERE village = ${village} AND policy <> '' AND status IN ('已发', '补发'))
       SELECT ${COLUMNS}, p.day, l.title, l."inForce", l.repealed FROM dated p JOIN latest l ON l.name = p.policy
       WHERE p.day < l."inForce" OR p.day >= l.repealed`,
    )
    for (const row of rows) {
      const repealed = words(row, 'repealed') !== '' && words(row, 'day') >= words(row, 'repealed')
      const limit = repealed ? `${words(row, 'repealed')}起废止` : `${words(row, 'inForce')}起施行`
      yield hitOf(row, `${whose(row)} 依据 ${words(row, 'policy')}`, `《${words(row, 'title')}》${limit}`)
    }
  },
}

/** Payments to villages and bodies differ as works differ: only people's are compared. */
const outlier: Rule = {
  id: 'outlier',
  level: 'warning',
  title: '金额明显异常',
  why: '一笔发给个人或家庭的钱是这项资金通常金额的许多倍，常见原因是小数点错位或元、万元混用。',
  source: '《政府信息公开条例》第六条（准确公开）；《会计法》第九条',
  todo: '对照原始名册核实；确实无误的写明原因。',
  async *county(read) {
    const limits = Object.entries(outlierLimits(read))
    if (limits.length === 0) return
    const given = sql.join(
      limits.map(([fund, most]) => sql`(cast(${fund} as text), cast(${most} as double precision))`),
    )
    const rows = await read.rows(
      sql`WITH given(fund, most) AS (VALUES ${given}),
         usual AS MATERIALIZED (SELECT g.fund, g.most FROM given g JOIN funds f ON f.code = g.fund
           WHERE f.payee IN ('户', '人') AND f.entry IN (SELECT max(entry) FROM funds GROUP BY code))
       SELECT ${COLUMNS}, u.most FROM usual u JOIN payments p ON u.fund = p.fund AND p.amount > u.most`,
    )
    const times = read.settings.outlierTimes
    for (const row of rows) {
      const usual = Math.round(Number(row.most) / times)
      yield hitOf(row, `${whose(row)} ${yuan(whole(row, 'amount'))}`, `通常约${yuan(usual)}，不超过它的${times}倍`)
    }
  },
}

function outlierLimits(read: Reading): Record<string, number> {
  const limits: Record<string, number> = {}
  for (const [fund, { payments, logs }] of read.sums.usual)
    if (payments >= ENOUGH) limits[fund] = Math.exp(logs / payments) * read.settings.outlierTimes
  return limits
}

/** Payments of a fund from which it can be said what is usual. */
const ENOUGH = 30

export const PAYMENT_RULES: readonly Rule[] = [amount, returnedAmount, reversal, returned, policy, outlier]
