// Payments of the sample county, village by village, fund by fund, batch by batch, without holding more than a village.
//
// What `amount` means: money that the payee kept. A 退回 row therefore has amount 0 (its due says what bounced), a 补发
// row the money sent again, a 冲销 row a negative amount; so sums over `amount` are right whatever the status, and
// allocations add up to them.
import type { Day, Fen, Milli } from '../../contract/rows.ts'
import type { PaymentsRow } from '../tables.ts'
import { dayOf, daysAfter, yearOf } from './calendar.ts'
import type { Frame, Village } from './frame.ts'
import { FUND_PLANS, type FundPlan, type Rhythm } from './fund-plan.ts'
import { type Person, type Roster, rosterOf } from './people.ts'
import type { Project } from './projects.ts'
import { hash32, type Random, randomOf } from './random.ts'

/** Policy and clauses that a fund's payment of a day rests on. */
export type PolicyRef = (fund: string, day: Day) => { policy: string; clauses: string }

interface Paying {
  frame: Frame
  village: Village
  plan: FundPlan
  unit: string
  random: Random
  refOf: PolicyRef
}
interface Payee {
  person: Person
  quantity: Milli
  /** For one-off payments: year 0–2 and month; both 0 elsewhere. */
  onceYear: number
  onceMonth: number
}

/** Villages where a masked fund has enough payees to be shown, also at small scale; null leaves it to the rate. */
function floorOf(plan: FundPlan, village: Village): number {
  const odd = hash32(`${plan.fund}${village.code}`)
  if (plan.fund === 'F081') return odd % 6 === 0 ? 2 + (odd % 3) : 6 + (odd % 5)
  if (plan.fund === 'F063' && village.households >= 25) return odd % 6 === 0 ? 2 + (odd % 3) : 6 + (odd % 4)
  return 0
}

function quantityOf(plan: FundPlan, person: Person, random: Random): Milli {
  const { quantity } = plan
  if ('of' in quantity) {
    const percent = random.int(quantity.from, quantity.to)
    // Hundredths of a mu, as registers give them.
    return Math.max(100, Math.round((person[quantity.of] * percent) / 1000) * 10)
  }
  const from = Math.ceil(quantity.from / 1000)
  return random.int(from, Math.max(from, Math.floor(quantity.to / 1000))) * 1000
}

function payeesOf(paying: Paying, roster: Roster): Payee[] {
  const { plan, village, random } = paying
  if (plan.payee === 'project') return []
  const candidates = roster[plan.payee]
  const expected = plan.payee === 'village' ? 1 : (plan.rate * village.households) / 1000
  const drawn = Math.floor(expected + random.next())
  const count = Math.min(candidates.length, Math.max(drawn, floorOf(plan, village)))
  const start = random.int(0, Math.max(0, candidates.length - 1))
  const payees: Payee[] = []
  // Evenly spaced from a random start: no person twice, and rows follow the roster's order as in real lists.
  for (let i = 0; i < count; i++) {
    const person = candidates[(start + Math.floor((i * candidates.length) / count)) % candidates.length]
    if (!person) continue
    const once = plan.rhythm === 'once'
    payees.push({
      person,
      quantity: quantityOf(plan, person, random),
      onceYear: once ? random.int(plan.first, plan.last) : 0,
      onceMonth: once ? random.pick([3, 5, 6, 8, 9, 10, 12]) : 0,
    })
  }
  return payees
}

/** Months of a year in which a fund pays. */
export function monthsOf(rhythm: Rhythm): readonly number[] {
  if (rhythm === 'month') return [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]
  if (rhythm === 'quarter') return [3, 6, 9, 12]
  if (rhythm === 'term') return [4, 10]
  if (rhythm === 'once') return [3, 5, 6, 8, 9, 10, 12]
  return [Number(rhythm.slice(5))]
}

function cleanRow(paying: Paying, payee: Payee, standard: Fen, date: Day, serial: number): PaymentsRow {
  const { plan, village, unit, refOf } = paying
  const { person, quantity } = payee
  const due = Math.round((standard * quantity) / 1000)
  const ref = refOf(plan.fund, date)
  return {
    fund: plan.fund,
    village: village.code,
    group: person.group,
    payee: person.name,
    household: person.household,
    relation: person.relation,
    idNumber: person.idNumber,
    bankAccount: '',
    phone: '',
    batch: date.slice(0, 7),
    serial,
    standard,
    quantity,
    unit,
    due,
    amount: due,
    date,
    status: '已发',
    earlier: null,
    policy: ref.policy,
    clauses: ref.clauses,
    note: '',
  }
}

