// Tables of checks in the service database: what the rules found, and what was said about it.
import type { Kysely } from 'kysely'

export interface CheckTables {
  /** What rules found. A justified one stays when its row goes: the word holds when the same row comes again. */
  findings: {
    /** Fingerprint (`fingerprint.ts`): the same fault in the same rows has the same. */
    id: string
    rule: string
    level: string
    table: string
    import: number
    file: string
    row: number
    place: string
    placeName: string
    value: string
    wanted: string
    /** 1 where the last run found it, else 0. */
    open: number
    firstAt: string
    words: string
    justifiedBy: string
    justifiedName: string
    justifiedAt: string
  }
  /** How many rows each rule hit at the last run, and how many of these are kept singly. */
  ruleRuns: { rule: string; errors: number; warnings: number; keptErrors: number; keptWarnings: number; ms: number }
}

const TEXTS = [
  'rule',
  'level',
  'table',
  'file',
  'place',
  'placeName',
  'value',
  'wanted',
  'firstAt',
  'words',
  'justifiedBy',
  'justifiedName',
  'justifiedAt',
] as const

// biome-ignore lint/suspicious/noExplicitAny: Kysely's own type for a schema that isn't there yet
export async function createCheckTables(service: Kysely<any>): Promise<void> {
  let findings = service.schema.createTable('findings').addColumn('id', 'text', (column) => column.primaryKey())
  for (const name of TEXTS) findings = findings.addColumn(name, 'text', (column) => column.notNull())
  for (const name of ['import', 'row', 'open'])
    findings = findings.addColumn(name, 'bigint', (column) => column.notNull())
  await findings.execute()
  let runs = service.schema.createTable('ruleRuns').addColumn('rule', 'text', (column) => column.primaryKey())
  for (const name of ['errors', 'warnings', 'keptErrors', 'keptWarnings', 'ms'])
    runs = runs.addColumn(name, 'bigint', (column) => column.notNull())
  await runs.execute()
}
