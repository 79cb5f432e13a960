// Rows that go in by the hundred: one statement for each batch, compiled once for all of them.
import { type CompiledQuery, sql } from 'kysely'
import type { Books } from './books.ts'
import type { BooksTables } from './schema.ts'

export type Cell = string | number | null | Uint8Array

/** Values in one statement: SQLite takes 32,766, PostgreSQL 65,535; more than some thousands make nothing faster. */
const VALUES = 6_000

/** Gathers rows of one table. The caller holds the transaction, and flushes at the end. */
export class Bulk {
  readonly #books: Books
  readonly #table: keyof BooksTables
  readonly #columns: readonly string[]
  readonly #repeats: 'refused' | 'left out'
  readonly #most: number
  #batch: CompiledQuery | null = null
  #values: Cell[] = []
  #rows = 0

  /** `repeats` says what becomes of a row whose key is there already. */
  constructor(
    books: Books,
    table: keyof BooksTables,
    columns: readonly string[],
    repeats: 'refused' | 'left out' = 'refused',
  ) {
    this.#books = books
    this.#table = table
    this.#columns = columns
    this.#repeats = repeats
    this.#most = Math.max(1, Math.floor(VALUES / columns.length))
  }

  /** True when a batch is together: flush before the next row. */
  get isFull(): boolean {
    return this.#rows >= this.#most
  }

  /** One value for each column, in their order. */
  add(values: readonly Cell[]): void {
    for (const value of values) this.#values.push(value)
    this.#rows += 1
  }

  async put(values: readonly Cell[]): Promise<void> {
    this.add(values)
    if (this.isFull) await this.flush()
  }

  async flush(): Promise<void> {
    if (this.#rows === 0) return
    const whole = this.#rows === this.#most
    const compiled = (whole ? this.#batch : null) ?? this.#compile(this.#rows)
    if (whole) this.#batch = compiled
    const parameters = this.#values
    this.#values = []
    this.#rows = 0
    await this.#books.executeQuery({ ...compiled, parameters })
  }

  #compile(rows: number): CompiledQuery {
    const row = sql`(${sql.join(this.#columns.map(() => sql`${0}`))})`
    const names = sql.join(this.#columns.map((name) => sql.ref(name)))
    const repeats = this.#repeats === 'refused' ? sql`` : sql` on conflict do nothing`
    const values = sql.join(Array.from({ length: rows }, () => row))
    return sql`insert into ${sql.table(this.#table)} (${names}) values ${values}${repeats}`.compile(this.#books)
  }
}
