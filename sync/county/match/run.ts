// A run of matching: payments stream by registers held in memory (a hash join), village by village, so that a million
// payments cost no more memory than a thousand. What was listed once is never listed again, whatever was decided.
//
//   payments, by village ─► rules of its fund ─► candidates by ID number, by name ─► judge ─► hits of a village ─► store
import { createHash } from 'node:crypto'
import type { MatchRule, RegisterName, RegisterRow } from '../../contract/console/match.ts'
import { SunhallError } from '../../contract/errors.ts'
import { type Books, inReading } from '../database/books.ts'
import { type Office, withBooks } from '../office.ts'
import { inPeriod, judge, periodWords } from './judge.ts'
import { countPayments, namesakesIn, paymentsOf, type StreamedPayment } from './payments.ts'
import { loadIndexes, type RegisterIndex } from './register-index.ts'
import { coversFund, listRules } from './rules.ts'
import { type Found, storeFound } from './store-found.ts'

export interface MatchRunOptions {
  by: string
  now: Date
  /** Payments looked at, of how many. */
  progress?: (done: number, total: number) => void
}
export interface MatchRunReport {
  run: number
  rules: number
  registerRows: number
  payments: number
  /** Payments that a rule points at, and those among them that no run listed before. */
  hits: number
  fresh: number
  /** Suspects that are new or got further payments. */
  suspects: number
  ms: number
}

const PROGRESS_EVERY = 20_000
/** Hits that are kept in memory before they are stored, at the next village. */
const FLUSH_AT = 2_000

/** Runs all rules that are switched on and have a register. Errors: E-STATE where there is none. */
export async function runMatch(office: Office, options: MatchRunOptions): Promise<MatchRunReport> {
  const started = performance.now()
  const service = await office.service()
  const enabled = (await listRules(service)).filter((rule) => rule.enabled)
  const indexes = await loadIndexes(
    service,
    enabled.map(({ register }) => register),
  )
  const rules = enabled.filter(({ register }) => (indexes.get(register)?.rows ?? 0) > 0)
  if (rules.length === 0)
    throw new SunhallError('E-STATE', 'Expected a register that a rule looks at, found none; import one first')
  const last = await service.selectFrom('matchRuns').select('id').orderBy('id', 'desc').limit(1).executeTakeFirst()
  const run = (last?.id ?? 0) + 1
  const registerRows = [...indexes.values()].reduce((sum, { rows }) => sum + rows, 0)
  const begun = { id: run, at: options.now.toISOString(), by: options.by, registerRows }
  await service
    .insertInto('matchRuns')
    .values({ ...begun, payments: 0, hits: 0, fresh: 0, ms: 0, finished: 0 })
    .execute()
  const counts = await inReading(await office.books(), (books) =>
    comparePayments(withBooks(office, books), rules, indexes, { run, ...options }),
  )
  const ms = Math.round(performance.now() - started)
  const { payments, hits, fresh } = counts
  await service.updateTable('matchRuns').set({ payments, hits, fresh, ms, finished: 1 }).where('id', '=', run).execute()
  return { run, rules: rules.length, registerRows, ...counts, ms }
}

async function comparePayments(
  office: Office,
  rules: readonly MatchRule[],
  indexes: ReadonlyMap<RegisterName, RegisterIndex>,
  { run, progress }: MatchRunOptions & { run: number },
): Promise<Pick<MatchRunReport, 'payments' | 'hits' | 'fresh' | 'suspects'>> {
  const service = await office.service()
  const books = await office.books()
  const total = await countPayments(books)
  const byFund = await rulesByFund(books, rules)
  const counts = { payments: 0, hits: 0, fresh: 0, suspects: 0 }
  let found = new Map<string, Found>()
  let waiting = 0
  const flush = async (): Promise<void> => {
    const stored = await storeFound(service, run, [...found.values()])
    counts.fresh += stored.fresh
    counts.suspects += stored.suspects
    found = new Map()
    waiting = 0
  }
  for await (const payments of paymentsOf(books)) {
    const namesakes = await namesakesIn(books, payments[0]?.payee.village ?? '')
    for (const payment of payments) {
      counts.payments += 1
      if (counts.payments % PROGRESS_EVERY === 0) progress?.(counts.payments, total)
      for (const rule of byFund.get(payment.fund) ?? []) {
        for (const row of candidates(rule, indexes.get(rule.register), payment)) {
          if (!takeHit(found, rule, row, payment, namesakes)) continue
          counts.hits += 1
          waiting += 1
        }
      }
    }
    if (waiting >= FLUSH_AT) await flush()
  }
  await flush()
  progress?.(counts.payments, total)
  return counts
}

async function rulesByFund(books: Books, rules: readonly MatchRule[]): Promise<Map<string, MatchRule[]>> {
  const byFund = new Map<string, MatchRule[]>()
  for (const fund of await books.selectFrom('funds').select(['code', 'name']).execute()) {
    const own = rules.filter((rule) => coversFund(rule, fund))
    if (own.length > 0) byFund.set(fund.code, own)
  }
  return byFund
}

/** Rows of one ID number; where the rule goes by names too, those of the name that have not been met by the number. */
function candidates(
  { key }: MatchRule,
  index: RegisterIndex | undefined,
  { payee }: StreamedPayment,
): readonly RegisterRow[] {
  if (index === undefined) return []
  const byId = key === 'name-village' || payee.idNumber === '' ? [] : index.byId(payee.idNumber)
  const byName = key === 'id' ? [] : index.byName(payee.name)
  if (byName.length === 0 || byId.length === 0) return byId.length > 0 ? byId : byName
  return [...new Set([...byId, ...byName])]
}

/** Adds a payment to what one row of a register is held against. False where it isn't the person, or not the time. */
function takeHit(
  found: Map<string, Found>,
  rule: MatchRule,
  row: RegisterRow,
  payment: StreamedPayment,
  namesakes: (name: string) => number,
): boolean {
  if (!inPeriod(rule, row, payment.date)) return false
  const { payee, fund } = payment
  const verdict = judge(rule, row, payee, () => namesakes(payee.name))
  if (verdict === null || verdict.score < rule.minScore) return false
  const same = JSON.stringify([rule.id, personOf(row), payee.village, fund, payee.name, payee.idNumber])
  let entry = found.get(same)
  if (entry === undefined) {
    entry = { same, rule, row, score: verdict.score, why: verdict.why + periodWords(rule, row), hits: new Map() }
    found.set(same, entry)
  }
  const whole = payment.whole()
  const word = JSON.stringify([same, whole.batch, whole.date, whole.amount, whole.status])
  // The same batch paid twice is two payments.
  for (let times = 1; ; times += 1) {
    const fingerprint = createHash('sha256').update(`${word}${times}`).digest('hex')
    if (entry.hits.has(fingerprint)) continue
    entry.hits.set(fingerprint, whole)
    return true
  }
}

/** Who a register's row is, so that a newer copy of the register doesn't raise again what was decided. */
function personOf(row: RegisterRow): string {
  return row.idNumber === '' ? `${row.name}|${row.village}|${row.group}` : row.idNumber
}
