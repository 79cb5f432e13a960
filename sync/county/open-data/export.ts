// Open data: the public rows of the release that is published now, as CSV files that say what they are. Read from its very
// blocks, township by township, never from the office's books: what isn't public can't come along.
//
//   blocks ─► CSV, gzip, hash ─► DIR/open-data.aside ─► rename ─► dist/open/<release>     the folder is whole or isn't there
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { messageOf, SunhallError } from '../../contract/errors.ts'
import type { ReleaseRecord } from '../../contract/release.ts'
import type { Kind, PersonRow } from '../../contract/rows.ts'
import type { PlacedLeaf } from '../../core/tree.ts'
import { syncFolder } from '../../publish/files.ts'
import { KeptRelease } from '../drafts/kept.ts'
import type { Office } from '../office.ts'
import { publishedRelease } from '../release/published.ts'
import type { OpenTable, Place } from './column.ts'
import { dataPackage, dictionary, fileOf, readme } from './dictionary.ts'
import { keepServed, openFolder } from './exports.ts'
import { TableFile, type WrittenFile } from './table-file.ts'
import { OPEN_TABLES } from './tables.ts'

export interface OpenData {
  release: number
  folder: string
  /** Rows of each table. */
  rows: Record<string, number>
  /** All files, and the CSV before it was gzipped. */
  bytes: number
  rawBytes: number
  /** Exports of earlier releases that were removed, since those are no longer served. */
  removed: number[]
}
export interface ExportOptions {
  /** A new folder of the caller's; null: the distribution's own, beside those of releases still served. */
  out: string | null
  now: Date
  /** Parts (the county, each township) that are done, of all. */
  progress?: (done: number, total: number) => void
}

/**
 * Exports the published release. Doing it again replaces what it wrote. Errors: E-STATE where nothing is published or `out`
 * holds something, E-MISSING for a pack that isn't there.
 */
export async function exportOpenData(
  { folder: own, dist }: Pick<Office, 'folder' | 'dist'>,
  { out, now, progress = () => undefined }: ExportOptions,
): Promise<OpenData> {
  const record = publishedRelease(dist)?.record
  if (record === undefined) throw new SunhallError('E-STATE', 'Expected a published release, got none; publish first')
  if (out !== null) requireFree(out)
  const folder = out ?? join(dist, openFolder(record.number))
  // Never below what is served, and on the same disk: only whole exports can be fetched.
  const aside = out === null ? join(own, 'open-data.aside') : `${out}.aside`
  rmSync(aside, { recursive: true, force: true })
  mkdirSync(aside, { recursive: true })
  try {
    const files = await writeTables(new KeptRelease({ folder: dist, root: record.root }), aside, progress)
    describe(record, files, aside)
    putInPlace(aside, folder)
    const removed = out === null ? keepServed(dist, record, now) : []
    const sum = (of: (file: WrittenFile) => number): number => files.reduce((total, file) => total + of(file), 0)
    const rows = Object.fromEntries(files.map(({ name, rows: count }) => [name.replace(/\.csv(\.gz)?$/, ''), count]))
    const sizes = { bytes: sum(({ bytes }) => bytes), rawBytes: sum(({ rawBytes }) => rawBytes) }
    return { release: record.number, folder, rows, ...sizes, removed }
  } finally {
    rmSync(aside, { recursive: true, force: true })
  }
}

function requireFree(out: string): void {
  if (!existsSync(out) || readdirSync(out).length === 0) return
  throw new SunhallError(
    'E-STATE',
    `Expected --out with a new or empty folder, got ${out}, which holds something; name another, or empty that one`,
  )
}

function describe(record: ReleaseRecord, files: readonly WrittenFile[], aside: string): void {
  writeFileSync(join(aside, 'dictionary.csv'), dictionary(OPEN_TABLES), { flush: true })
  writeFileSync(join(aside, 'datapackage.json'), dataPackage(record, OPEN_TABLES, files), { flush: true })
  writeFileSync(join(aside, 'README.txt'), readme(record, files), { flush: true })
  syncFolder(aside)
}

function putInPlace(aside: string, folder: string): void {
  mkdirSync(dirname(folder), { recursive: true })
  // Only an export of ours, or an empty folder, is ever there.
  rmSync(folder, { recursive: true, force: true })
  try {
    renameSync(aside, folder)
  } catch (cause) {
    throw new SunhallError(
      'E-STATE',
      `Expected ${folder} on the same disk as ${aside}, got: ${messageOf(cause)}; keep the office's folder on one disk`,
      { cause },
    )
  }
  syncFolder(dirname(folder))
}

interface OpenFile {
  table: OpenTable
  file: TableFile
}

async function writeTables(
  release: KeptRelease,
  folder: string,
  progress: (done: number, total: number) => void,
): Promise<WrittenFile[]> {
  const files = OPEN_TABLES.map((table): OpenFile => {
    const headings = table.columns.map(({ name }) => name)
    return { table, file: new TableFile(join(folder, fileOf(table)), headings) }
  })
  const byKind = Map.groupBy(files, ({ table }) => table.kind)
  const parts = [...Map.groupBy(release.leaves, ({ part }) => part).values()]
  for (const [at, leaves] of parts.entries()) {
    progress(at, parts.length)
    for (const [village, own] of Map.groupBy(leaves, (placed) => placed.village))
      await writePlace(release, village, own, byKind)
  }
  progress(parts.length, parts.length)
  return Promise.all(files.map(({ file }) => file.end()))
}

async function writePlace(
  release: KeptRelease,
  village: string,
  leaves: readonly PlacedLeaf[],
  byKind: ReadonlyMap<Kind, readonly OpenFile[]>,
): Promise<void> {
  const place = placeOf(release, village, leaves)
  for (const placed of leaves) {
    const files = byKind.get(placed.leaf[0])
    if (files === undefined) continue
    for (const row of release.rows(placed.leaf[0], [placed]))
      for (const { table, file } of files) for (const cells of table.lines(row, place)) await file.add(cells)
  }
}

function placeOf(release: KeptRelease, village: string, leaves: readonly PlacedLeaf[]): Place {
  const people = release.rows(
    'people',
    leaves.filter(({ leaf }) => leaf[0] === 'people'),
  )
  const byNumber = new Map<number, PersonRow>(people.map((one) => [one.number, one]))
  return { village, person: (number) => byNumber.get(number) }
}
