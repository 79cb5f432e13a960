// Pictures as the console and the command line list them: what waits for a look first, each with the rows that show it.
import type { DatabaseSync } from 'node:sqlite'
import type { PictureList, PictureView } from '../../contract/console/pictures.ts'
import { SunhallError } from '../../contract/errors.ts'
import type { Actor } from '../accounts/roles.ts'
import { countOf } from '../database/database.ts'
import { pictureByHash, recordOf } from './record.ts'
import { createPictureTables } from './tables.ts'
import { attach } from './targets.ts'

export interface ListFilter {
  state: 'waiting' | 'looked'
  offset: number
  limit: number
}

/** `strict`: whoever imported a picture may not look at it (an office with accounts). */
export function listPictures(database: DatabaseSync, filter: ListFilter, actor: Actor, strict: boolean): PictureList {
  createPictureTables(database)
  const where = `(lookedBy <> '') = ?`
  const rows = database
    .prepare(
      `SELECT p.hash, p.import, p.caption, length(p.bytes) AS bytes, p.lookedBy, p.lookedOn, i.published
       FROM pictures p LEFT JOIN imports i ON i.id = p.import WHERE ${where} ORDER BY p.import, p.hash`,
    )
    .all(filter.state === 'looked' ? 1 : 0)
  const shown = new ShownBy(database)
  const visible = rows.filter((row) => shown.isVisible(String(row.hash), actor.township))
  const views = visible
    .slice(filter.offset, filter.offset + filter.limit)
    .map((row) => viewOf(database, row, shown, actor, strict))
  const all = (looked: number): number => countOf(database, `SELECT count(*) FROM pictures WHERE ${where}`, looked)
  if (actor.township === null) return { waiting: all(0), looked: all(1), pictures: views }
  const [waiting, looked] = filter.state === 'waiting' ? [visible.length, 0] : [0, visible.length]
  return { waiting, looked, pictures: views }
}

function viewOf(
  database: DatabaseSync,
  row: { readonly [column: string]: unknown },
  shown: ShownBy,
  actor: Actor,
  strict: boolean,
): PictureView {
  const hash = String(row.hash)
  const record = pictureByHash(database, hash)
  const own = strict && record !== null && record.addedBy !== '' && record.addedBy === actor.login
  return {
    hash,
    caption: String(row.caption),
    file: record?.file ?? '',
    width: record?.width ?? 0,
    height: record?.height ?? 0,
    bytes: Number(row.bytes),
    rectangles: record?.rectangles ?? [],
    shownBy: shown.wordsOf(hash),
    import: Number(row.import),
    addedName: record?.addedName ?? '',
    addedAt: record?.addedAt ?? '',
    lookedBy: String(row.lookedBy),
    lookedOn: typeof row.lookedOn === 'string' ? row.lookedOn : null,
    published: typeof row.published === 'number' ? row.published : null,
    mayLook: !own,
  }
}

/** Rows that show pictures, read once for a list. */
class ShownBy {
  readonly #rows = new Map<string, { place: string; words: string }[]>()

  constructor(database: DatabaseSync) {
    const names = new Map(
      database
        .prepare('SELECT code, name FROM places ORDER BY entry')
        .all()
        .map((row) => [String(row.code), String(row.name)]),
    )
    const placeOf = (code: string): string =>
      `${names.get(code.slice(0, 9)) ?? ''} ${code.length > 9 ? (names.get(code) ?? code) : ''}`.trim()
    for (const row of database
      .prepare(`SELECT village, month, voucher, images FROM ledger WHERE images <> '[]'`)
      .iterate()) {
      const village = String(row.village)
      const images: string[] = JSON.parse(String(row.images))
      for (const hash of images) this.#add(hash, village, `${placeOf(village)} ${row.month} ${row.voucher}`)
    }
    for (const row of database
      .prepare(`SELECT village, code, name, photos FROM projects WHERE photos <> '[]'`)
      .iterate()) {
      const photos: { media: string }[] = JSON.parse(String(row.photos))
      for (const { media } of photos) this.#add(media, String(row.village), `${row.code} ${row.name}`)
    }
  }

  wordsOf(hash: string): string[] {
    return (this.#rows.get(hash) ?? []).slice(0, 20).map(({ words }) => words)
  }

  isVisible(hash: string, township: string | null): boolean {
    return township === null || (this.#rows.get(hash) ?? []).some(({ place }) => place.startsWith(township))
  }

  #add(hash: string, place: string, words: string): void {
    const known = this.#rows.get(hash)
    if (known === undefined) this.#rows.set(hash, [{ place, words }])
    else known.push({ place, words })
  }
}

/** The picture's record for this person. Errors: E-MISSING for an unknown one or another township's. */
export function requireVisible(database: DatabaseSync, hash: string, actor: Actor): { addedBy: string } {
  createPictureTables(database)
  const row = database.prepare('SELECT 1 FROM pictures WHERE hash = ?').get(hash)
  if (row === undefined || (actor.township !== null && !isShownIn(database, hash, actor.township)))
    throw new SunhallError('E-MISSING', `Expected the hash of a picture, got "${hash.slice(0, 64)}"; see "pictures"`)
  return { addedBy: pictureByHash(database, hash)?.addedBy ?? '' }
}

/** Asked for every picture of a page: reads one township's rows, not the county's. */
function isShownIn(database: DatabaseSync, hash: string, township: string): boolean {
  const found = database
    .prepare(
      `SELECT 1 FROM ledger WHERE village BETWEEN ?1 AND ?1 || '999' AND instr(images, ?2) > 0
       UNION ALL SELECT 1 FROM projects WHERE village BETWEEN ?1 AND ?1 || '999' AND instr(photos, ?2) > 0 LIMIT 1`,
    )
    .get(township, hash)
  return found !== undefined
}

/**
 * Hangs every picture on its row again, as after a ledger was taken back and imported anew. Cheap where all hang. Gives back
 * how many pictures have a row.
 */
export function rehang(database: DatabaseSync): number {
  createPictureTables(database)
  let hung = 0
  for (const row of database.prepare('SELECT f.* FROM pictureFiles f JOIN pictures p ON p.hash = f.hash').all()) {
    const record = recordOf(row)
    for (const target of record?.targets ?? []) if (attach(database, record?.hash ?? '', target)) hung += 1
  }
  return hung
}
