// Shapes of the books' tables, made on either engine by Kysely's schema builder.
import { type CreateTableBuilder, type Kysely, PostgresAdapter, sql } from 'kysely'

/** '?' where nothing may stand. `long` holds fen, thousandths and other whole numbers above 32 bits; `counter` counts by itself. */
export type ColumnType = 'text' | 'text?' | 'integer' | 'integer?' | 'long' | 'long?' | 'bytes' | 'counter'

export interface TableShape {
  name: string
  columns: Readonly<Record<string, ColumnType>>
  key: readonly string[]
  /** Lies in the order of its key (SQLite's WITHOUT ROWID); PostgreSQL has the key's index. */
  clustered?: true
}

export function isPostgres<T>(books: Kysely<T>): boolean {
  return books.getExecutor().adapter instanceof PostgresAdapter
}

/** Makes the table where it is missing. */
export async function createTable<T>(books: Kysely<T>, shape: TableShape): Promise<void> {
  const postgres = isPostgres(books)
  let table: CreateTableBuilder<string, string> = books.schema.createTable(shape.name).ifNotExists()
  for (const [name, type] of Object.entries(shape.columns)) table = addColumn(table, name, type, postgres)
  const counted = shape.key.some((name) => shape.columns[name] === 'counter')
  if (!counted) table = table.addPrimaryKeyConstraint(`${shape.name}_key`, [...shape.key])
  if (shape.clustered && !postgres) table = table.modifyEnd(sql`without rowid`)
  await table.execute()
}

function addColumn(
  table: CreateTableBuilder<string, string>,
  name: string,
  type: ColumnType,
  postgres: boolean,
): CreateTableBuilder<string, string> {
  const bare = type.replace('?', '')
  if (bare === 'counter')
    return postgres
      ? table.addColumn(name, 'serial', (column) => column.primaryKey())
      : table.addColumn(name, 'integer', (column) => column.primaryKey().autoIncrement())
  const kept = bare === 'text' ? textType(postgres) : typeOf(bare, postgres)
  return table.addColumn(name, kept, (column) => (type.endsWith('?') ? column : column.notNull()))
}

/** By bytes, as SQLite sorts: releases are byte-equal whatever language PostgreSQL's database sorts by. */
function textType(postgres: boolean) {
  return postgres ? sql`text collate "C"` : ('text' as const)
}

function typeOf(bare: string, postgres: boolean): 'bigint' | 'bytea' | 'blob' | 'integer' {
  if (bare === 'long') return 'bigint'
  if (bare === 'bytes') return postgres ? 'bytea' : 'blob'
  return 'integer'
}
