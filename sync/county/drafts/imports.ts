// Which imports stand behind a draft or a release, and who brought and approved them (P8).
import type { ImportInDraft } from '../../contract/console/drafts.ts'
import type { Office } from '../office.ts'
import { listReleases } from '../release/publish-office.ts'

export interface ImportTrail extends ImportInDraft {
  approvedBy: string
  approvedOn: string | null
  /** First release that held it; null while none does. */
  release: number | null
}

/** The given imports in their order. */
export function importsOf(office: Office, ids: readonly number[]): ImportTrail[] {
  const rows = office.database
    .prepare(
      `SELECT i.id, i."table", i.file, i.accepted, i.by, i.at, i.published,
         max(o.approvedBy) AS approvedBy, max(o.approvedOn) AS approvedOn
       FROM imports i LEFT JOIN origins o ON o.import = i.id
       WHERE i.id IN (SELECT value FROM json_each(?)) GROUP BY i.id ORDER BY i.id`,
    )
    .all(JSON.stringify(ids))
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
export function firstHeldBy(office: Office, release: number): number[] {
  return office.database
    .prepare('SELECT id FROM imports WHERE published = ? AND undone IS NULL AND id > 0 ORDER BY id')
    .all(release)
    .map((row) => Number(row.id))
}

/** The state behind a release: imports that it held and that were taken back since, and those that came later. */
export function stateOf(office: Office, release: number): { gone: number[]; later: number[] } {
  const signedAt = listReleases(office).find(({ number }) => number === release)?.signedAt ?? ''
  const ids = (sql: string, ...values: (string | number)[]): number[] =>
    office.database
      .prepare(sql)
      .all(...values)
      .map((row) => Number(row.id))
  return {
    gone: ids('SELECT id FROM imports WHERE published <= ? AND undone > ? ORDER BY id', release, signedAt),
    later: ids(
      'SELECT id FROM imports WHERE id > 0 AND undone IS NULL AND (published IS NULL OR published > ?) ORDER BY id',
      release,
    ),
  }
}
