// Takes pictures in: each is decoded, made publishable, hung on its row, and kept unpublished until somebody has looked.
//
//   file ─► place by its name ─► decode, upright, no EXIF, WebP ─► aside ─► one transaction: pictures, rows, originals
//              └─► refused with its reason                          └─► a broken-off import leaves nothing in the books
import { createHash, randomUUID } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { AddReport } from '../../contract/console/pictures.ts'
import { messageOf, SunhallError } from '../../contract/errors.ts'
import type { Actor } from '../accounts/roles.ts'
import { requireRole } from '../accounts/roles.ts'
import { appendAudit } from '../audit/audit.ts'
import { type Books, inTransaction } from '../database/books.ts'
import { addImport, nextImport } from '../import/add-import.ts'
import type { Office } from '../office.ts'
import { type Encoded, encodePicture, kindOf } from './encode.ts'
import { PicturePlacer, type Placed } from './names.ts'
import { keepBytes, pictureByOriginal, saveRecord } from './record.ts'
import { type GivenNames, mappingIn, type PictureSource, sourcesOf } from './sources.ts'
import { attach, captionOf, requireTarget } from './targets.ts'

export interface AddOptions {
  /** Pictures, folders or zips. */
  paths: readonly string[]
  /** Text of a mapping file (文件、项目编号、阶段、村、月份、凭证号、说明); null for the one inside, 对照表.csv, if any. */
  mapping: string | null
  /** What an uploaded file was called, by its path: that says where it belongs. */
  names?: GivenNames
  actor: Actor
  now: Date
}

interface Prepared extends Omit<Encoded, 'bytes'> {
  file: string
  placed: Placed
  original: string
}

/** Where originals lie: in the office only, never distributed. */
export function originalsOf(office: Office): string {
  return join(office.folder, 'pictures')
}

/** Errors: E-INPUT when nothing can be read as a whole; a single bad picture is refused in the report. */
export async function addPictures(
  office: Office,
  options: AddOptions,
  step: (done: number) => void = () => undefined,
): Promise<AddReport> {
  requireRole(options.actor, 'operator')
  const books = await office.books()
  const placer = await PicturePlacer.open(books, options.mapping ?? (await mappingIn(options.paths)))
  const aside = join(originalsOf(office), `aside-${randomUUID()}`)
  mkdirSync(aside, { recursive: true, mode: 0o700 })
  try {
    const refused: AddReport['refused'] = []
    const prepared: Prepared[] = []
    let done = 0
    for await (const source of sourcesOf(options.paths, options.names)) {
      const taken = await prepare(office, placer, source, { aside, actor: options.actor })
      if ('reason' in taken) refused.push({ file: source.name, reason: taken.reason })
      else prepared.push(taken)
      done += 1
      step(done)
    }
    const folder = originalsOf(office)
    const report = await inTransaction(books, (all) => keep(all, prepared, { folder, aside, ...options }))
    const detail = { added: report.added, known: report.known, refused: refused.length }
    const object = report.import > 0 ? `import ${report.import}` : 'pictures'
    await appendAudit(
      await office.service(),
      { actor: options.actor.login, action: 'add-pictures', object, detail },
      options.now,
    )
    return { ...report, refused }
  } finally {
    rmSync(aside, { recursive: true, force: true })
  }
}

async function prepare(
  office: Office,
  placer: PicturePlacer,
  { name, bytes }: PictureSource,
  { aside, actor }: { aside: string; actor: Actor },
): Promise<Prepared | { reason: string }> {
  if (bytes === null) return { reason: '文件太大（最多 40 MB）' }
  const placed = placer.place(name)
  if (!placed.ok) return { reason: placed.reason }
  const kind = kindOf(bytes)
  if (kind === null) return { reason: '不是 JPEG、PNG 或 WebP 图片' }
  try {
    await requireTarget(await office.books(), placed.value.target)
    await requireOwn(office, placed.value, actor)
    const encoded = await encodePicture(bytes)
    const original = `${createHash('sha256').update(bytes).digest('hex')}.${kind}`
    writeFileSync(join(aside, original), bytes, { mode: 0o600 })
    writeFileSync(join(aside, encoded.hash), encoded.bytes, { mode: 0o600 })
    const { hash, width, height } = encoded
    return { hash, width, height, original, file: name, placed: placed.value }
  } catch (error) {
    if (!(error instanceof SunhallError)) throw error
    return { reason: error.code === 'E-MISSING' ? '账里没有这张图片所属的凭证或项目' : messageOf(error) }
  }
}

/** A township's account hangs pictures on its own places' rows only. Errors: E-FORBIDDEN. */
async function requireOwn(office: Office, { target }: Placed, actor: Actor): Promise<void> {
  if (actor.township === null) return
  const place = 'project' in target ? await villageOf(await office.books(), target.project) : target.village
  if (!place.startsWith(actor.township)) throw new SunhallError('E-FORBIDDEN', '不是本乡镇的凭证或项目')
}

async function villageOf(books: Books, project: string): Promise<string> {
  const rows = books.selectFrom('projects').select('village').where('code', '=', project).orderBy('entry', 'desc')
  return (await rows.executeTakeFirst())?.village ?? ''
}

interface Keeping extends AddOptions {
  /** Where originals lie, and where they wait. */
  folder: string
  aside: string
}

async function keep(
  books: Books,
  prepared: readonly Prepared[],
  options: Keeping,
): Promise<Omit<AddReport, 'refused'>> {
  const id = await nextImport(books)
  let [added, known] = [0, 0]
  for (const one of prepared) {
    if (await addOne(books, one, id, options)) added += 1
    else known += 1
  }
  if (added === 0) return { import: 0, added, known }
  const file = `${prepared[0]?.file ?? ''}${prepared.length > 1 ? ` 等${prepared.length}张` : ''}`
  const counts = { accepted: added, refused: 0, duplicates: known, sample: 0 }
  const by = options.actor.name || options.actor.login
  const nothing = { sha256: '', encoding: '', origin: null }
  await addImport(books, { id, table: 'pictures', file, ...counts, by, now: options.now, ...nothing })
  return { import: id, added, known }
}

/** True for a new picture. One that came before is hung on the further row, black parts and look as they are. */
async function addOne(books: Books, one: Prepared, id: number, options: Keeping): Promise<boolean> {
  const { folder, aside, actor, now } = options
  const { target, caption } = one.placed
  const before = await pictureByOriginal(books, one.original)
  if (before !== null && (await isKept(books, before.hash))) {
    await attach(books, before.hash, target)
    await saveRecord(books, { ...before, targets: [...before.targets, target] })
    return false
  }
  if (!existsSync(join(folder, one.original))) renameSync(join(aside, one.original), join(folder, one.original))
  const bytes = readFileSync(join(aside, one.hash))
  const words = caption === '' ? await captionOf(books, target) : caption
  await keepBytes(books, { hash: one.hash, import: id, caption: words, bytes })
  await attach(books, one.hash, target)
  const { hash, original, file, width, height } = one
  const added = { addedBy: actor.login, addedName: actor.name, addedAt: now.toISOString() }
  await saveRecord(books, { hash, original, file, width, height, rectangles: [], targets: [target], ...added })
  return true
}

async function isKept(books: Books, hash: string): Promise<boolean> {
  const row = await books.selectFrom('pictures').select('hash').where('hash', '=', hash).executeTakeFirst()
  return row !== undefined
}
