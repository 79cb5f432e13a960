// Walks the books with all rules: village by village, then the county as a whole, in one reading of the database.
import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { CheckLevel, CheckSettings } from '../../contract/console/checks.ts'
import { inReading } from '../database/books.ts'
import type { Office } from '../office.ts'
import { type Hit, Reading, type Rule, whole, words } from './rule.ts'
import { addPaid, addUsual } from './sums.ts'

/** A hit with all that is kept of it. */
export interface Found {
  id: string
  rule: string
  level: CheckLevel
  hit: Hit
}
export interface RuleRun {
  rule: string
  errors: number
  warnings: number
  ms: number
  found: Found[]
}

/** Hits of one rule and level that are kept singly: a file that is wrong in every row says so after a few. */
export const KEPT = 2_000

/**
 * Every hit of every rule. What only concerns rows that a release holds already is a warning: such a row can't be taken
 * back, only reversed, and would stop every later release. `step` is told how many villages are done, of how many.
 */
export async function walkBooks(
  office: Office,
  rules: readonly Rule[],
  settings: CheckSettings,
  step: (done: number, total: number) => void = () => undefined,
): Promise<RuleRun[]> {
  return inReading(await office.books(), async (books) => {
    const read = await Reading.open(books, settings)
    const collector = new Collector(rules, await publishedImports(read))
    const villages = await villagesOf(read)
    for (const [at, village] of villages.entries()) {
      await gather(read, village)
      for (const rule of rules) if (rule.village) await collector.take(rule, rule.village(read, village))
      step(at + 1, villages.length)
    }
    for (const rule of rules) if (rule.county) await collector.take(rule, rule.county(read))
    return collector.runs
  })
}

class Collector {
  readonly runs: RuleRun[]
  readonly #published: ReadonlySet<number>
  readonly #times = new Map<string, number>()

  constructor(rules: readonly Rule[], published: ReadonlySet<number>) {
    this.#published = published
    this.runs = rules.map(({ id }) => ({ rule: id, errors: 0, warnings: 0, ms: 0, found: [] }))
  }

  async take(rule: Rule, hits: AsyncIterable<Hit>): Promise<void> {
    const run = this.runs.find((one) => one.rule === rule.id)
    if (run === undefined) return
    const started = performance.now()
    for await (const hit of hits) {
      const level = this.#published.has(hit.import) ? 'warning' : (hit.level ?? rule.level)
      const count = level === 'error' ? 'errors' : 'warnings'
      run[count] += 1
      if (run[count] <= KEPT) run.found.push({ id: this.#idOf(rule, hit), rule: rule.id, level, hit })
    }
    run.ms += performance.now() - started
  }

  /** Two rows alike in every fact are told apart by their order. */
  #idOf(rule: Rule, hit: Hit): string {
    const key = `${rule.id}\n${hit.key}`
    const times = (this.#times.get(key) ?? 0) + 1
    this.#times.set(key, times)
    return createHash('sha256').update(`${key}\n${times}`).digest('hex').slice(0, 32)
  }
}

async function publishedImports(read: Reading): Promise<Set<number>> {
  const rows = await read.rows(sql`SELECT id FROM imports WHERE published IS NOT NULL`)
  return new Set(rows.map((row) => whole(row, 'id')))
}

/** Villages with rows, in order, found by jumps along the tables' keys instead of reading every row. */
async function villagesOf(read: Reading): Promise<string[]> {
  const byKey = ['payments', 'ledger'].map((name) => {
    const table = sql.table(name)
    return sql`SELECT village FROM (WITH RECURSIVE jump(village) AS (SELECT min(village) FROM ${table} UNION ALL
      SELECT (SELECT min(village) FROM ${table} t WHERE t.village > jump.village) FROM jump WHERE jump.village IS NOT NULL)
      SELECT village FROM jump WHERE village IS NOT NULL) reached`
  })
  const rest = ['assets', 'contracts', 'debts'].map((name) => sql`SELECT village FROM ${sql.table(name)}`)
  const all = sql.join([...byKey, ...rest], sql` UNION `)
  return (await read.rows(sql`${all} ORDER BY village`)).map((row) => words(row, 'village'))
}

/** Sums for the rules about the whole county. */
async function gather(read: Reading, village: string): Promise<void> {
  const { sums } = read
  const paid = await read.rows(
    sql`SELECT fund, substr(date, 1, 4) AS year, sum(amount) AS amount, count(*) FILTER (WHERE amount > 0) AS payments,
       sum(CASE WHEN amount > 0 THEN ln(amount) END) AS logs FROM payments WHERE village = ${village} GROUP BY 1, 2`,
  )
  for (const row of paid) {
    const [fund, year, amount] = [words(row, 'fund'), words(row, 'year'), whole(row, 'amount')]
    addPaid(sums, fund, year, village, amount)
    addPaid(sums, fund, year, 'county', amount)
    addUsual(sums, fund, whole(row, 'payments'), whole(row, 'logs'))
  }
}
