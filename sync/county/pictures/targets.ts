// What a picture belongs to, and how it gets there: the image list of a ledger entry, the photos of a project.
import type { DatabaseSync } from 'node:sqlite'
import { z } from 'zod'
import { SunhallError } from '../../contract/errors.ts'

export const STAGES = ['before', 'during', 'after'] as const
export const target = z.union([
  z.strictObject({ project: z.string().min(1), stage: z.enum(STAGES), date: z.string().nullable() }),
  z.strictObject({ village: z.string(), month: z.string(), voucher: z.string().min(1) }),
])
export type Target = z.infer<typeof target>
type Photo = { stage: string; media: string; date: string | null }

/** Lets the target's row show the picture; false where there is no such row. Doing it twice changes nothing. */
export function attach(database: DatabaseSync, hash: string, to: Target): boolean {
  return 'project' in to ? attachPhoto(database, hash, to) : attachInvoice(database, hash, to)
}

function attachPhoto(database: DatabaseSync, hash: string, to: Extract<Target, { project: string }>): boolean {
  // The newest row of a project is the one that counts.
  const row = database
    .prepare('SELECT entry, photos FROM projects WHERE code = ? ORDER BY entry DESC LIMIT 1')
    .get(to.project)
  if (row === undefined) return false
  const photos: Photo[] = JSON.parse(String(row.photos))
  if (photos.some(({ media }) => media === hash)) return true
  const photo: Photo = { stage: to.stage, media: hash, date: to.date }
  const inOrder = [...photos, photo].sort((a, b) => rank(a.stage) - rank(b.stage))
  database.prepare('UPDATE projects SET photos = ? WHERE entry = ?').run(JSON.stringify(inOrder), Number(row.entry))
  return true
}

function rank(stage: string): number {
  const order: readonly string[] = STAGES
  return order.indexOf(stage)
}

function attachInvoice(database: DatabaseSync, hash: string, to: Extract<Target, { voucher: string }>): boolean {
  const row = database
    .prepare('SELECT entry, images FROM ledger WHERE village = ? AND month = ? AND voucher = ? ORDER BY entry LIMIT 1')
    .get(to.village, to.month, to.voucher)
  if (row === undefined) return false
  const images: string[] = JSON.parse(String(row.images))
  if (!images.includes(hash)) setImages(database, to.village, Number(row.entry), [...images, hash])
  return true
}

function setImages(database: DatabaseSync, village: string, entry: number, images: readonly string[]): void {
  database
    .prepare('UPDATE ledger SET images = ? WHERE village = ? AND entry = ?')
    .run(JSON.stringify(images), village, entry)
}

/** Every row that showed `before` shows `after` instead. Gives back how many rows. */
export function replaceEverywhere(database: DatabaseSync, before: string, after: string): number {
  let rows = 0
  const entries = database.prepare('SELECT village, entry, images FROM ledger WHERE instr(images, ?) > 0').all(before)
  for (const row of entries) {
    const images: string[] = JSON.parse(String(row.images))
    const now = images.map((image) => (image === before ? after : image))
    setImages(database, String(row.village), Number(row.entry), now)
    rows += 1
  }
  const projects = database.prepare('SELECT entry, photos FROM projects WHERE instr(photos, ?) > 0').all(before)
  for (const row of projects) {
    const photos: Photo[] = JSON.parse(String(row.photos))
    const now = photos.map((photo) => (photo.media === before ? { ...photo, media: after } : photo))
    database.prepare('UPDATE projects SET photos = ? WHERE entry = ?').run(JSON.stringify(now), Number(row.entry))
    rows += 1
  }
  return rows
}

/** Caption from the row itself, never from the file's name: a name can hold a person or a number. */
export function captionOf(database: DatabaseSync, to: Target): string {
  if ('project' in to) {
    const row = database.prepare('SELECT name FROM projects WHERE code = ? ORDER BY entry DESC LIMIT 1').get(to.project)
    const stage = { before: '施工前', during: '施工中', after: '完工后' }[to.stage]
    return `${String(row?.name ?? '')}（${stage}）`
  }
  const row = database
    .prepare('SELECT summary FROM ledger WHERE village = ? AND month = ? AND voucher = ? ORDER BY entry LIMIT 1')
    .get(to.village, to.month, to.voucher)
  return `${String(row?.summary ?? '')}票据`
}

/** Errors: E-MISSING where no row of the books is meant. */
export function requireTarget(database: DatabaseSync, to: Target): void {
  const [sql, ...keys] =
    'project' in to
      ? ['SELECT 1 FROM projects WHERE code = ?', to.project]
      : ['SELECT 1 FROM ledger WHERE village = ? AND month = ? AND voucher = ?', to.village, to.month, to.voucher]
  if (database.prepare(`${sql} LIMIT 1`).get(...keys) !== undefined) return
  const what = 'project' in to ? `project ${to.project}` : `voucher ${to.voucher} of ${to.village} in ${to.month}`
  throw new SunhallError('E-MISSING', `Expected ${what} in the books, found none; import it first, or correct the name`)
}
