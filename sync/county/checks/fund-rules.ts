// Rules about where money came from: allocations split and passed on, payments within what was allocated, 三资 sums.
import { sql } from 'kysely'
import { type Cells, type Hit, type Reading, type Rule, whereFrom, whole, words, yuan } from './rule.ts'

function allocationHit(row: Cells, value: string, wanted: string): Hit {
  const key = ['fund', 'year', 'document', 'from', 'to', 'amount'].map((column) => String(row[column] ?? '')).join('|')
  const to = words(row, 'to')
  const place = /^\d{9}(\d{3})?$/.test(to) ? to : '431225'
  return { table: 'allocations', ...whereFrom(row), place, value, wanted, key }
}

const split: Rule = {
  id: 'split',
  level: 'error',
  title: '各级资金之和不等于拨付金额',
  why: '一笔拨付的中央、省、市、县资金相加应等于拨付金额。',
  source: '《预算法》第五十七条；《会计法》第九条',
  todo: '核对指标文件，更正分级金额。',
  async *county(read) {
    const rows = await read.rows(
      sql`SELECT *, central + provincial + municipal + county AS parts FROM allocations
       WHERE (central <> 0 OR provincial <> 0 OR municipal <> 0 OR county <> 0)
         AND central + provincial + municipal + county <> amount`,
    )
    for (const row of rows)
      yield allocationHit(
        row,
        `${words(row, 'document')} 各级之和${yuan(whole(row, 'parts'))}`,
        `拨付金额${yuan(whole(row, 'amount'))}`,
      )
  },
}

/** Who received and passed on. Those at the top (no receipt on file) are the source and aren't compared. */
const passedOn: Rule = {
  id: 'passed-on',
  level: 'error',
  title: '拨入与拨出对不上',
  why: '一级单位拨出的钱不能多于它拨入的钱；往年拨入没有全部拨出的，要说明结余在哪里。',
  source: '《预算法》第五十七条（不得虚假列支；及时、足额拨付）；本县公开要求“钱从哪里来”',
  todo: '补录缺少的指标文件，或更正金额；有结余的写明。',
  async *county(read) {
    const rows = await read.rows(
      sql`WITH flows AS (
         SELECT fund, year, "to" AS body, amount AS taken, 0 AS given, import, origin, "row" FROM allocations
         UNION ALL SELECT fund, year, "from", 0, amount, import, origin, "row" FROM allocations),
       sums AS (SELECT fund, year, body, sum(taken) AS taken, sum(given) AS given, max(import) AS import,
           max(origin) AS origin, max("row") AS "row" FROM flows GROUP BY fund, year, body)
       SELECT * FROM sums WHERE taken > 0 AND given > 0 AND given <> taken ORDER BY fund, year, body`,
    )
    for (const row of rows) {
      const [taken, given] = [whole(row, 'taken'), whole(row, 'given')]
      const more = given > taken
      // Within the year the rest may still be on its way.
      if (!more && whole(row, 'year') >= Number(read.until.slice(0, 4))) continue
      const body = words(row, 'body')
      const what = `${words(row, 'fund')} ${whole(row, 'year')}年 ${body}`
      const value = `${what} 拨入${yuan(taken)}，拨出${yuan(given)}`
      const place = /^\d{9}(\d{3})?$/.test(body) ? body : '431225'
      const wanted = more ? '拨出不多于拨入' : `差额${yuan(taken - given)}的去向`
      const level = more ? ('error' as const) : ('warning' as const)
      yield { table: 'allocations', ...whereFrom(row), place, value, wanted, key: value, level }
    }
  },
}

interface Given {
  fund: string
  place: string
  row: Cells
  /** Fen by year. */
  years: Map<number, number>
}

/**
 * What was paid of a fund up to the end of a year isn't more than what was allocated up to then: to the village where the
 * fund is allocated to villages, and to the county in all. Money of one year may be paid in the next, never the reverse.
 */
