// What the office knows of each picture beyond its bytes: original, black parts, rows that show it, who added it.
import type { DatabaseSync } from 'node:sqlite'
import { z } from 'zod'
import { type Rectangle, rectangle } from '../../contract/console/pictures.ts'
import { createPictureTables } from './tables.ts'
import { type Target, target } from './targets.ts'

export interface PictureRecord {
  hash: string
  /** SHA-256 and ending of the original in DIR/pictures: '9f…e1.jpg'. */
  original: string
  file: string
  /** Pixels of the picture as it would be published. */
  width: number
  height: number
  rectangles: Rectangle[]
  targets: Target[]
  addedBy: string
  addedName: string
  addedAt: string
}

export function pictureByHash(database: DatabaseSync, hash: string): PictureRecord | null {
  createPictureTables(database)
  return recordOf(database.prepare('SELECT * FROM pictureFiles WHERE hash = ?').get(hash))
}

/** The picture made from an original that came before, black parts and all. */
export function pictureByOriginal(database: DatabaseSync, original: string): PictureRecord | null {
  return recordOf(database.prepare('SELECT * FROM pictureFiles WHERE original = ?').get(original))
}

/** Writes it, in place of one with the same hash. */
export function saveRecord(database: DatabaseSync, record: PictureRecord): void {
  const { hash, original, file, width, height, rectangles, targets, addedBy, addedName, addedAt } = record
  const lists = [JSON.stringify(rectangles), JSON.stringify(targets)] as const
  database
    .prepare('INSERT OR REPLACE INTO pictureFiles VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)')
    .run(hash, original, file, width, height, ...lists, addedBy, addedName, addedAt)
}

export function dropRecord(database: DatabaseSync, hash: string): void {
  database.prepare('DELETE FROM pictureFiles WHERE hash = ?').run(hash)
}

export function recordOf(row: { readonly [column: string]: unknown } | undefined): PictureRecord | null {
  if (row === undefined) return null
  const text = (column: string): string => String(row[column] ?? '')
  return {
    hash: text('hash'),
    original: text('original'),
    file: text('file'),
    width: Number(row.width),
    height: Number(row.height),
    rectangles: z.array(rectangle).parse(JSON.parse(text('rectangles'))),
    targets: z.array(target).parse(JSON.parse(text('targets'))),
    addedBy: text('addedBy'),
    addedName: text('addedName'),
    addedAt: text('addedAt'),
  }
}
