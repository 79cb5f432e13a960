// Publishes the office's data: disclosure, blocks, proof, memory of what is shown, signatures, in this order.
//
//   BEGIN ─► read and build ─► prove ─► remember ─► COMMIT ─► files ─► timestamp ─► note the release
//              any failure: ROLLBACK                        └ a crash here leaves the old release published, and what is
//                                                             remembered too much only hides more (P1, P5)
import { SunhallError } from '../../contract/errors.ts'
import type { ReleaseRecord } from '../../contract/release.ts'
import type { PublishFigures } from '../../publish/publish.ts'
import { publishRelease } from '../../publish/publish.ts'
import { appendAudit, auditHead } from '../audit/audit.ts'
import { countOf, inTransaction } from '../database/database.ts'
import { type ProofReport, proveBlocks, rememberBlocks } from '../disclosure/prove.ts'
import { mixAnswers } from '../inbox/answers.ts'
import { countyRoot, signer, unlockSigner } from '../keys/root.ts'
import type { Office } from '../office.ts'
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
  reconcile(office)
  await mixAnswers(office.database, today)
  const previous = publishedRelease(office.dist)?.record ?? null
  const number = Math.max(previous?.number ?? 0, countOf(office.database, 'SELECT max(number) FROM releases')) + 1
  const keys = {
    root: countyRoot(office, now),
    release: await unlockSigner(office, 'release', passphrase),
    timestamp: signer(office, 'timestamp'),
  }
  const { database, dist } = office
  const head = await auditHead(await office.service())
  let proof: ProofReport | null = null
  database.exec('BEGIN IMMEDIATE')
  try {
    const source = new OfficeSource(database, today)
    const prove = (blocks: Parameters<typeof proveBlocks>[1]): void => {
      proof = proveBlocks(office, blocks)
      rememberBlocks(office, blocks, number, source.plans)
      database.prepare('UPDATE imports SET published = ? WHERE published IS NULL AND undone IS NULL').run(number)
      database.exec('COMMIT')
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
    })
    noteRelease(office, record, by, figures)
    const detail = { reviewed: false, root: record.root }
    await appendAudit(
      await office.service(),
      { actor: by, action: 'publish', object: `release ${number}`, detail },
      now,
    )
    return { record, figures, proof: proof ?? { blocks: 0, rows: 0, ms: 0 } }
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK')
    reconcile(office)
    throw error
  }
}

/** Puts the office's list right after a publication that was cut off: the distribution folder decides what is published. */
export function reconcile(office: Office): void {
  const published = publishedRelease(office.dist)
  const known = countOf(office.database, 'SELECT max(number) FROM releases')
  const number = published?.record.number ?? 0
  if (published !== null && number > known) noteRelease(office, published.record, '', null)
  const last = Math.max(known, number)
  office.database.prepare('UPDATE imports SET published = NULL WHERE published > ?').run(last)
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

export function listReleases(office: Office): ReleaseEntry[] {
  return office.database
    .prepare('SELECT * FROM releases ORDER BY number')
    .all()
    .map((row) => {
      const record: ReleaseRecord = JSON.parse(String(row.record))
      return {
        number: Number(row.number),
        root: String(row.root),
        signedAt: String(row.signedAt),
        dataUntil: String(row.dataUntil),
        sample: row.sample === 1,
        reviewed: record.reviewed,
        by: String(row.by),
        rows: record.datasets,
        wireBytes: Object.values(record.packs).reduce((sum, { wire }) => sum + wire, 0),
      }
    })
}

/** Enters a release into the office's list, once. */
export function noteRelease(office: Office, record: ReleaseRecord, by: string, figures: PublishFigures | null): void {
  inTransaction(office.database, () => {
    office.database
      .prepare(
        'INSERT OR IGNORE INTO releases (number, root, signedAt, dataUntil, sample, by, record, figures) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
      )
      .run(
        record.number,
        record.root,
        record.signedAt,
        record.dataUntil,
        record.sample ? 1 : 0,
        by,
        JSON.stringify(record),
        JSON.stringify(figures),
      )
  })
}

/** The record of a release that is to be carried on a stick. Errors: E-STATE before the first publication. */
export function currentRecord(office: Office): ReleaseRecord {
  const published = publishedRelease(office.dist)
  if (published !== null) return published.record
  throw new SunhallError('E-STATE', 'Expected a published release, found none; publish first')
}
