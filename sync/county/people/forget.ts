// Forgets the people whom imports that are gone brought, and what only those said of others. For good after an import is
// taken back; for a while, inside a transaction, when a release is built as if some imports weren't there.
//
//   brought by such an import, and no other payment is theirs or names them as head of a household:
//     without a registry number   the entry goes: it may not swell the crowd that a mask counts on
//     with one                    the number stays taken, for ever: it never means another person. The name and all else go
//   ID number, household, relation of the others: unknown again, where no payment that is left says them
import { sql } from 'kysely'
import { type Books, schemaOf } from '../database/books.ts'
import { countOf, listed } from '../database/query.ts'
import { isPostgres } from '../database/shapes.ts'

const PAID = sql.table('stillPaid')
const HEADS = sql.table('stillHead')
const KEPT = sql.table('rosterKept')

/** Rows of `payments`, as the caller sees them, are what is left. `gone`: imports whose payments aren't there. */
export async function forgetPeople(books: Books, gone: readonly number[]): Promise<void> {
  await makeFacts(books)
  const isGone = sql`import IN ${listed(gone)}
    AND NOT EXISTS (SELECT 1 FROM ${PAID} s WHERE s.village = roster.village AND s.person = roster.id)
    AND NOT EXISTS (SELECT 1 FROM ${HEADS} h
      WHERE h.village = roster.village AND h."group" = roster."group" AND h.name = roster.name)`
  await sql`DELETE FROM roster WHERE number IS NULL AND ${isGone}`.execute(books)
  // A kind that is none: no crowd and no household counts it.
  await sql`UPDATE roster SET name = '', "group" = '', kind = '', "idNumber" = '', household = '', relation = '',
    "publishedName" = NULL WHERE ${isGone}`.execute(books)
  const paid = sql`FROM ${PAID} s WHERE s.village = roster.village AND s.person = roster.id`
  // Whoever another import pays too is that import's from now on.
  await sql`UPDATE roster SET import = (SELECT s.import ${paid})
    WHERE import IN ${listed(gone)} AND EXISTS (SELECT 1 ${paid})`.execute(books)
  // A wrong ID number would keep the right one from its person.
  await sql`UPDATE roster SET "idNumber" = ''
    WHERE "idNumber" <> '' AND EXISTS (SELECT 1 ${paid} AND s."idNumber" = '')`.execute(books)
  await sql`UPDATE roster SET household = '', relation = (SELECT s.relation ${paid})
    WHERE household <> '' AND EXISTS (SELECT 1 ${paid} AND s.household = '')`.execute(books)
  await sql`DROP TABLE ${PAID}`.execute(books)
  await sql`DROP TABLE ${HEADS}`.execute(books)
}

/** Forgets people for as long as a release is built. The caller holds the transaction, and ends it with `recallPeople`. */
export async function forgetForNow(books: Books, without: readonly number[]): Promise<void> {
  await sql`CREATE TEMP TABLE ${KEPT} AS SELECT * FROM ${sql.table(`${schemaOf(books)}.roster`)}`.execute(books)
  await sql`CREATE UNIQUE INDEX "rosterKeptKey" ON ${KEPT} (village, id)`.execute(books)
  await forgetPeople(books, without)
}

/** Puts back what `forgetForNow` took away; numbers that were given meanwhile stay. Nothing where there is nothing. */
export async function recallPeople(books: Books): Promise<void> {
  const kept = isPostgres(books)
    ? sql`SELECT count(to_regclass('pg_temp."rosterKept"'))`
    : sql`SELECT count(*) FROM temp.sqlite_master WHERE name = 'rosterKept'`
  if ((await countOf(books, kept)) === 0) return
  await sql`INSERT INTO roster SELECT * FROM ${KEPT} WHERE true ON CONFLICT DO NOTHING`.execute(books)
  await sql`UPDATE roster SET import = k.import, name = k.name, "group" = k."group", kind = k.kind,
      "idNumber" = k."idNumber", household = k.household, relation = k.relation,
      "publishedName" = coalesce(roster."publishedName", k."publishedName")
    FROM ${KEPT} k WHERE k.village = roster.village AND k.id = roster.id
      AND (k.name <> roster.name OR k.import <> roster.import OR k."idNumber" <> roster."idNumber"
        OR k.household <> roster.household OR k.relation <> roster.relation)`.execute(books)
  await sql`DROP TABLE ${KEPT}`.execute(books)
}

async function makeFacts(books: Books): Promise<void> {
  await sql`CREATE TEMP TABLE ${PAID} AS SELECT village, person, min(import) AS import, max("idNumber") AS "idNumber",
    max(household) AS household, max(relation) AS relation FROM payments GROUP BY village, person`.execute(books)
  await sql`CREATE UNIQUE INDEX "stillPaidKey" ON ${PAID} (village, person)`.execute(books)
  await sql`CREATE TEMP TABLE ${HEADS} AS SELECT DISTINCT s.village, r."group", s.household AS name
    FROM ${PAID} s JOIN roster r ON r.village = s.village AND r.id = s.person WHERE s.household <> ''`.execute(books)
  await sql`CREATE UNIQUE INDEX "stillHeadKey" ON ${HEADS} (village, "group", name)`.execute(books)
}
