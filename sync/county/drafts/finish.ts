// What follows once the pointer has moved to a draft's release: the books, what a withdrawal takes back, files that have to
// go. Done again at every look until it is done, so that a crash after the pointer leaves nothing half said.
import { sql } from 'kysely'
import { SunhallError } from '../../contract/errors.ts'
import type { ReleaseRecord } from '../../contract/release.ts'
import { canonicalJson } from '../../core/canonical.ts'
import { appendAudit } from '../audit/audit.ts'
import { inTransaction } from '../database/books.ts'
import { listed } from '../database/query.ts'
import { takeBack } from '../import/undo.ts'
import type { Office } from '../office.ts'
import { noteRelease, reconcile } from '../release/publish-office.ts'
import { publishedRelease } from '../release/published.ts'
import { localDay } from '../release/today.ts'
import { changeDraft, type Draft, dropFiles, openDraft, sweepDrafts } from './draft.ts'
import { eraseWithdrawn } from './erase.ts'

/** Finishes what a crash cut off: a draft whose release is public by now is published, whatever its row says. */
export async function reconcileDrafts(office: Office, now: Date): Promise<void> {
  await reconcile(office)
  await sweepDrafts(office)
  const draft = await openDraft(await office.service())
  const published = publishedRelease(office.dist)?.record
  if (draft?.record == null || published === undefined) return
  // The very record, not only its number: another release may have taken it meanwhile.
  if (canonicalJson(draft.record) === canonicalJson(published))
    await finish(office, draft, draft.publishedBy || 'system', now)
}

/** The books, the files and the draft's row, in this order; each step may have been done before. */
export async function finish(office: Office, draft: Draft, login: string, now: Date): Promise<Draft> {
  const record = recordOf(draft)
  await settleBooks(office, draft, record, now)
  const erased = draft.withdraws.length > 0 ? eraseWithdrawn(office.dist, record, draft.withdraws) : 0
  const service = await office.service()
  const done = await changeDraft(service, draft.id, draft.state, {
    state: 'published',
    publishedBy: login,
    publishedAt: now.toISOString(),
  })
  dropFiles(office, draft.id)
  if (draft.withdraws.length > 0) {
    const detail = { releases: draft.withdraws.join(' '), imports: draft.without.join(' '), files: erased }
    await appendAudit(service, { actor: login, action: 'withdraw', object: `release ${record.number}`, detail }, now)
  }
  return done
}

/** The signed record. Errors: E-STATE for a draft that nobody has approved. */
export function recordOf(draft: Draft): ReleaseRecord {
  if (draft.record !== null) return draft.record
  throw new SunhallError(
    'E-STATE',
    `Expected an approved draft, got ${draft.id}, which is ${draft.state}; approve it first`,
  )
}

async function settleBooks(office: Office, draft: Draft, record: ReleaseRecord, now: Date): Promise<void> {
  await noteRelease(office, record, draft.decidedName || draft.proposedName, null)
  await inTransaction(await office.books(), async (books) => {
    const approved = listed(draft.imports)
    await sql`UPDATE imports SET published = ${record.number} WHERE published IS NULL AND id IN ${approved}`.execute(
      books,
    )
    if (record.reviewed)
      await sql`UPDATE origins SET "approvedBy" = ${draft.decidedName}, "approvedOn" = ${localDay(new Date(draft.decidedAt))}
        WHERE "approvedBy" = '' AND import IN ${approved}`.execute(books)
    if (draft.kind !== 'withdrawal') return
    const counting = books.selectFrom('imports').select('id').where('undone', 'is', null)
    // The last first: rows of a later import may hang on an earlier one.
    for (const id of draft.without.toSorted((a, b) => b - a))
      if ((await counting.where('id', '=', id).executeTakeFirst()) !== undefined) await takeBack(books, id, now)
  })
}
