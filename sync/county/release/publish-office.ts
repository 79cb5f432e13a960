// Publishes the office's data: disclosure, blocks, proof, memory of what is shown, signatures, in this order.
//
//   BEGIN ─► read and build ─► prove ─► remember ─► COMMIT ─► files ─► timestamp ─► note the release
//              any failure: ROLLBACK                        └ a crash here leaves the old release published, and what is
//                                                             remembered too much only hides more (P1, P5)
import { join } from 'node:path'
import { sql } from 'kysely'
import { SunhallError } from '../../contract/errors.ts'
import type { ReleaseRecord } from '../../contract/release.ts'
import type { PublishFigures } from '../../publish/publish.ts'
import { publishRelease } from '../../publish/publish.ts'
import { appendAudit, auditHead } from '../audit/audit.ts'
import { beginTransaction, rollBack } from '../database/books.ts'
import { countOf } from '../database/query.ts'
import { type ProofReport, proveBlocks, rememberBlocks } from '../disclosure/prove.ts'
import { mixAnswers } from '../inbox/answers.ts'
import { countyRoot, signer, unlockSigner } from '../keys/root.ts'
import { type Office, withBooks } from '../office.ts'
import { holdingPointer } from './pointer.ts'
import { publishedRelease } from './published.ts'
import { OfficeSource } from './source.ts'

export interface OfficePublication {
  record: ReleaseRecord
  figures: PublishFigures
  proof: ProofReport
}

/**
 * Publishes the next release. `today` is the office's local day, `passphrase` the release key's where it has one. Errors:
 * E-DISCLOSURE with the rows that fail, E-KEYS, E-CLOCK.
 */
export async function publishOffice(
  office: Office,
  now: Date,
  today: string,
  by: string,
  passphrase: string | null = null,
): Promise<OfficePublication> {
  return await holdingPointer(office.dist, () => publishHolding(office, now, today, by, passphrase))
}

async function publishHolding(
  office: Office,
  now: Date,
  today: string,
  by: string,
  passphrase: string | null,
): Promise<OfficePublication> {
  await reconcile(office)
  const books = await office.books()
  await mixAnswers(books, today)
  const previous = publishedRelease(office.dist)?.record ?? null
  const number = Math.max(previous?.number ?? 0, await lastNumber(office)) + 1
  const keys = {
    root: countyRoot(office, now),
    release: await unlockSigner(office, 'release', passphrase),
    timestamp: signer(office, 'timestamp'),
  }
  const { dist } = office
  const head = await auditHead(await office.service())
  let proof: ProofReport | null = null
  const all = await beginTransaction(books)
  try {
    const source = await OfficeSource.open(all, today, { pictures: books })
    const within = withBooks(office, all)
    const prove = async (blocks: Parameters<typeof proveBlocks>[1]): Promise<void> => {
      proof = await proveBlocks(within, blocks)
      await rememberBlocks(within, blocks, number, source.plans)
      await all
        .updateTable('imports')
        .set({ published: number })
        .where('published', 'is', null)
        .where('undone', 'is', null)
        .execute()
      await all.commit().execute()
    }
    const { record, figures } = await publishRelease({
      source,
      dist,
      keys,
      number,
      previous,
      now,
      prove,
      auditHead: () => head,
      prints: villagePrints(office),
    })
    await noteRelease(office, record, by, figures)
    const detail = { reviewed: false, root: record.root }
    await appendAudit(
      await office.service(),
      { actor: by, action: 'publish', object: `release ${number}`, detail },
      now,
    )
    return { record, figures, proof: proof ?? { blocks: 0, rows: 0, ms: 0 } }
  } catch (error) {
    await rollBack(all)
    await reconcile(office)
    throw error
  }
}

/** Where the office keeps what lets the next publication take unchanged villages over (`kept-villages.ts`). */
export function villagePrints(office: Office): string {
  return join(office.folder, 'village-prints.json')
}

/** Puts the office's list right after a publication that was cut off: the distribution folder decides what is published. */
export async function reconcile(office: Office): Promise<void> {
  const published = publishedRelease(office.dist)
  const known = await lastNumber(office)
  const number = published?.record.number ?? 0
  if (published !== null && number > known) await noteRelease(office, published.record, '', null)
  const last = Math.max(known, number)
  const books = await office.books()
  // Asked first: a look at the list is no reason to wait for whoever writes.
  const ahead = await books.selectFrom('imports').select('id').where('published', '>', last).executeTakeFirst()
  if (ahead === undefined) return
  await books.updateTable('imports').set({ published: null }).where('published', '>', last).execute()
}

/** Number of the newest release in the office's list; 0 for none. */
export async function lastNumber(office: Office): Promise<number> {
  return countOf(await office.books(), sql`SELECT max(number) FROM releases`)
}

export interface ReleaseEntry {
  number: number
  root: string
  signedAt: string
  dataUntil: string
  sample: boolean
  /** A second person has approved it. */
  reviewed: boolean
  by: string
  rows: Record<string, number>
  wireBytes: number
}

export async function listReleases(office: Office): Promise<ReleaseEntry[]> {
  const rows = await (await office.books()).selectFrom('releases').selectAll().orderBy('number').execute()
  return rows.map(({ number, root, signedAt, dataUntil, sample, by, ...row }) => {
    const record: ReleaseRecord = JSON.parse(row.record)
    return {
      number,
      root,
      signedAt,
      dataUntil,
      sample: sample === 1,
      reviewed: record.reviewed,
      by,
      rows: record.datasets,
      wireBytes: Object.values(record.packs).reduce((sum, { wire }) => sum + wire, 0),
    }
  })
}

/** Enters a release into the office's list, once. */
export async function noteRelease(
  office: Office,
  record: ReleaseRecord,
  by: string,
  figures: PublishFigures | null,
): Promise<void> {
  const { number, root, signedAt, dataUntil } = record
  const texts = { record: JSON.stringify(record), figures: JSON.stringify(figures) }
  await (await office.books())
    .insertInto('releases')
    .values({ number, root, signedAt, dataUntil, sample: record.sample ? 1 : 0, by, ...texts })
    .onConflict((on) => on.doNothing())
    .execute()
}

/** The record of a release that is to be carried on a stick. Errors: E-STATE before the first publication. */
export function currentRecord(office: Office): ReleaseRecord {
  const published = publishedRelease(office.dist)
  if (published !== null) return published.record
  throw new SunhallError('E-STATE', 'Expected a published release, found none; publish first')
}
