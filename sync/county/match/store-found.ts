// Stores what a run has found: payments that were listed before are left out, further ones go to the suspect that nobody
// has decided on yet, and after a decision they make a new one.
import type { MatchedPayment, MatchRule, RegisterRow } from '../../contract/console/match.ts'
import type { Service } from '../service/service.ts'

/** One row of a register against one payee of one fund. */
export interface Found {
  same: string
  rule: MatchRule
  row: RegisterRow
  score: number
  why: string
  /** By fingerprint. */
  hits: Map<string, MatchedPayment>
}

/** Values in one statement: far below what either database takes. */
const BATCH = 500

/** Whole or not at all. Returns how many payments were new, and of how many suspects. */
export async function storeFound(
  service: Service,
  run: number,
  found: readonly Found[],
): Promise<{ fresh: number; suspects: number }> {
  if (found.length === 0) return { fresh: 0, suspects: 0 }
  return await service.transaction().execute(async (all) => {
    const known = await knownHits(
      all,
      found.flatMap(({ hits }) => [...hits.keys()]),
    )
    const open = await openSuspects(
      all,
      found.map(({ same }) => same),
    )
    const last = await all.selectFrom('matchSuspects').select('id').orderBy('id', 'desc').limit(1).executeTakeFirst()
    let next = (last?.id ?? 0) + 1
    const hits: { fingerprint: string; suspect: number; payment: string }[] = []
    let suspects = 0
    for (const one of found) {
      const fresh = [...one.hits].filter(([fingerprint]) => !known.has(fingerprint))
      if (fresh.length === 0) continue
      const before = open.get(one.same)
      const id = before ?? next
      const payments = fresh.map(([, payment]) => payment)
      if (before === undefined) await insertSuspect(all, id, run, one, payments)
      else await extendSuspect(all, id, run, one, payments)
      if (before === undefined) next += 1
      suspects += 1
      for (const [fingerprint, payment] of fresh)
        hits.push({ fingerprint, suspect: id, payment: JSON.stringify(payment) })
    }
    for (const part of parts(hits)) await all.insertInto('matchHits').values(part).execute()
    return { fresh: hits.length, suspects }
  })
}

async function knownHits(all: Service, fingerprints: readonly string[]): Promise<Set<string>> {
  const known = new Set<string>()
  for (const part of parts(fingerprints)) {
    const rows = await all.selectFrom('matchHits').select('fingerprint').where('fingerprint', 'in', part).execute()
    for (const { fingerprint } of rows) known.add(fingerprint)
  }
  return known
}

async function openSuspects(all: Service, same: readonly string[]): Promise<Map<string, number>> {
  const open = new Map<string, number>()
  for (const part of parts(same)) {
    const rows = await all
      .selectFrom('matchSuspects')
      .select(['id', 'same'])
      .where('same', 'in', part)
      .where('state', '=', 'open')
      .execute()
    for (const row of rows) open.set(row.same, row.id)
  }
  return open
}

async function insertSuspect(
  all: Service,
  id: number,
  run: number,
  { same, rule, row, score, why }: Found,
  payments: readonly MatchedPayment[],
): Promise<void> {
  const [first] = payments
  await all
    .insertInto('matchSuspects')
    .values({
      id,
      run,
      lastRun: run,
      same,
      rule: rule.id,
      register: rule.register,
      village: first?.village ?? '',
      fund: first?.fund ?? '',
      name: first?.payee ?? row.name,
      score,
      why,
      registerRow: JSON.stringify(row),
      ...sumsOf(payments),
      state: 'open',
      decidedBy: '',
      decidedAt: '',
      words: '',
    })
    .execute()
}

async function extendSuspect(
  all: Service,
  id: number,
  run: number,
  { row, score, why }: Found,
  payments: readonly MatchedPayment[],
): Promise<void> {
  const old = await all
    .selectFrom('matchSuspects')
    .select(['payments', 'amount', 'firstDay', 'lastDay'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  const sums = sumsOf(payments)
  const days = [old.firstDay, old.lastDay, sums.firstDay, sums.lastDay].sort()
  await all
    .updateTable('matchSuspects')
    .set({
      lastRun: run,
      score,
      why,
      registerRow: JSON.stringify(row),
      payments: old.payments + sums.payments,
      amount: Number(old.amount) + sums.amount,
      firstDay: days[0] ?? '',
      lastDay: days.at(-1) ?? '',
    })
    .where('id', '=', id)
    .execute()
}

function sumsOf(payments: readonly MatchedPayment[]): {
  payments: number
  amount: number
  firstDay: string
  lastDay: string
} {
  const days = payments.map(({ date }) => date).sort()
  const amount = payments.reduce((sum, payment) => sum + payment.amount, 0)
  return { payments: payments.length, amount, firstDay: days[0] ?? '', lastDay: days.at(-1) ?? '' }
}

function* parts<T>(items: readonly T[]): Generator<T[]> {
  for (let at = 0; at < items.length; at += BATCH) yield items.slice(at, at + BATCH)
}
