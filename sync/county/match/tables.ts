// Tables of data matching. They lie in the service database and no publication code reads that: a register can't be
// published by construction (a test holds it).
import type { Kysely } from 'kysely'

export interface MatchTables {
  /** One import of a register; the newest of each counts, and of older ones no row is kept. */
  matchImports: {
    id: number
    register: string
    file: string
    sha256: string
    rows: number
    refused: number
    at: string
    by: string
    current: number
  }
  matchRows: {
    import: number
    row: number
    name: string
    /** 18 digits where the file had 15; '' where it had none. */
    idNumber: string
    /** 12 digits, 9 for a township alone, '' for none. */
    village: string
    group: string
    relation: string
    /** 'YYYY-MM-DD' or ''. */
    from: string
    until: string
    /** The other columns, JSON by heading. */
    detail: string
  }
  matchRules: { id: string; body: string; at: string; by: string }
  matchRuns: {
    id: number
    at: string
    by: string
    payments: number
    registerRows: number
    hits: number
    fresh: number
    ms: number
    finished: number
  }
  /** One person of a register who got money from one fund where a rule says that it deserves a look. */
  matchSuspects: {
    id: number
    run: number
    lastRun: number
    /** What further payments are added by while nobody has decided. */
    same: string
    rule: string
    register: string
    village: string
    fund: string
    name: string
    score: number
    why: string
    registerRow: string
    payments: number
    amount: number
    firstDay: string
    lastDay: string
    state: string
    decidedBy: string
    decidedAt: string
    words: string
  }
  /** Payments that were listed once: never again, whatever was decided. */
  matchHits: { fingerprint: string; suspect: number; payment: string }
}

// biome-ignore lint/suspicious/noExplicitAny: Kysely's own type for a schema that isn't there yet
export async function createMatchTables(service: Kysely<any>): Promise<void> {
  const { schema } = service
  await schema
    .createTable('matchImports')
    .addColumn('id', 'integer', (column) => column.primaryKey())
    .addColumn('register', 'text', (column) => column.notNull())
    .addColumn('file', 'text', (column) => column.notNull())
    .addColumn('sha256', 'text', (column) => column.notNull())
    .addColumn('rows', 'integer', (column) => column.notNull())
    .addColumn('refused', 'integer', (column) => column.notNull())
    .addColumn('at', 'text', (column) => column.notNull())
    .addColumn('by', 'text', (column) => column.notNull())
    .addColumn('current', 'integer', (column) => column.notNull())
    .execute()
  let rows = schema
    .createTable('matchRows')
    .addColumn('import', 'integer', (column) => column.notNull())
    .addColumn('row', 'integer', (column) => column.notNull())
  for (const name of ['name', 'idNumber', 'village', 'group', 'relation', 'from', 'until', 'detail'])
    rows = rows.addColumn(name, 'text', (column) => column.notNull())
  await rows.addPrimaryKeyConstraint('matchRows_key', ['import', 'row']).execute()
  await schema
    .createTable('matchRules')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('body', 'text', (column) => column.notNull())
    .addColumn('at', 'text', (column) => column.notNull())
    .addColumn('by', 'text', (column) => column.notNull())
    .execute()
  await createResultTables(service)
}

// biome-ignore lint/suspicious/noExplicitAny: Kysely's own type for a schema that isn't there yet
async function createResultTables({ schema }: Kysely<any>): Promise<void> {
  let runs = schema
    .createTable('matchRuns')
    .addColumn('id', 'integer', (column) => column.primaryKey())
    .addColumn('at', 'text', (column) => column.notNull())
    .addColumn('by', 'text', (column) => column.notNull())
  for (const name of ['payments', 'registerRows', 'hits', 'fresh', 'ms', 'finished'])
    runs = runs.addColumn(name, 'integer', (column) => column.notNull())
  await runs.execute()
  let suspects = schema
    .createTable('matchSuspects')
    .addColumn('id', 'integer', (column) => column.primaryKey())
    .addColumn('run', 'integer', (column) => column.notNull())
    .addColumn('lastRun', 'integer', (column) => column.notNull())
    .addColumn('score', 'integer', (column) => column.notNull())
    .addColumn('payments', 'integer', (column) => column.notNull())
    .addColumn('amount', 'bigint', (column) => column.notNull())
  for (const name of [
    'same',
    'rule',
    'register',
    'village',
    'fund',
    'name',
    'why',
    'registerRow',
    'firstDay',
    'lastDay',
  ])
    suspects = suspects.addColumn(name, 'text', (column) => column.notNull())
  for (const name of ['state', 'decidedBy', 'decidedAt', 'words'])
    suspects = suspects.addColumn(name, 'text', (column) => column.notNull())
  await suspects.execute()
  await schema.createIndex('matchSuspects_same').on('matchSuspects').column('same').execute()
  await schema
    .createTable('matchHits')
    .addColumn('fingerprint', 'text', (column) => column.primaryKey())
    .addColumn('suspect', 'integer', (column) => column.notNull())
    .addColumn('payment', 'text', (column) => column.notNull())
    .execute()
  await schema.createIndex('matchHits_suspect').on('matchHits').column('suspect').execute()
}
