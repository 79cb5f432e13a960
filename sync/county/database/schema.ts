// The office's tables. The version's history: 1, first written (2026-11); books of its first day are brought up by first-books.ts.
import type { Kysely } from 'kysely'
import { columnType } from '../fields/field.ts'
import { fieldsOf, TABLE_NAMES } from '../fields/tables.ts'
import { IMPORT_SHAPES, type ImportTables } from '../import/tables.ts'
import { ANSWER_SHAPE, type AnswerTables } from '../inbox/answer-table.ts'
import { PICTURE_SHAPE, type PictureTables } from '../pictures/tables.ts'
import type { TableName, Tables } from '../tables.ts'
import { type ColumnType, createTable, type TableShape } from './shapes.ts'

export const SCHEMA_VERSION = 1

/** Flags are kept as 0 and 1, lists and objects as JSON text. */
type Kept<T> = T extends boolean ? number : T extends string | number | null ? T : string
/** Fields not kept as a column: a policy's text lies in `clauses`, clause by clause. */
type KeptElsewhere<T> = T extends 'policies' ? 'text' : never

/** A row of an import table: its place in the table, its import, its file (`origins`) and its row there. */
export type KeptRow<T extends TableName> = { entry: number; import: number; origin: number; row: number } & {
  [F in Exclude<keyof Tables[T], KeptElsewhere<T>>]: Kept<Tables[T][F]>
} & (T extends 'payments' ? { person: number } : unknown)

/** What the office keeps beside the rows themselves. */
interface OfficeTables {
  /** What was taken. `published` is the number of the first release that holds it; times are ISO 8601. */
  imports: {
    id: number
    table: string
    file: string
    sha256: string
    encoding: string
    accepted: number
    refused: number
    duplicates: number
    at: string
    by: string
    sample: number
    refusedFile: string | null
    until: string | null
    undone: string | null
    published: number | null
  }
  origins: {
    id: number
    import: number
    table: string
    file: string
    importedBy: string
    importedOn: string
    approvedBy: string
    approvedOn: string | null
    sample: number
  }
  /** Funds whose payments a file brought: tells which files the public rows come from without reading every row. */
  originFunds: { origin: number; fund: string }
  clauses: { policy: number; ordinal: number; label: string; chapter: string; text: string }
  /** Everyone the office knows in a village. `number` is the published registry number: appended, never reused. */
  roster: {
    village: string
    id: number
    import: number
    name: string
    group: string
    kind: string
    idNumber: string
    household: string
    relation: string
    number: number | null
    publishedName: string | null
  }
  pictures: {
    hash: string
    import: number
    caption: string
    bytes: Uint8Array
    lookedBy: string
    lookedOn: string | null
  }
  releases: {
    number: number
    root: string
    signedAt: string
    dataUntil: string
    sample: number
    by: string
    record: string
    figures: string
  }
  approvedPhones: { phone: string; import: number }
  /** What earlier releases have shown of masked funds, so that no difference of two releases undoes the mask. */
  maskDecisions: { fund: string; year: number; village: string; state: string; release: number }
  maskGroups: { fund: string; year: number; townships: string; release: number }
  maskSurnames: { village: string; surnames: string; release: number }
  maskPublished: {
    village: string
    fund: string
    month: string
    amount: number
    status: string
    surname: string
    first: number
  }
}
export type BooksTables = { [T in TableName]: KeptRow<T> } & OfficeTables & ImportTables & PictureTables & AnswerTables

/** Columns of an import table that hold its fields, in order. */
export function columnsOf(table: TableName): readonly string[] {
  return fieldsOf(table)
    .map(([name]) => name)
    .filter((name) => `${table}.${name}` !== 'policies.text')
}

/** Makes every table that is missing: an office of an earlier day gets those that came since. */
export async function createBooksTables<T>(books: Kysely<T>): Promise<void> {
  const shapes = [...TABLE_NAMES.map(importShape), ...OFFICE_SHAPES, ...IMPORT_SHAPES, PICTURE_SHAPE, ANSWER_SHAPE]
  for (const shape of shapes) await createTable(books, shape)
}

