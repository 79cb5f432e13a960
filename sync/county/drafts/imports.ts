// Which imports stand behind a draft or a release, and who brought and approved them (P8).
import { sql } from 'kysely'
import type { ImportInDraft } from '../../contract/console/drafts.ts'
import { listed, rowsOf } from '../database/query.ts'
import type { Office } from '../office.ts'
import { listReleases } from '../release/publish-office.ts'

export interface ImportTrail extends ImportInDraft {
  approvedBy: string
  approvedOn: string | null
  /** First release that held it; null while none does. */
  release: number | null
}

/** The given imports in their order. */
export async function importsOf(office: Office, ids: readonly number[]): Promise<ImportTrail[]> {
  const rows = await rowsOf(
    await office.books(),
    sql`SELECT i.id, i."table", i.file, i.accepted, i.by, i.at, i.published,
         max(o."approvedBy") AS "approvedBy", max(o."approvedOn") AS "approvedOn"
       FROM imports i LEFT JOIN origins o ON o.import = i.id
       WHERE i.id IN ${listed(ids)} GROUP BY i.id ORDER BY i.id`,
  )
  return rows.map((row) => ({
    id: Number(row.id),
    table: String(row.table),
    file: String(row.file),
    rows: Number(row.accepted),
    by: String(row.by),
    at: String(row.at),
    approvedBy: String(row.approvedBy ?? ''),
    approvedOn: row.approvedOn === null ? null : String(row.approvedOn),
    release: row.published === null ? null : Number(row.published),
  }))
}

/** Imports that a release was the first to hold and that still count, without the catalogue. */
export async function firstHeldBy(office: Office, release: number): Promise<number[]> {
  const rows = await (await office.books())
    .selectFrom('imports')
    .select('id')
    .where('published', '=', release)
    .where('undone', 'is', null)
    .where('id', '>', 0)
    .orderBy('id')
    .execute()
  return rows.map(({ id }) => id)
}

/** The state behind a release: imports that it held and that were taken back since, and those that came later. */
export async function stateOf(office: Office, release: number): Promise<{ gone: number[]; later: number[] }> {
  const signedAt = (await listReleases(office)).find(({ number }) => number === release)?.signedAt ?? ''
  const imports = (await office.books()).selectFrom('imports').select('id').orderBy('id')
  const gone = await imports.where('published', '<=', release).where('undone', '>', signedAt).execute()
  const later = await imports
    .where('id', '>', 0)
    .where('undone', 'is', null)
    .where((is) => is.or([is('published', 'is', null), is('published', '>', release)]))
    .execute()
  return { gone: gone.map(({ id }) => id), later: later.map(({ id }) => id) }
}
