// Rules about who stands in a list and how often: batches sent twice, people paid twice, ID numbers, rosters, places.
import { sql } from 'kysely'
import { type Hit, type Reading, type Rule, whereFrom, whole, words, yuan } from './rule.ts'

/** What a file calls its batch; where it calls it nothing, the month of payment. */
const BATCH = sql`coalesce(nullif(batch, ''), substr(date, 1, 7))`

/** Every row of the smaller list stands in the larger one, person by person and fen by fen. */
const batchTwice: Rule = {
  id: 'batch-twice',
  level: 'error',
  title: '同一批次导入了两次',
  why: '两次导入里，同一资金、同一村、同一批次的人和金额完全一样，公开后每户都会显示领了两次。',
  source: '《会计法》第九条、第十七条（账实相符）；民生资金“一分不少”也不能多',
  todo: '用“撤销导入”撤回多余的一次。',
  async *village(read, village) {
    const rows = await read.rows(
      sql`WITH lists AS (SELECT fund, ${BATCH} AS name, import, count(*) AS payees, sum(amount) AS total,
           max(origin) AS origin, min("row") AS "row",
           string_agg(person || ':' || amount || ':' || status, ',' ORDER BY person, amount, status) AS content
         FROM payments p WHERE village = ${village}
           AND (SELECT count(DISTINCT import) FROM payments WHERE village = ${village}) > 1 GROUP BY 1, 2, 3)
       SELECT late.*, first.import AS earlier FROM lists late JOIN lists first
         ON first.fund = late.fund AND first.name = late.name AND first.import < late.import
           AND first.content = late.content`,
    )
    for (const row of rows) {
      const what = `${words(row, 'fund')} ${words(row, 'name')}`
      yield {
        table: 'payments',
        ...whereFrom(row),
        place: village,
        value: `${what}：${whole(row, 'payees')}笔、${yuan(whole(row, 'total'))}，与第${whole(row, 'earlier')}次导入相同`,
        wanted: '每批只导入一次',
        key: `${what}|${village}|${words(row, 'content')}`,
      }
    }
  },
}

/** Several payments of one person in one batch, less those reversed. Villages and bodies may get several instalments. */
const paidTwice: Rule = {
  id: 'paid-twice',
  level: 'warning',
  title: '同一人同一批次领了多次',
  why: '同一村、同一人、同一资金、同一批次有多笔已发，又没有冲销，可能是重复发放。',
  source: '《会计法》第九条；民生资金公开“从部门到户到人”',
  todo: '核对原始名册；确属重复的追回并冲销，确应分笔发的写明原因。',
  async *village(read, village) {
    const rows = await read.rows(
      sql`SELECT max(import) AS import, max(origin) AS origin, max("row") AS "row", fund, ${BATCH} AS name,
         max(payee) AS payee, count(*) FILTER (WHERE status = '已发') AS times, sum(amount) AS total FROM payments
       WHERE village = ${village} AND status IN ('已发', '冲销')
         AND fund NOT IN (SELECT code FROM funds WHERE payee IN ('主体', '村')
           AND entry IN (SELECT max(entry) FROM funds GROUP BY code))
       GROUP BY fund, ${BATCH}, person
       HAVING count(*) FILTER (WHERE status = '已发') - count(*) FILTER (WHERE status = '冲销') > 1`,
    )
    for (const row of rows) {
      const what = `${words(row, 'payee')} ${words(row, 'fund')} ${words(row, 'name')}`
      const value = `${what} 发了${whole(row, 'times')}笔，共${yuan(whole(row, 'total'))}`
      const key = `${what}|${village}|${whole(row, 'times')}|${whole(row, 'total')}`
      yield { table: 'payments', ...whereFrom(row), place: village, value, wanted: '每批一笔', key }
    }
  },
}

