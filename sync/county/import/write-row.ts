// Writes canonical rows into the database through prepared statements: the one door for files and for the sample.
import type { DatabaseSync, StatementSync } from 'node:sqlite'
import type { PayeeKind } from '../../contract/rows.ts'
import { countOf } from '../database/database.ts'
import { columnsOf } from '../database/schema.ts'
import { fieldsOf } from '../fields/tables.ts'
import { Roster } from '../people/roster.ts'
import { splitClauses } from '../policies/clauses.ts'
import { workOf } from '../policies/work.ts'
import type { Value } from '../readers/cell.ts'
import type { TableName, Tables } from '../tables.ts'
import type { Row } from './read-row.ts'

/** Writes rows of one table within a transaction that the caller holds. */
export class RowWriter {
  readonly #table: TableName
  readonly #importId: number
  readonly #columns: readonly string[]
  readonly #insert: StatementSync
  readonly #clause: StatementSync
  readonly #roster: Roster
  readonly #payees: Map<string, PayeeKind>
  readonly #originFunds = new Map<number, Set<string>>()
  readonly #database: DatabaseSync
  #until = ''
  #id: number

  constructor(database: DatabaseSync, table: TableName, importId: number, roster?: Roster) {
    this.#database = database
    this.#table = table
    this.#importId = importId
    this.#columns = columnsOf(table)
    this.#insert = database.prepare(insertSql(table, this.#columns))
    this.#clause = database.prepare(
      'INSERT INTO clauses (policy, ordinal, label, chapter, text) VALUES (?, ?, ?, ?, ?)',
    )
    this.#roster = roster ?? new Roster(database, importId)
    this.#payees = payeesOf(database)
    this.#id = countOf(database, `SELECT max(entry) FROM "${table}"`)
  }

  /** `origin` and `row` lead a figure back to its file (P8). */
  write(row: Row, origin: number, rowNumber: number): void {
    this.#id += 1
    const person = this.#table === 'payments' ? [this.#personOf(row)] : []
    if (this.#table === 'policies') this.#writePolicy(row)
    const values: Value[] = [this.#id, this.#importId, origin, rowNumber, ...person]
    for (const column of this.#columns) values.push(row[column] ?? null)
    this.#insert.run(...values)
    this.#note(row, origin)
  }

  /** Writes what was learnt on the way: the last day of the rows, and the funds of each file. Call once, at the end. */
  finish(): void {
    const pair = this.#database.prepare('INSERT OR IGNORE INTO originFunds (origin, fund) VALUES (?, ?)')
    for (const [origin, funds] of this.#originFunds) for (const fund of funds) pair.run(origin, fund)
    if (this.#until === '') return
    this.#database
      .prepare("UPDATE imports SET until = max(coalesce(until, ''), ?) WHERE id = ?")
      .run(this.#until, this.#importId)
  }

  #note(row: Row, origin: number): void {
    const date = row.date
    if ((this.#table === 'payments' || this.#table === 'ledger') && typeof date === 'string' && date > this.#until)
      this.#until = date
    if (this.#table !== 'payments') return
    const funds = this.#originFunds.get(origin)
    if (funds === undefined) this.#originFunds.set(origin, new Set([text(row, 'fund')]))
    else funds.add(text(row, 'fund'))
  }

  #personOf(row: Row): number {
    return this.#roster.idOf(text(row, 'village'), {
      name: text(row, 'payee'),
      group: text(row, 'group'),
      kind: this.#payees.get(text(row, 'fund')) ?? '户',
      idNumber: text(row, 'idNumber'),
      household: text(row, 'household'),
      relation: text(row, 'relation'),
    })
  }

  #writePolicy(row: Row): void {
    if (row.work === '') row.work = workOf(text(row, 'title'))
    splitClauses(text(row, 'text')).forEach((clause, index) => {
      this.#clause.run(this.#id, index + 1, clause.label, clause.chapter, clause.text)
    })
  }
}

/** A canonical row of the agreed types (`tables.ts`) as database values: lists as JSON, flags as 0 and 1. */
export function databaseRow<T extends TableName>(table: T, row: Tables[T]): Row {
  const values: Row = {}
  for (const [field] of fieldsOf(table)) values[field] = databaseValue(Reflect.get(row, field))
  return values
}

function databaseValue(value: unknown): Value {
  if (typeof value === 'string' || typeof value === 'number') return value
  if (typeof value === 'boolean') return value ? 1 : 0
  return value === null || value === undefined ? null : JSON.stringify(value)
}

function insertSql(table: TableName, columns: readonly string[]): string {
  const names = ['entry', 'import', 'origin', 'row', ...(table === 'payments' ? ['person'] : []), ...columns]
  return `INSERT INTO "${table}" (${names.map((name) => `"${name}"`).join(', ')}) VALUES (${names.map(() => '?').join(', ')})`
}

function payeesOf(database: DatabaseSync): Map<string, PayeeKind> {
  const payees = new Map<string, PayeeKind>()
  for (const row of database.prepare('SELECT code, payee FROM funds ORDER BY entry').iterate()) {
    const kind = row.payee
    if (kind === '户' || kind === '人' || kind === '主体' || kind === '村') payees.set(String(row.code), kind)
  }
  return payees
}

function text(row: Row, field: string): string {
  const value = row[field]
  return typeof value === 'string' ? value : ''
}
