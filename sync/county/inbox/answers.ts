// Private answers on their way into releases, in the office's books: label and JWE as the inspector's browser made them,
// nothing that leads to a message. They go out among decoys, so that neither the number in a release nor the difference
// of two releases tells whether anybody was answered.
//
//   waiting ─ the next proposal: brought up to a full batch by decoys ─► shown ─ 90 days ─► withdrawn
//
// Invariants: what a release shows changes with `mixAnswers` only, so that an approved draft stays what it was; rows are
// added in batches of BATCH, real ones and decoys alike; at least FLOOR are shown; all go after the same time.
import { randomBytes } from 'node:crypto'
import type { DatabaseSync } from 'node:sqlite'
import { CompactEncrypt } from 'jose'
import { SunhallError } from '../../contract/errors.ts'
import { SIZE_CLASSES } from '../../contract/report.ts'
import type { AnswerRow } from '../../contract/rows.ts'
import { countOf, inTransaction } from '../database/database.ts'

/** Days that an answer stands in releases. */
export const ANSWER_DAYS = 90
/** Rows are added in whole batches: up to this many real answers in one look like none. */
const BATCH = 8
/** Rows whose content changes with a batch, at least, once there are decoys to change. */
const CHANGED = 2
/** Rows in any release, at least. */
const FLOOR = 20
/** Decoys are as long as answers are: most short, some longer. Sizes by their place in SIZE_CLASSES, in hundredths. */
const SIZES: readonly (readonly [share: number, size: number])[] = [
  [75, 0],
  [95, 1],
  [100, 2],
]
const LABEL = /^[0-9a-f]{32}$/
/** A compact JWE by a key of its own (`dir`: the second part is empty). */
const SEALED = /^[\w-]+\.\.[\w-]+\.[\w-]+\.[\w-]+$/

/** Made when the office is opened; an office of an earlier version gets it too. `next` waits, `sealed` is shown. */
export function createAnswerTable(database: DatabaseSync): void {
  database.exec(
    `CREATE TABLE IF NOT EXISTS answers (label TEXT PRIMARY KEY, sealed TEXT NOT NULL, next TEXT, day TEXT NOT NULL,
       until TEXT NOT NULL, decoy INTEGER NOT NULL) WITHOUT ROWID`,
  )
}

/**
 * Takes an answer for the next release. An answer under the same label takes the place of the one before: a villager has
 * one code, and sees the newest state. Errors: E-FORMAT.
 */
export function giveAnswer(database: DatabaseSync, { label, sealed }: AnswerRow): void {
  if (!LABEL.test(label) || !SEALED.test(sealed))
    throw new SunhallError('E-FORMAT', 'Expected a label and a sealed answer, got something else; answer once more')
  database
    .prepare(
      `INSERT INTO answers (label, sealed, next, day, until, decoy) VALUES (?, '', ?, '', '', 0)
       ON CONFLICT (label) DO UPDATE SET next = excluded.next`,
    )
    .run(label, sealed)
}

/** Answers that wait for the next release. */
export function waitingAnswers(database: DatabaseSync): number {
  return countOf(database, 'SELECT count(*) FROM answers WHERE next IS NOT NULL')
}

/**
 * Readies the answers for a proposal on `day` (local, 'YYYY-MM-DD'): withdraws old ones, and adds a batch of waiting ones
 * and decoys. Nothing where today's batch is in already and nobody waits.
 */
export async function mixAnswers(database: DatabaseSync, day: string): Promise<void> {
  const today = countOf(database, 'SELECT count(*) FROM answers WHERE day = ?', day)
  if (waitingAnswers(database) === 0 && today > 0) return
  const fresh = countOf(database, "SELECT count(*) FROM answers WHERE day = ''")
  const staying = countOf(database, 'SELECT count(*) FROM answers WHERE until > ?', day)
  const again = countOf(database, "SELECT count(*) FROM answers WHERE day <> '' AND next IS NOT NULL")
  const batch = Math.ceil(Math.max(fresh, 1, FLOOR - staying) / BATCH) * BATCH
  const decoys = await Promise.all(Array.from({ length: batch - fresh }, decoy))
  const changed = decoysToChange(database, day, Math.max(0, CHANGED - again))
  const changes = await Promise.all(changed.map(async (label) => ({ label, sealed: (await decoy()).sealed })))
  const until = new Date(Date.parse(day) + ANSWER_DAYS * 86_400_000).toISOString().slice(0, 10)
  inTransaction(database, () => {
    database.prepare("DELETE FROM answers WHERE day <> '' AND until <= ? AND next IS NULL").run(day)
    const add = database.prepare(
      `INSERT INTO answers (label, sealed, next, day, until, decoy) VALUES (?, '', ?, '', '', 1)
       ON CONFLICT (label) DO UPDATE SET next = excluded.next`,
    )
    for (const { label, sealed } of [...decoys, ...changes]) add.run(label, sealed)
    database
      .prepare('UPDATE answers SET sealed = next, next = NULL, day = ?, until = ? WHERE next IS NOT NULL')
      .run(day, until)
  })
}

/** An answer's next state changes its row: some decoys change too, or a changed row would be a real one. */
function decoysToChange(database: DatabaseSync, day: string, count: number): string[] {
  return database
    .prepare('SELECT label FROM answers WHERE decoy = 1 AND until > ? AND day <> ? ORDER BY random() LIMIT ?')
    .all(day, day, count)
    .map((row) => String(row.label))
}

/** The rows of a release. Labels are random, so that their canonical order tells nothing. */
export function shownAnswers(database: DatabaseSync): AnswerRow[] {
  return database
    .prepare("SELECT label, sealed FROM answers WHERE day <> '' ORDER BY label")
    .all()
    .map((row) => ({ label: String(row.label), sealed: String(row.sealed) }))
}

/** Made as an answer is, of noise under a key that is thrown away. */
async function decoy(): Promise<AnswerRow> {
  const [, size = 0] = SIZES.find(([share]) => (randomBytes(1)[0] ?? 0) % 100 < share) ?? [0, 0]
  const sealed = await new CompactEncrypt(randomBytes(SIZE_CLASSES[size] ?? 2_048))
    .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
    .encrypt(randomBytes(32))
  return { label: randomBytes(16).toString('hex'), sealed }
}
