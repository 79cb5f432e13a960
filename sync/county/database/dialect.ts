// The two engines under Kysely: SQLite in a file of the office (node:sqlite) by default, PostgreSQL by a connection string.
import { DatabaseSync, type SQLInputValue } from 'node:sqlite'
import {
  CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  PostgresDialect,
  SqliteAdapter,
  SqliteDialect,
  type SqliteDialectConfig,
  SqliteDriver,
  type TransactionSettings,
} from 'kysely'

/** Prepared statements that are kept: more than any walk of the books takes in turn. */
const STATEMENTS = 200

export function isPostgresAddress(target: string): boolean {
  return /^postgres(ql)?:\/\//.test(target)
}

/** Without the password, for messages. */
export function shownTarget(target: string): string {
  return target.replace(/:[^:@/]*@/, ':…@')
}

/** `schema` is where the tables lie; null for the address's own search path. */
export async function postgresDialect(address: string, schema: string | null = null): Promise<Dialect> {
  const { default: pg } = await import('pg')
  // Whole numbers of 64 bits, and sums of them, come as text otherwise; ours are far below 2^53 (fen, ms, counts).
  pg.types.setTypeParser(pg.types.builtins.INT8, Number)
  pg.types.setTypeParser(pg.types.builtins.NUMERIC, Number)
  const pool = new pg.Pool({ connectionString: address, max: 8 })
  // A server that restarts ends idle connections: the next query opens a new one, or says what is wrong.
  pool.on('error', () => undefined)
  if (schema === null) return new PostgresDialect({ pool })
  const onCreateConnection = async (connection: DatabaseConnection): Promise<void> => {
    await connection.executeQuery(CompiledQuery.raw(`set search_path to ${schema}`))
  }
  return new PostgresDialect({ pool, onCreateConnection })
}

/** WAL: reading goes on while something writes, and a kill leaves nothing half. `more` are further PRAGMAs. */
export function sqliteDialect(file: string, more: readonly string[] = []): Dialect {
  const database = new DatabaseSync(file)
  database.exec(
    'PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA busy_timeout = 5000',
  )
  for (const pragma of more) database.exec(`PRAGMA ${pragma}`)
  return new NodeSqliteDialect({ database: sqliteFor(database) })
}

class NodeSqliteDialect extends SqliteDialect {
  readonly #config: SqliteDialectConfig

  constructor(config: SqliteDialectConfig) {
    super(config)
    this.#config = config
  }

  override createAdapter(): SqliteAdapter {
    return new TransactionalAdapter()
  }

  override createDriver(): Driver {
    return new NodeSqliteDriver(this.#config)
  }
}

/** SQLite takes changed tables back as it takes back rows, though Kysely doesn't ask it to. */
class TransactionalAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true
  }
}

class NodeSqliteDriver extends SqliteDriver {
  /** Whoever will write waits for the lock at the start: taken later, it fails where another has written meanwhile. */
  override async beginTransaction(connection: DatabaseConnection, settings?: TransactionSettings): Promise<void> {
    const mode = settings?.accessMode === 'read only' ? 'deferred' : 'immediate'
    await connection.executeQuery(CompiledQuery.raw(`begin ${mode}`))
  }
}

type KyselyDatabase = Extract<SqliteDialectConfig['database'], { prepare: unknown }>
type KyselyStatement = ReturnType<KyselyDatabase['prepare']>

/** node:sqlite in the shape that Kysely asks for. Statements are kept: preparing a batch's takes longer than running it. */
function sqliteFor(database: DatabaseSync): KyselyDatabase {
  const kept = new Map<string, KyselyStatement>()
  return {
    close: () => database.close(),
    prepare(sql) {
      const known = kept.get(sql)
      if (known !== undefined) return known
      const made = statementFor(database, sql)
      kept.set(sql, made)
      const [oldest] = kept.keys()
      if (kept.size > STATEMENTS && oldest !== undefined) kept.delete(oldest)
      return made
    },
  }
}

function statementFor(database: DatabaseSync, sql: string): KyselyStatement {
  const statement = database.prepare(sql)
  const values = (given: readonly unknown[]): SQLInputValue[] => given.map(inputOf)
  return {
    reader: statement.columns().length > 0,
    all: (given) => statement.all(...values(given)),
    run: (given) => statement.run(...values(given)),
    // Reading goes on while the same query may be asked again: each has a statement of its own.
    iterate: (given) => database.prepare(sql).iterate(...values(given)) as IterableIterator<unknown>,
  }
}

/** SQLite has no truth values: they are 0 and 1 in every table. */
function inputOf(value: unknown): SQLInputValue {
  if (typeof value === 'boolean') return value ? 1 : 0
  return value as SQLInputValue
}
