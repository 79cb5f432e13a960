// Open data: the public rows of the release that is published now, as CSV files that say what they are. Read from its very
// blocks, township by township, never from the office's books: what isn't public can't come along.
import { createHash } from 'node:crypto'
import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { SunhallError } from '../../contract/errors.ts'
import type { ReleaseRecord } from '../../contract/release.ts'
import type { Kind, PersonRow } from '../../contract/rows.ts'
import type { PlacedLeaf } from '../../core/tree.ts'
import { BOM, csvLine } from '../csv.ts'
import { KeptRelease } from '../drafts/kept.ts'
import { publishedRelease } from '../release/published.ts'
import { OPEN_TABLES, type OpenTable, type Place } from './columns.ts'

export interface OpenData {
  release: number
  folder: string
  /** Rows of each table. */
  rows: Record<string, number>
}

/** Folder of a release's open data in the distribution. */
export const openFolder = (release: number): string => `open/${release}`

/**
 * Writes aside, then renames: the folder is whole or isn't there. Errors: E-STATE where nothing is published, E-MISSING for
 * a pack that isn't there; Node's own (EEXIST, ENOTEMPTY) where `out` holds something that isn't open data.
 */
export function exportOpenData(dist: string, out: string | null): OpenData {
  const record = publishedRelease(dist)?.record
  if (record === undefined) throw new SunhallError('E-STATE', 'Expected a published release, got none; publish first')
  const folder = out ?? join(dist, openFolder(record.number))
  const aside = `${folder}.aside`
  rmSync(aside, { recursive: true, force: true })
  mkdirSync(aside, { recursive: true })
  const rows = writeTables(new KeptRelease({ folder: dist, root: record.root }), aside)
  writeFileSync(join(aside, 'dictionary.csv'), dictionary())
  writeFileSync(join(aside, 'README.txt'), readme(record, aside))
  mkdirSync(dirname(folder), { recursive: true })
  // Only our own folder is replaced; a stranger's, chosen by mistake, makes the rename fail.
  if (out === null) rmSync(folder, { recursive: true, force: true })
  renameSync(aside, folder)
  return { release: record.number, folder, rows }
}

function writeTables(release: KeptRelease, folder: string): Record<string, number> {
  const files = new Map<Kind, { table: OpenTable; file: number }>()
  const rows: Record<string, number> = {}
  try {
    for (const table of OPEN_TABLES as readonly OpenTable[]) {
      const file = openSync(join(folder, `${table.name}.csv`), 'w')
      files.set(table.kind, { table, file })
      rows[table.name] = 0
      writeSync(file, BOM + csvLine(table.columns.map(({ name }) => name)))
    }
    const byPart = [...Map.groupBy(release.leaves, ({ part }) => part).values()]
    for (const leaves of byPart)
      for (const own of Map.groupBy(leaves, ({ village }) => village).values())
        for (const placed of own) {
          const target = files.get(placed.leaf[0])
          if (target === undefined) continue
          const found = release.rows(placed.leaf[0], [placed])
          const place = placeOf(release, placed)
          const lines = found.map((row) => csvLine(target.table.columns.map(({ cell }) => cell(row, place))))
          writeFileSync(target.file, lines.join(''))
          rows[target.table.name] = (rows[target.table.name] ?? 0) + found.length
        }
    for (const { file } of files.values()) fsyncSync(file)
  } finally {
    for (const { file } of files.values()) closeSync(file)
  }
  return rows
}

function placeOf(release: KeptRelease, { part, village, leaf }: PlacedLeaf): Place {
  const people = leaf[0] === 'payments' ? release.rowsOf('people', part, village) : []
  const byNumber = new Map<number, PersonRow>(people.map((one) => [one.number, one]))
  return { part, village, person: (number) => byNumber.get(number) }
}

function dictionary(): string {
  const lines = (OPEN_TABLES as readonly OpenTable[]).flatMap(({ name, columns }) =>
    columns.map((column) => [name, column.name, column.title, column.unit]),
  )
  return BOM + [['table', 'column', '名称', '含义或单位'], ...lines].map(csvLine).join('')
}

function readme({ number, signedAt, dataUntil, sample }: ReleaseRecord, folder: string): string {
  const names = [...OPEN_TABLES.map(({ name }) => `${name}.csv`), 'dictionary.csv']
  const sums = names.map(
    (name) =>
      `${createHash('sha256')
        .update(readFileSync(join(folder, name)))
        .digest('hex')}  ${name}`,
  )
  const head = `公开数据，第 ${number} 期，签发 ${signedAt}，数据截至 ${dataUntil}${sample ? '（示例数据）' : ''}。使用许可由公布本数据的机关确定；引用请注明来源与期号。`
  return `${BOM}${[head, ...sums].join('\r\n')}\r\n`
}
