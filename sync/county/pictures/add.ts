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
import { countOf, inTransaction } from '../database/database.ts'
import type { Office } from '../office.ts'
import { type Encoded, encodePicture, kindOf } from './encode.ts'
import { PicturePlacer, type Placed } from './names.ts'
import { pictureByOriginal, saveRecord } from './record.ts'
import { type GivenNames, mappingIn, type PictureSource, sourcesOf } from './sources.ts'
import { createPictureTables } from './tables.ts'
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
  const { database } = office
  createPictureTables(database)
  const placer = new PicturePlacer(database, options.mapping ?? (await mappingIn(options.paths)))
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
    const report = inTransaction(database, () => keep(office, prepared, aside, options))
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
    requireTarget(office.database, placed.value.target)
    requireOwn(office, placed.value, actor)
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
function requireOwn({ database }: Office, { target }: Placed, actor: Actor): void {
  if (actor.township === null) return
  const place =
    'project' in target
      ? String(database.prepare('SELECT village FROM projects WHERE code = ?').get(target.project)?.village ?? '')
      : target.village
  if (!place.startsWith(actor.township)) throw new SunhallError('E-FORBIDDEN', '不是本乡镇的凭证或项目')
}

function keep(
  office: Office,
  prepared: readonly Prepared[],
  aside: string,
  options: AddOptions,
): Omit<AddReport, 'refused'> {
  const { database } = office
  const id = countOf(database, 'SELECT max(id) FROM imports') + 1
  let [added, known] = [0, 0]
  for (const one of prepared) {
    if (addOne(office, one, { id, aside, ...options })) added += 1
    else known += 1
  }
  if (added === 0) return { import: 0, added, known }
  database
    .prepare(
      `INSERT INTO imports (id, "table", file, sha256, encoding, accepted, refused, duplicates, at, by, sample)
       VALUES (?, 'pictures', ?, '', '', ?, 0, ?, ?, ?, 0)`,
    )
    .run(
      id,
      `${prepared[0]?.file ?? ''}${prepared.length > 1 ? ` 等${prepared.length}张` : ''}`,
      added,
      known,
      options.now.toISOString(),
      options.actor.name || options.actor.login,
    )
  return { import: id, added, known }
}

/** True for a new picture. One that came before is hung on the further row, black parts and look as they are. */
function addOne(
  office: Office,
  one: Prepared,
  { id, aside, actor, now }: Pick<AddOptions, 'actor' | 'now'> & { id: number; aside: string },
): boolean {
  const { database } = office
  const { target, caption } = one.placed
  const before = pictureByOriginal(database, one.original)
  if (before !== null && countOf(database, 'SELECT count(*) FROM pictures WHERE hash = ?', before.hash) > 0) {
    attach(database, before.hash, target)
    saveRecord(database, { ...before, targets: [...before.targets, target] })
    return false
  }
  const folder = originalsOf(office)
  if (!existsSync(join(folder, one.original))) renameSync(join(aside, one.original), join(folder, one.original))
  const bytes = readFileSync(join(aside, one.hash))
  const words = caption === '' ? captionOf(database, target) : caption
  // Nobody has looked, also where an undone import had the same picture.
  database.prepare("INSERT OR REPLACE INTO pictures VALUES (?, ?, ?, ?, '', NULL)").run(one.hash, id, words, bytes)
  attach(database, one.hash, target)
  const { hash, original, file, width, height } = one
  const added = { addedBy: actor.login, addedName: actor.name, addedAt: now.toISOString() }
  saveRecord(database, { hash, original, file, width, height, rectangles: [], targets: [target], ...added })
  return true
}
