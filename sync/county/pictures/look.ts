// The recorded look for numbers and faces, and the tool that blacks parts out. Only what somebody else than its importer has
// looked at is published (release/source.ts), and any change of the pixels asks for a new look.
//
//   added ─► waiting ─┬─► blacked out (new bytes, new hash) ─► waiting
//                     └─► looked at ─► in the next release        └ after a look too: the look is gone
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { MAX_RECTANGLES, type Rectangle } from '../../contract/console/pictures.ts'
import { SunhallError } from '../../contract/errors.ts'
import { hasAccounts } from '../accounts/account-list.ts'
import { type Actor, requireRole } from '../accounts/roles.ts'
import { appendAudit } from '../audit/audit.ts'
import { type Books, inTransaction } from '../database/books.ts'
import type { Office } from '../office.ts'
import { originalsOf } from './add.ts'
import { encodePicture } from './encode.ts'
import { requireVisible } from './list.ts'
import { bytesOf, dropRecord, keepBytes, type PictureRecord, pictureByHash, saveRecord } from './record.ts'
import { replaceEverywhere } from './targets.ts'

/**
 * Records that this person saw neither a number nor a face. Errors: E-MISSING for an unknown picture or another township's,
 * E-FORBIDDEN for another role and for whoever imported it, E-INPUT without a name.
 */
export async function lookAt(office: Office, hash: string, actor: Actor, now: Date): Promise<void> {
  requireRole(actor, 'reviewer')
  const service = await office.service()
  const books = await office.books()
  const row = await requireVisible(books, hash, actor)
  const name = actor.name || actor.login
  if (name === '') throw new SunhallError('E-INPUT', 'Expected who looked, got no name; add --by NAME or --as LOGIN')
  if ((await hasAccounts(service)) && isImporter(row, actor))
    throw new SunhallError(
      'E-FORBIDDEN',
      `Expected somebody else than ${name}, who imported this picture; a second person must look for numbers and faces`,
    )
  const looked = { lookedBy: name, lookedOn: now.toISOString().slice(0, 10) }
  await books.updateTable('pictures').set(looked).where('hash', '=', hash).execute()
  await appendAudit(service, { actor: actor.login, action: 'look', object: `picture ${hash}` }, now)
}

export function isImporter(row: { addedBy: string }, actor: Actor): boolean {
  return row.addedBy !== '' && row.addedBy === actor.login
}

/**
 * Burns the rectangles into the published picture, in place of those so far (none: as it came). The original in the office
 * stays. Gives back the new hash; rows that showed the picture show the new one, which nobody has looked at. Errors:
 * E-MISSING, E-FORBIDDEN, E-INPUT for rectangles outside the picture or too many.
 */
export async function blackOut(
  office: Office,
  hash: string,
  rectangles: readonly Rectangle[],
  actor: Actor,
  now: Date,
): Promise<string> {
  requireRole(actor, 'reviewer', 'operator')
  const books = await office.books()
  await requireVisible(books, hash, actor)
  const record = (await pictureByHash(books, hash)) ?? (await recordFor(office, hash, now))
  requireInside(rectangles, record)
  const original = readFileSync(join(originalsOf(office), record.original))
  const edge = Math.max(record.width, record.height)
  const encoded = await encodePicture(original, { rectangles, edge })
  if (encoded.hash === hash) return hash
  await inTransaction(books, (all) => replace(all, record, { ...encoded, rectangles }))
  const detail = { rectangles: rectangles.length, now: encoded.hash }
  const entry = { actor: actor.login, action: 'black-out', object: `picture ${hash}`, detail }
  await appendAudit(await office.service(), entry, now)
  return encoded.hash
}

async function replace(
  books: Books,
  record: PictureRecord,
  made: { hash: string; bytes: Uint8Array; rectangles: readonly Rectangle[] },
): Promise<void> {
  const { hash, bytes, rectangles } = made
  const before = books.selectFrom('pictures').select(['import', 'caption']).where('hash', '=', record.hash)
  const { import: id, caption } = (await before.executeTakeFirst()) ?? { import: 0, caption: '' }
  // What showed a number or a face must not wait in the books for a way out.
  await books.deleteFrom('pictures').where('hash', '=', record.hash).execute()
  await keepBytes(books, { hash, import: id, caption, bytes })
  await dropRecord(books, record.hash)
  await saveRecord(books, { ...record, hash, rectangles: [...rectangles] })
  await replaceEverywhere(books, record.hash, hash)
}

function requireInside(rectangles: readonly Rectangle[], { width, height }: PictureRecord): void {
  if (rectangles.length > MAX_RECTANGLES)
    throw new SunhallError('E-INPUT', `Expected at most ${MAX_RECTANGLES} rectangles, got ${rectangles.length}`)
  const outside = rectangles.find(({ left, top }) => left >= width || top >= height)
  if (outside === undefined) return
  throw new SunhallError(
    'E-INPUT',
    `Expected rectangles within ${width} × ${height} pixels, got one at ${outside.left}, ${outside.top}`,
  )
}

/** A picture that came without an original (the sample's): its own bytes are what later changes start from. */
async function recordFor(office: Office, hash: string, now: Date): Promise<PictureRecord> {
  const bytes = await bytesOf(await office.books(), hash)
  if (bytes === null) throw new SunhallError('E-MISSING', `Expected a picture, found none with ${hash}`)
  const { width, height } = await encodePicture(bytes)
  const original = `${createHash('sha256').update(bytes).digest('hex')}.webp`
  mkdirSync(originalsOf(office), { recursive: true, mode: 0o700 })
  const path = join(originalsOf(office), original)
  if (!existsSync(path)) writeFileSync(path, bytes, { mode: 0o600 })
  const nobody = { file: '', addedBy: '', addedName: '', addedAt: now.toISOString() }
  return { hash, original, width, height, rectangles: [], targets: [], ...nobody }
}
