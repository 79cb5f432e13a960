// What a picture belongs to, and how it gets there: the image list of a ledger entry, the photos of a project.
import { type RawBuilder, type SqlBool, sql } from 'kysely'
import { z } from 'zod'
import { SunhallError } from '../../contract/errors.ts'
import type { Books } from '../database/books.ts'

export const STAGES = ['before', 'during', 'after'] as const
export const target = z.union([
  z.strictObject({ project: z.string().min(1), stage: z.enum(STAGES), date: z.string().nullable() }),
  z.strictObject({ village: z.string(), month: z.string(), voucher: z.string().min(1) }),
])
export type Target = z.infer<typeof target>
type Photo = { stage: string; media: string; date: string | null }

/** Lets the target's row show the picture; false where there is no such row. Doing it twice changes nothing. */
export function attach(books: Books, hash: string, to: Target): Promise<boolean> {
  return 'project' in to ? attachPhoto(books, hash, to) : attachInvoice(books, hash, to)
}

/** The newest row of a project is the one that counts. */
function projectRow(books: Books, code: string) {
  return books.selectFrom('projects').where('code', '=', code).orderBy('entry', 'desc').limit(1)
}

function ledgerRow(books: Books, { village, month, voucher }: Extract<Target, { voucher: string }>) {
  const rows = books.selectFrom('ledger').where('village', '=', village).where('month', '=', month)
  return rows.where('voucher', '=', voucher).orderBy('entry').limit(1)
}

async function attachPhoto(books: Books, hash: string, to: Extract<Target, { project: string }>): Promise<boolean> {
  const row = await projectRow(books, to.project).select(['entry', 'photos']).executeTakeFirst()
  if (row === undefined) return false
  const photos: Photo[] = JSON.parse(row.photos)
  if (photos.some(({ media }) => media === hash)) return true
  const photo: Photo = { stage: to.stage, media: hash, date: to.date }
  const inOrder = [...photos, photo].sort((a, b) => rank(a.stage) - rank(b.stage))
  await setPhotos(books, row.entry, inOrder)
  return true
}

function rank(stage: string): number {
  const order: readonly string[] = STAGES
  return order.indexOf(stage)
}

async function attachInvoice(books: Books, hash: string, to: Extract<Target, { voucher: string }>): Promise<boolean> {
  const row = await ledgerRow(books, to).select(['entry', 'images']).executeTakeFirst()
  if (row === undefined) return false
  const images: string[] = JSON.parse(row.images)
  if (!images.includes(hash)) await setImages(books, to.village, row.entry, [...images, hash])
  return true
}

async function setImages(books: Books, village: string, entry: number, images: readonly string[]): Promise<void> {
  await books
    .updateTable('ledger')
    .set({ images: JSON.stringify(images) })
    .where('village', '=', village)
    .where('entry', '=', entry)
    .execute()
}

async function setPhotos(books: Books, entry: number, photos: readonly Photo[]): Promise<void> {
  await books
    .updateTable('projects')
    .set({ photos: JSON.stringify(photos) })
    .where('entry', '=', entry)
    .execute()
}

/** True of rows whose list holds the hash, on either engine: without it the list would be another text. */
export function names(column: 'images' | 'photos', hash: string): RawBuilder<SqlBool> {
  const list = sql.ref(column)
  return sql<SqlBool>`${list} <> '[]' AND replace(${list}, ${hash}, '') <> ${list}`
}

/** Every row that showed `before` shows `after` instead. Gives back how many rows. */
export async function replaceEverywhere(books: Books, before: string, after: string): Promise<number> {
  const entries = await books
    .selectFrom('ledger')
    .select(['village', 'entry', 'images'])
    .where(names('images', before))
    .execute()
  for (const row of entries) {
    const images: string[] = JSON.parse(row.images)
    const now = images.map((image) => (image === before ? after : image))
    await setImages(books, row.village, row.entry, now)
  }
  const projects = await books
    .selectFrom('projects')
    .select(['entry', 'photos'])
    .where(names('photos', before))
    .execute()
  for (const row of projects) {
    const photos: Photo[] = JSON.parse(row.photos)
    const now = photos.map((photo) => (photo.media === before ? { ...photo, media: after } : photo))
    await setPhotos(books, row.entry, now)
  }
  return entries.length + projects.length
}

/** Caption from the row itself, never from the file's name: a name can hold a person or a number. */
export async function captionOf(books: Books, to: Target): Promise<string> {
  if ('project' in to) {
    const row = await projectRow(books, to.project).select('name').executeTakeFirst()
    const stage = { before: '施工前', during: '施工中', after: '完工后' }[to.stage]
    return `${row?.name ?? ''}（${stage}）`
  }
  const row = await ledgerRow(books, to).select('summary').executeTakeFirst()
  return `${row?.summary ?? ''}票据`
}

/** Errors: E-MISSING where no row of the books is meant. */
export async function requireTarget(books: Books, to: Target): Promise<void> {
  const rows = 'project' in to ? projectRow(books, to.project).select('entry') : ledgerRow(books, to).select('entry')
  if ((await rows.executeTakeFirst()) !== undefined) return
  const what = 'project' in to ? `project ${to.project}` : `voucher ${to.voucher} of ${to.village} in ${to.month}`
  throw new SunhallError('E-MISSING', `Expected ${what} in the books, found none; import it first, or correct the name`)
}
