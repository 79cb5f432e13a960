// What one row's fields must be together: names become codes, what follows from the rest is filled in, and what would be
// lost or stop a publication later is refused here, with its row.
import { type Reason, reasonOf } from '../../contract/console/reasons.ts'
import type { Kind } from '../../contract/rows.ts'
import { COUNTY } from '../../contract/tree.ts'
import { columnsOf } from '../../core/schema.ts'
import type { Gazetteer } from '../people/gazetteer.ts'
import type { Value } from '../readers/cell.ts'
import { plain, read } from '../readers/reading.ts'
import { localDay } from '../release/today.ts'
import type { TableName } from '../tables.ts'
import type { Row } from './read-row.ts'

/** Import tables with lists inside a cell, and the kind of block whose schema says what those must look like. */
const LISTS_OF: Readonly<Partial<Record<TableName, Kind>>> = { projects: 'projects', policies: 'documents' }
const CODE_LENGTH = { township: 9, village: 12 } as const

export class Settler {
  readonly #table: TableName
  readonly #gazetteer: Gazetteer
  /** A payment or an entry of a later day has a mistyped year: money is announced a year ahead at most. */
  readonly #latest: string
  readonly #lists: readonly (readonly [string, { safeParse(value: unknown): { success: boolean } }])[]

  readonly #within: string

  /** `within` is the code of the township whose rows alone are taken; null for the whole county. */
  constructor(table: TableName, gazetteer: Gazetteer, now: Date, within: string | null = null) {
    this.#table = table
    this.#within = within ?? ''
    this.#gazetteer = gazetteer
    this.#latest = `${Number(localDay(now).slice(0, 4)) + 1}-12-31`
    const kind = LISTS_OF[table]
    const columns = kind === undefined ? [] : columnsOf(kind)
    this.#lists = columns.flatMap(([name, { shape }]) => (shape === undefined ? [] : [[name, shape] as const]))
  }

  /** The row with its names resolved, or why it is refused. `township` tells villages of one name apart. */
  settle(row: Row, township: string): { ok: true; value: Row } | Refusal {
    return this.#names(row, township) ?? this.#shapes(row) ?? this.#rules(row) ?? { ok: true, value: row }
  }

  #names(row: Row, township: string): Refusal | null {
    const gazetteer = this.#gazetteer
    if (typeof row.village === 'string') {
      // A project may be a whole township's.
      const word = plain(row.village)
      const whole = this.#table === 'projects' && gazetteer.place(word)?.level === 'township'
      const village = whole ? read(word) : gazetteer.villageOf(word, plain(township))
      if (!village.ok) return wrong('village', village.reason)
      if (!village.value.startsWith(this.#within))
        return wrong('village', reasonOf('foreign-village', { own: this.#within, got: village.value }))
      row.village = village.value
    }
    if (typeof row.fund === 'string') {
      const fund = gazetteer.fundOf(plain(row.fund))
      if (!fund.ok) return wrong('fund', fund.reason)
      row.fund = fund.value
    }
    if (this.#table !== 'allocations') return null
    for (const end of ['from', 'to'] as const) {
      const body = gazetteer.bodyOf(textOf(row[end]))
      if (!body.ok) return wrong(end, body.reason)
      row[end] = body.value
    }
    return null
  }

  #shapes(row: Row): Refusal | null {
    for (const [field, shape] of this.#lists) {
      const cell = row[field]
      if (typeof cell === 'string' && !shape.safeParse(JSON.parse(cell)).success)
        return wrong(field, reasonOf('list-shape'))
    }
    if ((this.#table === 'allocations' || this.#table === 'projects') && !isYear(numberOf(row.year)))
      return wrong('year', reasonOf('year', { got: numberOf(row.year) }))
    return null
  }

  #rules(row: Row): Refusal | null {
    if ((this.#table === 'payments' || this.#table === 'ledger') && textOf(row.date) > this.#latest)
      return wrong('date', reasonOf('day-late', { latest: this.#latest, got: textOf(row.date) }))
    switch (this.#table) {
      case 'payments':
        return settlePayment(row)
      case 'places':
        return this.#place(row)
      case 'funds':
        // Codes are joined with years and months into keys.
        return /\s/.test(textOf(row.code)) ? wrong('code', reasonOf('code-spaces', { got: textOf(row.code) })) : null
      case 'policies':
        return this.#policy(row)
      case 'notices':
        if (row.place === '') row.place = COUNTY
        if (!textOf(row.place).startsWith(this.#within))
          return wrong('place', reasonOf('foreign-place', { own: this.#within, got: textOf(row.place) }))
        if (this.#gazetteer.place(textOf(row.place)) !== undefined) return null
        return wrong('place', reasonOf('place', { got: textOf(row.place) }))
      case 'contracts':
        if (row.owed === 0) row.owed = Math.max(0, numberOf(row.due) - numberOf(row.received))
        return null
      default:
        return null
    }
  }

  /** A place whose township isn't there would never be shown, and what is paid there neither. */
  #place(row: Row): Refusal | null {
    const { code, parent, level } = { code: textOf(row.code), parent: textOf(row.parent), level: row.level }
    if (level !== 'township' && level !== 'village') return wrong('level', reasonOf('county-itself'))
    if (code.length !== CODE_LENGTH[level] || !/^\d+$/.test(code) || !code.startsWith(parent))
      return wrong('code', reasonOf('place-code', { digits: CODE_LENGTH[level], got: code, parent }))
    const above = level === 'township' ? 'county' : 'township'
    if (this.#gazetteer.place(parent)?.level !== above)
      return wrong('parent', reasonOf(`parent-${above}`, { got: parent }))
    this.#gazetteer.learn({ code, name: textOf(row.name), level, parent })
    return null
  }

  #policy(row: Row): Refusal | null {
    const marks: unknown = JSON.parse(textOf(row.marks) || '{}')
    const given: unknown = JSON.parse(textOf(row.funds) || '[]')
    const lists = isObject(marks) ? Object.values(marks) : [null]
    if (!lists.every(isTexts)) return wrong('marks', reasonOf('marks'))
    for (const fund of [given, ...lists].flat()) {
      const found = this.#gazetteer.fundOf(typeof fund === 'string' ? fund : JSON.stringify(fund))
      if (!found.ok) return wrong('funds', found.reason)
    }
    return null
  }
}

/** Why a row is refused, and the field whose cell is to be mended. */
export interface Refusal {
  ok: false
  reason: Reason
  field: string
}

function wrong(field: string, reason: Reason): Refusal {
  return { ok: false, reason, field }
}

/** A negative amount is a reversal; what is due is the amount where the file doesn't say; a head is no one's member. */
function settlePayment(row: Row): Refusal | null {
  const amount = numberOf(row.amount)
  if (amount < 0 && row.status === '已发') row.status = '冲销'
  if (row.due === 0) row.due = amount
  if (row.household === row.payee) row.household = ''
  // Added up as it stands it would count twice what it should take away.
  if (row.status === '冲销' && amount > 0) return wrong('amount', reasonOf('reversal'))
  return null
}

function isYear(year: number): boolean {
  return year >= 1949 && year <= 2200
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((text) => typeof text === 'string')
}

function numberOf(value: Value | undefined): number {
  return typeof value === 'number' ? value : 0
}

function textOf(value: Value | undefined): string {
  return typeof value === 'string' ? value : ''
}