const overspent: Rule = {
  id: 'overspent',
  level: 'error',
  title: '发放多于拨付',
  why: '一项资金发给各户的钱，累计不能多于拨到本村（本县）的钱。',
  source: '《预算法》第十三条（未列入预算的不得支出）、第五十七条',
  todo: '补录拨付文件（含上年结转），或核对发放名册是否重复。',
  async *county(read) {
    for (const given of (await allocatedOf(read)).values()) yield* overspentIn(read, given)
  },
}

async function allocatedOf(read: Reading): Promise<Map<string, Given>> {
  const rows = await read.rows(
    sql`SELECT fund, year, CASE WHEN length("to") = 12 THEN "to" ELSE 'county' END AS place, sum(amount) AS amount,
       max(import) AS import, max(origin) AS origin, max("row") AS "row" FROM allocations a
     WHERE length("to") = 12 OR "to" = '431225'
       OR ("from" = '431225' AND fund NOT IN (SELECT fund FROM allocations WHERE "to" = '431225'))
     GROUP BY 1, 2, 3 ORDER BY 1, 3, 2`,
  )
  const found = new Map<string, Given>()
  for (const row of rows) {
    const [fund, place] = [words(row, 'fund'), words(row, 'place')]
    const known = found.get(`${fund} ${place}`) ?? { fund, place, row, years: new Map() }
    found.set(`${fund} ${place}`, { ...known, row })
    known.years.set(whole(row, 'year'), whole(row, 'amount'))
  }
  return found
}

function* overspentIn(read: Reading, { fund, place, row, years }: Given): Generator<Hit> {
  let [paid, allocated] = [0, 0]
  for (let year = Math.min(...years.keys()); year <= Number(read.until.slice(0, 4) || 0); year += 1) {
    paid += read.sums.paid.get(`${fund} ${year} ${place}`) ?? 0
    allocated += years.get(year) ?? 0
    if (paid <= allocated) continue
    const value = `${fund} 到${year}年累计发放${yuan(paid)}`
    const wanted = `不多于累计拨付${yuan(allocated)}`
    const where = place === 'county' ? '431225' : place
    yield { table: 'allocations', ...whereFrom(row), place: where, value, wanted, key: `${place}|${value}|${wanted}` }
    return
  }
}

const owed: Rule = {
  id: 'owed',
  level: 'error',
  title: '合同、资产的金额不相符',
  why: '合同尚欠应等于应收减已收；资产净值应等于原值减累计折旧。',
  source: '《会计法》第十七条（账实相符）；《农村集体经济组织财务公开规定》（资产、资源、合同）',
  todo: '核对台账，更正后重新导入。',
  async *county(read) {
    const contracts = await read.rows(
      sql`SELECT * FROM contracts WHERE owed <> CASE WHEN due > received THEN due - received ELSE 0 END`,
    )
    for (const row of contracts) {
      const value = `${words(row, 'number')} 应收${yuan(whole(row, 'due'))}，已收${yuan(whole(row, 'received'))}，尚欠${yuan(whole(row, 'owed'))}`
      yield holdingHit('contracts', row, value, '尚欠＝应收－已收')
    }
    const assets = await read.rows(
      sql`SELECT * FROM assets WHERE "originalValue" IS NOT NULL AND depreciation IS NOT NULL
        AND "netValue" <> "originalValue" - depreciation`,
    )
    for (const row of assets) {
      const value = `${words(row, 'number')} 原值${yuan(whole(row, 'originalValue'))}，折旧${yuan(whole(row, 'depreciation'))}，净值${yuan(whole(row, 'netValue'))}`
      yield holdingHit('assets', row, value, '净值＝原值－累计折旧')
    }
  },
}

function holdingHit(table: 'contracts' | 'assets', row: Cells, value: string, wanted: string): Hit {
  const place = words(row, 'village')
  return { table, ...whereFrom(row), place, value, wanted, key: `${table}|${place}|${value}` }
}

export const FUND_RULES: readonly Rule[] = [split, passedOn, overspent, owed]
