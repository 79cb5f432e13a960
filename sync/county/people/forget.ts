// Forgets the people whom imports that are gone brought, and what only those said of others. For good after an import is
// taken back; for a while, inside a transaction, when a release is built as if some imports weren't there.
//
//   brought by such an import, and no other payment is theirs or names them as head of a household:
//     without a registry number   the entry goes: it may not swell the crowd that a mask counts on
//     with one                    the number stays taken, for ever: it never means another person. The name and all else go
//   ID number, household, relation of the others: unknown again, where no payment that is left says them
import type { DatabaseSync } from 'node:sqlite'

/** Rows of `payments`, as the caller sees them, are what is left. `gone`: imports whose payments aren't there. */
export function forgetPeople(database: DatabaseSync, gone: readonly number[]): void {
  makeFacts(database)
  const imports = JSON.stringify(gone)
  const isGone = `import IN (SELECT value FROM json_each(?))
    AND NOT EXISTS (SELECT 1 FROM stillPaid s WHERE s.village = roster.village AND s.person = roster.id)
    AND NOT EXISTS (SELECT 1 FROM stillHead h
      WHERE h.village = roster.village AND h."group" = roster."group" AND h.name = roster.name)`
  database.prepare(`DELETE FROM roster WHERE number IS NULL AND ${isGone}`).run(imports)
  // A kind that is none: no crowd and no household counts it.
  database
    .prepare(
      `UPDATE roster SET name = '', "group" = '', kind = '', idNumber = '', household = '', relation = '',
         publishedName = NULL WHERE ${isGone}`,
    )
    .run(imports)
  const paid = `FROM stillPaid s WHERE s.village = roster.village AND s.person = roster.id`
  // Whoever another import pays too is that import's from now on.
  database
    .prepare(
      `UPDATE roster SET import = (SELECT s.import ${paid})
       WHERE import IN (SELECT value FROM json_each(?)) AND EXISTS (SELECT 1 ${paid})`,
    )
    .run(imports)
  // A wrong ID number would keep the right one from its person.
  database.exec(
    `UPDATE roster SET idNumber = '' WHERE idNumber <> '' AND EXISTS (SELECT 1 ${paid} AND s.idNumber = '')`,
  )
  database.exec(
    `UPDATE roster SET household = '', relation = (SELECT s.relation ${paid})
     WHERE household <> '' AND EXISTS (SELECT 1 ${paid} AND s.household = '')`,
  )
  dropFacts(database)
}

/** Forgets people for as long as a release is built. The caller holds the transaction, and ends it with `recallPeople`. */
export function forgetForNow(database: DatabaseSync, without: readonly number[]): void {
  database.exec('CREATE TEMP TABLE rosterKept AS SELECT * FROM main.roster')
  database.exec('CREATE UNIQUE INDEX temp.rosterKeptKey ON rosterKept (village, id)')
  forgetPeople(database, without)
}

/** Puts back what `forgetForNow` took away; numbers that were given meanwhile stay. Nothing where there is nothing. */
export function recallPeople(database: DatabaseSync): void {
  if (database.prepare("SELECT 1 FROM temp.sqlite_master WHERE name = 'rosterKept'").get() === undefined) return
  database.exec('INSERT OR IGNORE INTO roster SELECT * FROM rosterKept')
  database.exec(
    `UPDATE roster SET import = k.import, name = k.name, "group" = k."group", kind = k.kind, idNumber = k.idNumber,
       household = k.household, relation = k.relation, publishedName = coalesce(roster.publishedName, k.publishedName)
     FROM rosterKept k WHERE k.village = roster.village AND k.id = roster.id
       AND (k.name, k.import, k.idNumber, k.household, k.relation) IS NOT
         (roster.name, roster.import, roster.idNumber, roster.household, roster.relation)`,
  )
  database.exec('DROP TABLE rosterKept')
}

function makeFacts(database: DatabaseSync): void {
  database.exec(
    `CREATE TEMP TABLE stillPaid AS SELECT village, person, min(import) AS import, max(idNumber) AS idNumber,
       max(household) AS household, max(relation) AS relation FROM payments GROUP BY village, person`,
  )
  database.exec('CREATE UNIQUE INDEX temp.stillPaidKey ON stillPaid (village, person)')
  database.exec(
    `CREATE TEMP TABLE stillHead AS SELECT DISTINCT s.village, r."group", s.household AS name
     FROM stillPaid s JOIN roster r ON r.village = s.village AND r.id = s.person WHERE s.household <> ''`,
  )
  database.exec('CREATE UNIQUE INDEX temp.stillHeadKey ON stillHead (village, "group", name)')
}

function dropFacts(database: DatabaseSync): void {
  database.exec('DROP TABLE temp.stillPaid; DROP TABLE temp.stillHead')
}
