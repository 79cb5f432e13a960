// status and verify: what the office holds and has published, and whether a terminal would take it.
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { type RawBuilder, sql } from 'kysely'
import { SunhallError } from '../../contract/errors.ts'
import { countOf } from '../database/query.ts'
import { TABLE_NAMES, TABLES } from '../fields/tables.ts'
import { hasKeys, readRing } from '../keys/keys.ts'
import { ROOT_FILE } from '../keys/root.ts'
import { storesBehind } from '../push/known-stores.ts'
import { publishedRelease } from '../release/published.ts'
import { runVerifier } from '../release/verify-child.ts'
import type { TableName } from '../tables.ts'
import { textOption, type Verb } from './verb.ts'

export const statusVerb: Verb = {
  name: 'status',
  usage: 'status',
  summary: 'says what the office holds, what is published, and what waits',
  example: 'county status',
  options: {},
  positionals: { min: 0, max: 0 },
  async run({ office, say }) {
    const books = await office.books()
    const rows: Partial<Record<TableName, number>> = {}
    for (const table of TABLE_NAMES)
      rows[table] = await countOf(books, sql`SELECT count(*) FROM ${rowsThatCount(table)}`)
    const published = publishedRelease(office.dist)
    const waiting = await countOf(
      books,
      sql`SELECT count(*) FROM imports WHERE published IS NULL AND undone IS NULL AND id > 0`,
    )
    const keys = hasKeys(office.keys) ? (readRing(office.keys).sample ? 'sample' : 'own') : 'none'
    const release =
      published === null
        ? null
        : {
            number: published.record.number,
            root: published.record.root,
            signedAt: published.record.signedAt,
            dataUntil: published.record.dataUntil,
            timestampExpires: published.timestampExpires,
          }
    say(`Office in ${resolve(office.folder)}; keys: ${keys}`)
    say(
      Object.entries(rows)
        .map(([table, count]) => `${table} ${count}`)
        .join(', '),
    )
    say(
      release === null
        ? 'Nothing is published yet'
        : `Release ${release.number} of ${release.signedAt}, data until ${release.dataUntil}; timestamp until ${release.timestampExpires}`,
    )
    say(`${waiting} imports wait for publication`)
    const behind = (await storesBehind(office)).map(({ address }) => address)
    for (const address of behind) say(`${address} may still hold what was withdrawn: run "push"`)
    return {
      ok: true,
      folder: resolve(office.folder),
      dist: resolve(office.dist),
      keys,
      rows,
      release,
      waiting,
      storesBehind: behind,
    }
  },
}

/** A row with the key of an earlier one replaces it: both are kept, one counts and is published. */
function rowsThatCount(table: TableName): RawBuilder<unknown> {
  const { key } = TABLES[table]
  if (key === null) return sql.table(table)
  return sql`(SELECT DISTINCT ${sql.join(key.map((field) => sql.ref(field)))} FROM ${sql.table(table)}) AS counting`
}

export const verifyVerb: Verb = {
  name: 'verify',
  usage: 'verify [DIR] [--root FILE]',
  summary: "checks a distribution folder or a stick with the terminal's own verifier, byte by byte",
  example: 'county verify /media/stick/sunhall',
  options: { root: { type: 'string', help: "the county's root (default: the office's own)" } },
  positionals: { min: 0, max: 1 },
  async run({ office, positionals, values, say }) {
    const folder = resolve(positionals[0] ?? office.dist)
    const root = textOption(values, 'root') ?? join(office.folder, ROOT_FILE)
    if (!existsSync(root))
      throw new SunhallError('E-KEYS', `Expected the county's root at ${root}, found none; give it with --root FILE`)
    const verdict = await runVerifier(folder, root)
    if (verdict.ok === true) say(`A terminal would take release ${String(verdict.release)} from ${folder}`)
    else
      say(
        `A terminal would refuse ${folder}: ${String(verdict.code)} in ${String(verdict.where)}: ${String(verdict.message)}`,
      )
    return { folder, ...verdict }
  },
}
