// What the office knows of each picture beyond its bytes: original, black parts, rows that show it, who added it.
import { z } from 'zod'
import { type Rectangle, rectangle } from '../../contract/console/pictures.ts'
import type { Books } from '../database/books.ts'
import type { BooksTables } from '../database/schema.ts'
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

export async function pictureByHash(books: Books, hash: string): Promise<PictureRecord | null> {
  return recordOf(await books.selectFrom('pictureFiles').selectAll().where('hash', '=', hash).executeTakeFirst())
}

/** The picture made from an original that came before, black parts and all. */
export async function pictureByOriginal(books: Books, original: string): Promise<PictureRecord | null> {
  const found = books.selectFrom('pictureFiles').selectAll().where('original', '=', original).orderBy('hash')
  return recordOf(await found.executeTakeFirst())
}

/** Writes it, in place of one with the same hash. */
export async function saveRecord(books: Books, record: PictureRecord): Promise<void> {
  const { hash, rectangles, targets, ...facts } = record
  const row = { ...facts, rectangles: JSON.stringify(rectangles), targets: JSON.stringify(targets) }
  await books
    .insertInto('pictureFiles')
    .values({ hash, ...row })
    .onConflict((on) => on.column('hash').doUpdateSet(row))
    .execute()
}

/** Keeps a picture's bytes, in place of those of the same hash. Nobody has looked, also where an undone import had them. */
export async function keepBytes(
  books: Books,
  { hash, ...picture }: Omit<BooksTables['pictures'], 'lookedBy' | 'lookedOn'>,
): Promise<void> {
  const row = { ...picture, lookedBy: '', lookedOn: null }
  await books
    .insertInto('pictures')
    .values({ hash, ...row })
    .onConflict((on) => on.column('hash').doUpdateSet(row))
    .execute()
}

/** The bytes as they would be published; null for an unknown picture. */
export async function bytesOf(books: Books, hash: string): Promise<Uint8Array | null> {
  const row = await books.selectFrom('pictures').select('bytes').where('hash', '=', hash).executeTakeFirst()
  return row?.bytes ?? null
}

export async function dropRecord(books: Books, hash: string): Promise<void> {
  await books.deleteFrom('pictureFiles').where('hash', '=', hash).execute()
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