/** Names of one ID number over the whole county, bodies left out. Only its last four digits are told. */
const idNames: Rule = {
  id: 'id-two-names',
  level: 'warning',
  title: '一个身份证号有几个姓名',
  why: '同一身份证号对应了几个姓名，多是录错号码或把家长的号码填给了孩子，会影响比对和追溯。',
  source: '《个人信息保护法》第八条（个人信息准确、完整）',
  todo: '核对证件，更正号码或姓名后重新导入；代填家长号码的写明。',
  async *county(read) {
    const rows = await read.rows(
      sql`SELECT max(import) AS import, min(village) AS village,
         substr("idNumber", length("idNumber") - 3) AS last, string_agg(name, ',') AS names
       FROM (SELECT "idNumber", name, max(import) AS import, min(village) AS village FROM roster
         WHERE "idNumber" <> '' AND kind IN ('户', '人') GROUP BY "idNumber", name) named
       GROUP BY "idNumber" HAVING count(*) > 1`,
    )
    for (const row of rows) {
      const names = words(row, 'names').split(',').sort().join('、')
      const [place, last] = [words(row, 'village'), words(row, 'last')]
      const where = { table: 'payments' as const, import: whole(row, 'import'), origin: 0, row: 0, place }
      yield { ...where, value: `尾号${last}：${names}`, wanted: '一个号码一个姓名', key: `${place}|${last}|${names}` }
    }
  },
}

/** People whom a village's lists had never named: told once for each fund and import, once the village has older lists. */
const newPayees: Rule = {
  id: 'new-payees',
  level: 'warning',
  title: '名册里新出现的人',
  why: '这些人以前没有在本村任何名册出现过。新增对象应当有申报和公示；姓名写错也会表现为新人。',
  source: '《村民委员会组织法》第三十条（补贴补助的管理使用情况应当公布）',
  todo: '核对新增对象的申报和公示；姓名写错的，改正后重新导入。',
  async *village(read, village) {
    const rows = await read.rows(
      sql`SELECT import, max(origin) AS origin, min("row") AS "row", fund, count(*) AS people,
         string_agg(name, ',') AS names
       FROM (SELECT p.import, p.fund, r.name, max(p.origin) AS origin, min(p."row") AS "row"
         FROM roster r JOIN payments p ON p.village = r.village AND p.person = r.id AND p.import = r.import
         WHERE r.village = ${village} AND r.import > (SELECT min(import) FROM roster WHERE village = ${village})
         GROUP BY p.import, p.fund, r.name) fresh
       GROUP BY import, fund`,
    )
    for (const row of rows) {
      const names = words(row, 'names').split(',').sort()
      const shown = `${names.slice(0, 5).join('、')}${names.length > 5 ? '等' : ''}`
      yield {
        table: 'payments',
        ...whereFrom(row),
        place: village,
        value: `${words(row, 'fund')} 新增${whole(row, 'people')}人：${shown}`,
        wanted: '新增对象有申报和公示',
        key: `${words(row, 'fund')}|${village}|${names.join('、')}`,
      }
    }
  },
}

const TABLES_WITH_VILLAGE = ['payments', 'ledger', 'assets', 'contracts', 'debts'] as const

/** A place that an undone import took away, or that a file named by a code of its own: its rows would be shown nowhere. */
const place: Rule = {
  id: 'place',
  level: 'error',
  title: '村（社区）不存在',
  why: '行政村代码不在本县地区名录里，公开后没有人能查到这些钱。',
  source: '《政府信息公开条例》第六条；民生资金“一项不留”',
  todo: '更正村代码，或先导入地区名录。',
  async *village(read, village) {
    const known = sql`SELECT 1 FROM places WHERE code = ${village} AND level = 'village' LIMIT 1`
    if ((await read.rows(known)).length > 0) return
    yield* unknownPlace(read, village)
  },
}

async function* unknownPlace(read: Reading, village: string): AsyncGenerator<Hit> {
  for (const table of TABLES_WITH_VILLAGE) {
    const rows = await read.rows(
      sql`SELECT import, min(origin) AS origin, min("row") AS "row", count(*) AS rows FROM ${sql.table(table)}
       WHERE village = ${village} GROUP BY import`,
    )
    for (const row of rows) {
      const value = `代码${village}，${whole(row, 'rows')}行`
      yield { table, ...whereFrom(row), place: village, value, wanted: '本县的行政村代码', key: `${table}|${village}` }
    }
  }
}

export const BATCH_RULES: readonly Rule[] = [batchTwice, paidTwice, idNames, newPayees, place]
