// Private answers on their way into releases, in the office's books: label and JWE as the inspector's browser made them,
// nothing that leads to a message. They go out among decoys, so that neither the number in a release nor the difference
// of two releases tells whether anybody was answered.
//
//   waiting ─ the next proposal: brought up to a full batch by decoys ─► shown ─ 90 days ─► withdrawn
//
// Invariants: what a release shows changes with `mixAnswers` only, so that an approved draft stays what it was; rows are
// added in batches of BATCH, real ones and decoys alike; at least FLOOR are shown; all go after the same time.
import { randomBytes } from 'node:crypto'
import { CompactEncrypt } from 'jose'
import { type RawBuilder, sql } from 'kysely'
import { SunhallError } from '../../contract/errors.ts'
import { SIZE_CLASSES } from '../../contract/report.ts'
import type { AnswerRow } from '../../contract/rows.ts'
import { type Books, inTransaction } from '../database/books.ts'
import { countOf } from '../database/query.ts'

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

/**
 * Takes an answer for the next release. An answer under the same label takes the place of the one before: a villager has
 * one code, and sees the newest state. Errors: E-FORMAT.
 */
export async function giveAnswer(books: Books, { label, sealed }: AnswerRow): Promise<void> {
  if (!LABEL.test(label) || !SEALED.test(sealed))
    throw new SunhallError('E-FORMAT', 'Expected a label and a sealed answer, got something else; answer once more')
  await keep(books, { label, sealed }, 0)
}

async function keep(books: Books, { label, sealed }: AnswerRow, decoy: 0 | 1): Promise<void> {
  await books
    .insertInto('answers')
    .values({ label, sealed: '', next: sealed, day: '', until: '', decoy })
    .onConflict((on) => on.column('label').doUpdateSet({ next: sealed }))
    .execute()
}

/** Answers that wait for the next release. */
export async function waitingAnswers(books: Books): Promise<number> {
  return countOf(books, sql`SELECT count(*) FROM answers WHERE next IS NOT NULL`)
}

/**
 * Readies the answers for a proposal on `day` (local, 'YYYY-MM-DD'): withdraws old ones, and adds a batch of waiting ones
 * and decoys. Nothing where today's batch is in already and nobody waits.
 */
export async function mixAnswers(books: Books, day: string): Promise<void> {
  const count = (which: RawBuilder<unknown>): Promise<number> =>
    countOf(books, sql`SELECT count(*) FROM answers WHERE ${which}`)
  const today = await count(sql`day = ${day}`)
  if ((await waitingAnswers(books)) === 0 && today > 0) return
  const fresh = await count(sql`day = ''`)
  const staying = await count(sql`until > ${day}`)
  const again = await count(sql`day <> '' AND next IS NOT NULL`)
  const batch = Math.ceil(Math.max(fresh, 1, FLOOR - staying) / BATCH) * BATCH
  const decoys = await Promise.all(Array.from({ length: batch - fresh }, decoy))
  const changed = await decoysToChange(books, day, Math.max(0, CHANGED - again))
  const changes = await Promise.all(changed.map(async (label) => ({ label, sealed: (await decoy()).sealed })))
  const until = new Date(Date.parse(day) + ANSWER_DAYS * 86_400_000).toISOString().slice(0, 10)
  await inTransaction(books, async (all) => {
    await sql`DELETE FROM answers WHERE day <> '' AND until <= ${day} AND next IS NULL`.execute(all)
    for (const one of [...decoys, ...changes]) await keep(all, one, 1)
    await sql`UPDATE answers SET sealed = next, next = NULL, day = ${day}, until = ${until} WHERE next IS NOT NULL`.execute(
      all,
    )
  })
}

/** An answer's next state changes its row: some decoys change too, or a changed row would be a real one. */
async function decoysToChange(books: Books, day: string, count: number): Promise<string[]> {
  const rows = await books
    .selectFrom('answers')
    .select('label')
    .where('decoy', '=', 1)
    .where('until', '>', day)
    .where('day', '<>', day)
    .orderBy(sql`random()`)
    .limit(count)
    .execute()
  return rows.map(({ label }) => label)
}

/** The rows of a release. Labels are random, so that their canonical order tells nothing. */
export async function shownAnswers(books: Books): Promise<AnswerRow[]> {
  return books.selectFrom('answers').select(['label', 'sealed']).where('day', '<>', '').orderBy('label').execute()
}

/** Made as an answer is, of noise under a key that is thrown away. */
async function decoy(): Promise<AnswerRow> {
  const [, size = 0] = SIZES.find(([share]) => (randomBytes(1)[0] ?? 0) % 100 < share) ?? [0, 0]
  const sealed = await new CompactEncrypt(randomBytes(SIZE_CLASSES[size] ?? 2_048))
    .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
    .encrypt(randomBytes(32))
  return { label: randomBytes(16).toString('hex'), sealed }
}
