// The office's tables in SQLite. The version's history: 1, first written (2026-11).
import { columnType } from '../fields/field.ts'
import { fieldsOf, TABLE_NAMES } from '../fields/tables.ts'
import type { TableName } from '../tables.ts'

export const SCHEMA_VERSION = 1

/** Fields not kept as a column: a policy's text lies in `clauses`, clause by clause. */
const KEPT_ELSEWHERE: readonly string[] = ['policies.text']

/** Columns of an import table that hold its fields, in order. */
export function columnsOf(table: TableName): readonly string[] {
  return fieldsOf(table)
    .map(([name]) => name)
    .filter((name) => !KEPT_ELSEWHERE.includes(`${table}.${name}`))
}

/** Payments and ledger lie in the order of their villages, so that publication reads a village in one stroke. */
export function isByVillage(table: TableName): boolean {
  return table === 'payments' || table === 'ledger'
}

export function schemaStatements(): string[] {
  return [...TABLE_NAMES.map(importTable), ...OFFICE_TABLES]
}

function importTable(table: TableName): string {
  const types = new Map(fieldsOf(table).map(([name, field]) => [name, columnType(field.type)]))
  const fields = columnsOf(table).map((name) => `"${name}" ${types.get(name) ?? 'TEXT'}`)
  const person = table === 'payments' ? ['"person" INTEGER NOT NULL'] : []
  const key = isByVillage(table) ? ['PRIMARY KEY ("village", "entry")'] : []
  const id = isByVillage(table) ? '"entry" INTEGER NOT NULL' : '"entry" INTEGER PRIMARY KEY'
  const columns = [id, '"import" INTEGER NOT NULL', '"origin" INTEGER NOT NULL', '"row" INTEGER NOT NULL']
  const tail = isByVillage(table) ? ' WITHOUT ROWID' : ''
  return `CREATE TABLE "${table}" (${[...columns, ...person, ...fields, ...key].join(', ')})${tail}`
}

const OFFICE_TABLES: readonly string[] = [
  // What was taken. `published` is the number of the first release that holds it.
  `CREATE TABLE imports (id INTEGER PRIMARY KEY, "table" TEXT NOT NULL, file TEXT NOT NULL, sha256 TEXT NOT NULL,
    encoding TEXT NOT NULL, accepted INTEGER NOT NULL, refused INTEGER NOT NULL, duplicates INTEGER NOT NULL,
    at TEXT NOT NULL, by TEXT NOT NULL, sample INTEGER NOT NULL, refusedFile TEXT, until TEXT, undone TEXT, published INTEGER)`,
  `CREATE TABLE origins (id INTEGER PRIMARY KEY, import INTEGER NOT NULL, "table" TEXT NOT NULL, file TEXT NOT NULL,
    importedBy TEXT NOT NULL, importedOn TEXT NOT NULL, approvedBy TEXT NOT NULL, approvedOn TEXT, sample INTEGER NOT NULL)`,
  // Funds whose payments a file brought: tells which files the public rows come from without reading every row.
  `CREATE TABLE originFunds (origin INTEGER NOT NULL, fund TEXT NOT NULL, PRIMARY KEY (origin, fund)) WITHOUT ROWID`,
  `CREATE TABLE clauses (policy INTEGER NOT NULL, ordinal INTEGER NOT NULL, label TEXT NOT NULL, chapter TEXT NOT NULL,
    text TEXT NOT NULL, PRIMARY KEY (policy, ordinal)) WITHOUT ROWID`,
  // Everyone the office knows in a village. \`number\` is the published registry number: appended, never reused.
  `CREATE TABLE roster (village TEXT NOT NULL, id INTEGER NOT NULL, import INTEGER NOT NULL, name TEXT NOT NULL,
    "group" TEXT NOT NULL, kind TEXT NOT NULL, idNumber TEXT NOT NULL, household TEXT NOT NULL, relation TEXT NOT NULL,
    number INTEGER, publishedName TEXT, PRIMARY KEY (village, id)) WITHOUT ROWID`,
  `CREATE TABLE pictures (hash TEXT PRIMARY KEY, import INTEGER NOT NULL, caption TEXT NOT NULL, bytes BLOB NOT NULL,
    lookedBy TEXT NOT NULL, lookedOn TEXT)`,
  `CREATE TABLE releases (number INTEGER PRIMARY KEY, root TEXT NOT NULL, signedAt TEXT NOT NULL, dataUntil TEXT NOT NULL,
    sample INTEGER NOT NULL, by TEXT NOT NULL, record TEXT NOT NULL, figures TEXT NOT NULL)`,
  `CREATE TABLE approvedPhones (phone TEXT PRIMARY KEY, import INTEGER NOT NULL)`,
  // What earlier releases have shown of masked funds, so that no difference of two releases undoes the mask.
  `CREATE TABLE maskDecisions (fund TEXT NOT NULL, year INTEGER NOT NULL, village TEXT NOT NULL, state TEXT NOT NULL,
    release INTEGER NOT NULL, PRIMARY KEY (fund, year, village)) WITHOUT ROWID`,
  `CREATE TABLE maskGroups (fund TEXT NOT NULL, year INTEGER NOT NULL, townships TEXT NOT NULL, release INTEGER NOT NULL,
    PRIMARY KEY (fund, year, townships)) WITHOUT ROWID`,
  `CREATE TABLE maskSurnames (village TEXT PRIMARY KEY, surnames TEXT NOT NULL, release INTEGER NOT NULL) WITHOUT ROWID`,
  `CREATE TABLE maskPublished (village TEXT NOT NULL, fund TEXT NOT NULL, month TEXT NOT NULL, amount INTEGER NOT NULL,
    status TEXT NOT NULL, surname TEXT NOT NULL, first INTEGER NOT NULL,
    PRIMARY KEY (village, fund, month, amount, status, surname)) WITHOUT ROWID`,
]
