// Writes canonical rows into the books, batch by batch: the one door for files and for the sample.
import { sql } from 'kysely'
import type { PayeeKind } from '../../contract/rows.ts'
import type { Books } from '../database/books.ts'
import { Bulk } from '../database/bulk.ts'
import { countOf } from '../database/query.ts'
import { columnsOf } from '../database/schema.ts'
import { fieldsOf } from '../fields/tables.ts'
import { Roster } from '../people/roster.ts'
import { splitClauses } from '../policies/clauses.ts'
import { workOf } from '../policies/work.ts'
import type { Value } from '../readers/cell.ts'
import type { TableName, Tables } from '../tables.ts'
import type { Row } from './read-row.ts'

const PLACE = ['entry', 'import', 'origin', 'row'] as const

/** Writes rows of one table within a transaction that the caller holds. */
export class RowWriter {
  readonly #books: Books
  readonly #table: TableName
  readonly #importId: number
  readonly #columns: readonly string[]
  readonly #rows: Bulk
  readonly #clauses: Bulk
  readonly #roster: Roster
  readonly #payees: ReadonlyMap<string, PayeeKind>
  readonly #originFunds = new Map<number, Set<string>>()
  #until = ''
  #id: number

  private constructor(
    books: Books,
    table: TableName,
    importId: number,
    known: { roster: Roster; payees: ReadonlyMap<string, PayeeKind>; last: number },
  ) {
    this.#books = books
    this.#table = table
    this.#importId = importId
    this.#columns = columnsOf(table)
    this.#rows = new Bulk(books, table, [...PLACE, ...(table === 'payments' ? ['person'] : []), ...this.#columns])
    this.#clauses = new Bulk(books, 'clauses', ['policy', 'ordinal', 'label', 'chapter', 'text'])
    this.#roster = known.roster
    this.#payees = known.payees
    this.#id = known.last
  }

  static async open(books: Books, table: TableName, importId: number, roster?: Roster): Promise<RowWriter> {
    const payees = await payeesOf(books)
    const last = await countOf(books, sql`SELECT max(entry) FROM ${sql.table(table)}`)
    return new RowWriter(books, table, importId, { roster: roster ?? new Roster(books, importId), payees, last })
  }

  /** `origin` and `row` lead a figure back to its file (P8). Written with its batch, at the latest by `finish`. */
  async write(row: Row, origin: number, rowNumber: number): Promise<void> {
    this.#id += 1
    const values: Value[] = [this.#id, this.#importId, origin, rowNumber]
    if (this.#table === 'payments') {
      await this.#roster.open(text(row, 'village'))
      values.push(this.#personOf(row))
    }
    if (this.#table === 'policies') await this.#writePolicy(row)
    for (const column of this.#columns) values.push(row[column] ?? null)
    this.#rows.add(values)
    this.#note(row, origin)
    if (this.#rows.isFull) await this.#rows.flush()
  }

  /** Writes what waits and what was learnt on the way: people, the last day of the rows, the funds of each file. */
  async finish(): Promise<void> {
    await this.#rows.flush()
    await this.#clauses.flush()
    await this.#roster.flush()
    const pairs = new Bulk(this.#books, 'originFunds', ['origin', 'fund'], 'left out')
    for (const [origin, funds] of this.#originFunds) for (const fund of funds) await pairs.put([origin, fund])
    await pairs.flush()
    this.#originFunds.clear()
    if (this.#until === '') return
    const until = this.#until
    await this.#books
      .updateTable('imports')
      .set({ until })
      .where('id', '=', this.#importId)
      .where((is) => is.or([is('until', 'is', null), is('until', '<', until)]))
      .execute()
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

  async #writePolicy(row: Row): Promise<void> {
    if (row.work === '') row.work = workOf(text(row, 'title'))
    for (const [index, clause] of splitClauses(text(row, 'text')).entries())
      await this.#clauses.put([this.#id, index + 1, clause.label, clause.chapter, clause.text])
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

async function payeesOf(books: Books): Promise<Map<string, PayeeKind>> {
  const rows = await books.selectFrom('funds').select(['code', 'payee']).orderBy('entry').execute()
  return new Map(rows.map(({ code, payee }) => [code, payee]))
}

function text(row: Row, field: string): string {
  const value = row[field]
  return typeof value === 'string' ? value : ''
}