/** What can happen to a payment: mostly nothing; sometimes it bounces, is paid in part, or is paid twice and reversed. */
function* fates(row: PaymentsRow, random: Random, today: Day): Generator<PaymentsRow> {
  const chance = random.next()
  if (chance > 0.007) {
    yield row
  } else if (chance > 0.004) {
    yield { ...row, amount: Math.round(row.due * 0.006) * 100, note: '资金不足，余款下批补足' }
  } else if (chance > 0.001) {
    const bounced = daysAfter(row.date, 9)
    const again = daysAfter(bounced, 24)
    if (bounced > today) return yield row
    yield { ...row, amount: 0, date: bounced, earlier: row.date, status: '退回', note: '账户异常，银行退回' }
    if (again <= today && random.chance(0.85)) yield { ...row, date: again, earlier: bounced, status: '补发' }
  } else {
    yield row
    // Within the same year, so that no village's year ends below zero by a reversal alone.
    const found =
      yearOf(daysAfter(row.date, 18)) === yearOf(row.date) ? daysAfter(row.date, 18) : dayOf(yearOf(row.date), 12, 31)
    if (found > today) return
    yield { ...row, note: '重复' }
    const { quantity, due, amount } = row
    yield {
      ...row,
      quantity: quantity === null ? null : -quantity,
      due: -due,
      amount: -amount,
      date: found,
      status: '冲销',
      note: '冲销重复发放',
    }
  }
}

function* batch(paying: Paying, payees: readonly Payee[], at: number, month: number): Generator<PaymentsRow> {
  const { frame, plan, random } = paying
  const year = frame.year - 2 + at
  // Monthly money comes before the 10th, as its policies say; the rest on some working day of the month.
  const day = plan.rhythm === 'month' ? 5 + (hash32(plan.fund) % 5) : 8 + (hash32(`${plan.fund}${month}`) % 18)
  const date = dayOf(year, month, day)
  if (date > frame.today) return
  const standard = Math.round((plan.standards[at] ?? 0) * 100)
  let serial = 0
  for (const payee of payees) {
    if (plan.rhythm === 'once' && (payee.onceYear !== at || payee.onceMonth !== month)) continue
    for (const row of fates(cleanRow(paying, payee, standard, date, serial + 1), random, frame.today)) {
      serial += 1
      yield { ...row, serial }
    }
  }
}

function* works(paying: Paying, projects: readonly Project[], roster: Roster): Generator<PaymentsRow> {
  const person = roster.village[0]
  if (!person) return
  let serial = 0
  for (const { row, instalments } of projects) {
    for (const { date, amount, part } of row.fund === paying.plan.fund ? instalments : []) {
      const payee = { person, quantity: 1000, onceYear: 0, onceMonth: 0 }
      const made = cleanRow(paying, payee, 0, date, ++serial)
      yield { ...made, standard: null, quantity: null, due: amount, amount, note: `${row.name}${part}` }
    }
  }
}

function* paymentsOfVillage(
  frame: Frame,
  village: Village,
  projects: readonly Project[],
  refOf: PolicyRef,
): Generator<PaymentsRow> {
  const roster = rosterOf(frame, village)
  for (const [order, plan] of FUND_PLANS.entries()) {
    const random = randomOf(frame.seed, `${plan.fund} ${village.code}`)
    const paying = { frame, village, plan, random, refOf, unit: frame.funds[order]?.unit ?? '' }
    if (plan.payee === 'project') {
      yield* works(paying, projects, roster)
      continue
    }
    const payees = payeesOf(paying, roster)
    if (payees.length === 0) continue
    for (let at = plan.first; at <= plan.last; at++) {
      for (const month of monthsOf(plan.rhythm)) yield* batch(paying, payees, at, month)
    }
  }
}

/** All payments, in order of villages, funds and batches. Holds one village's people at a time. */
export function* paymentsOf(
  frame: Frame,
  projects: ReadonlyMap<string, readonly Project[]>,
  refOf: PolicyRef,
): Generator<PaymentsRow> {
  for (const village of frame.villages) {
    yield* paymentsOfVillage(frame, village, projects.get(village.code) ?? [], refOf)
  }
}