/** Payments and ledger lie in the order of their villages, so that publication reads a village in one stroke. */
function importShape(table: TableName): TableShape {
  const types = new Map(fieldsOf(table).map(([name, field]) => [name, columnType(field.type)]))
  const kind = (name: string): ColumnType => (types.get(name) === 'INTEGER' ? 'long?' : 'text?')
  const fields = Object.fromEntries(columnsOf(table).map((name) => [name, kind(name)]))
  const person = table === 'payments' ? { person: 'integer' as const } : {}
  const place = { entry: 'integer', import: 'integer', origin: 'integer', row: 'integer' } as const
  const columns = { ...place, ...person, ...fields }
  const byVillage = table === 'payments' || table === 'ledger'
  return byVillage
    ? { name: table, columns, key: ['village', 'entry'], clustered: true }
    : { name: table, columns, key: ['entry'] }
}

const OFFICE_SHAPES: readonly TableShape[] = [
  {
    name: 'imports',
    columns: {
      id: 'integer',
      table: 'text',
      file: 'text',
      sha256: 'text',
      encoding: 'text',
      accepted: 'integer',
      refused: 'integer',
      duplicates: 'integer',
      at: 'text',
      by: 'text',
      sample: 'integer',
      refusedFile: 'text?',
      until: 'text?',
      undone: 'text?',
      published: 'integer?',
    },
    key: ['id'],
  },
  {
    name: 'origins',
    columns: {
      id: 'integer',
      import: 'integer',
      table: 'text',
      file: 'text',
      importedBy: 'text',
      importedOn: 'text',
      approvedBy: 'text',
      approvedOn: 'text?',
      sample: 'integer',
    },
    key: ['id'],
  },
  {
    name: 'originFunds',
    columns: { origin: 'integer', fund: 'text' },
    key: ['origin', 'fund'],
    clustered: true,
  },
  {
    name: 'clauses',
    columns: { policy: 'integer', ordinal: 'integer', label: 'text', chapter: 'text', text: 'text' },
    key: ['policy', 'ordinal'],
    clustered: true,
  },
  {
    name: 'roster',
    columns: {
      village: 'text',
      id: 'integer',
      import: 'integer',
      name: 'text',
      group: 'text',
      kind: 'text',
      idNumber: 'text',
      household: 'text',
      relation: 'text',
      number: 'integer?',
      publishedName: 'text?',
    },
    key: ['village', 'id'],
    clustered: true,
  },
  {
    name: 'pictures',
    columns: { hash: 'text', import: 'integer', caption: 'text', bytes: 'bytes', lookedBy: 'text', lookedOn: 'text?' },
    key: ['hash'],
  },
  {
    name: 'releases',
    columns: {
      number: 'integer',
      root: 'text',
      signedAt: 'text',
      dataUntil: 'text',
      sample: 'integer',
      by: 'text',
      record: 'text',
      figures: 'text',
    },
    key: ['number'],
  },
  { name: 'approvedPhones', columns: { phone: 'text', import: 'integer' }, key: ['phone'] },
  {
    name: 'maskDecisions',
    columns: { fund: 'text', year: 'integer', village: 'text', state: 'text', release: 'integer' },
    key: ['fund', 'year', 'village'],
    clustered: true,
  },
  {
    name: 'maskGroups',
    columns: { fund: 'text', year: 'integer', townships: 'text', release: 'integer' },
    key: ['fund', 'year', 'townships'],
    clustered: true,
  },
  {
    name: 'maskSurnames',
    columns: { village: 'text', surnames: 'text', release: 'integer' },
    key: ['village'],
    clustered: true,
  },
  {
    name: 'maskPublished',
    columns: {
      village: 'text',
      fund: 'text',
      month: 'text',
      amount: 'long',
      status: 'text',
      surname: 'text',
      first: 'integer',
    },
    key: ['village', 'fund', 'month', 'amount', 'status', 'surname'],
    clustered: true,
  },
]
