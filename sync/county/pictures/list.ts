// Pictures as the console and the command line list them: what waits for a look first, each with the rows that show it.
import { sql } from 'kysely'
import type { PictureList, PictureView } from '../../contract/console/pictures.ts'
import { SunhallError } from '../../contract/errors.ts'
import type { Actor } from '../accounts/roles.ts'
import type { Books } from '../database/books.ts'
import { countOf, type Row, rowsOf } from '../database/query.ts'
import { type PictureRecord, pictureByHash, recordOf } from './record.ts'
import { attach, names } from './targets.ts'

export interface ListFilter {
  state: 'waiting' | 'looked'
  offset: number
  limit: number
}

/** `strict`: whoever imported a picture may not look at it (an office with accounts). */
export async function listPictures(
  books: Books,
  filter: ListFilter,
  actor: Actor,
  strict: boolean,
): Promise<PictureList> {
  const rows = await rowsOf(
    books,
    sql`SELECT p.hash, p.import, p.caption, length(p.bytes) AS bytes, p."lookedBy", p."lookedOn", i.published
       FROM pictures p LEFT JOIN imports i ON i.id = p.import WHERE ${STATES[filter.state]} ORDER BY p.import, p.hash`,
  )
  const shown = await ShownBy.open(books)
  const visible = rows.filter((row) => shown.isVisible(String(row.hash), actor.township))
  const views: PictureView[] = []
  for (const row of visible.slice(filter.offset, filter.offset + filter.limit))
    views.push(viewOf(await pictureByHash(books, String(row.hash)), row, shown, actor, strict))
  const all = (state: keyof typeof STATES): Promise<number> =>
    countOf(books, sql`SELECT count(*) FROM pictures WHERE ${STATES[state]}`)
  if (actor.township === null) return { waiting: await all('waiting'), looked: await all('looked'), pictures: views }
  const [waiting, looked] = filter.state === 'waiting' ? [visible.length, 0] : [0, visible.length]
  return { waiting, looked, pictures: views }
}

const STATES = { waiting: sql`"lookedBy" = ''`, looked: sql`"lookedBy" <> ''` }

function viewOf(record: PictureRecord | null, row: Row, shown: ShownBy, actor: Actor, strict: boolean): PictureView {
  const hash = String(row.hash)
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

  private constructor() {}

  static async open(books: Books): Promise<ShownBy> {
    const shown = new ShownBy()
    const places = await books.selectFrom('places').select(['code', 'name']).orderBy('entry').execute()
    const names = new Map(places.map(({ code, name }) => [code, name]))
    const placeOf = (code: string): string =>
      `${names.get(code.slice(0, 9)) ?? ''} ${code.length > 9 ? (names.get(code) ?? code) : ''}`.trim()
    const vouchers = await books
      .selectFrom('ledger')
      .select(['village', 'month', 'voucher', 'images'])
      .where('images', '<>', '[]')
      .orderBy('village')
      .orderBy('entry')
      .execute()
    for (const { village, month, voucher, images } of vouchers) {
      const hashes: string[] = JSON.parse(images)
      for (const hash of hashes) shown.#add(hash, village, `${placeOf(village)} ${month} ${voucher}`)
    }
    const projects = await books
      .selectFrom('projects')
      .select(['village', 'code', 'name', 'photos'])
      .where('photos', '<>', '[]')
      .orderBy('entry')
      .execute()
    for (const { village, code, name, photos } of projects) {
      const taken: { media: string }[] = JSON.parse(photos)
      for (const { media } of taken) shown.#add(media, village, `${code} ${name}`)
    }
    return shown
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
export async function requireVisible(books: Books, hash: string, actor: Actor): Promise<{ addedBy: string }> {
  const known = await books.selectFrom('pictures').select('hash').where('hash', '=', hash).executeTakeFirst()
  if (known === undefined || (actor.township !== null && !(await isShownIn(books, hash, actor.township))))
    throw new SunhallError('E-MISSING', `Expected the hash of a picture, got "${hash.slice(0, 64)}"; see "pictures"`)
  return { addedBy: (await pictureByHash(books, hash))?.addedBy ?? '' }
}

/** Asked for every picture of a page: reads one township's rows, not the county's. */
async function isShownIn(books: Books, hash: string, township: string): Promise<boolean> {
  const inside = sql`village BETWEEN ${township} AND ${`${township}999`}`
  const found = await rowsOf(
    books,
    sql`SELECT 1 FROM ledger WHERE ${inside} AND ${names('images', hash)}
       UNION ALL SELECT 1 FROM projects WHERE ${inside} AND ${names('photos', hash)} LIMIT 1`,
  )
  return found.length > 0
}

/**
 * Hangs every picture on its row again, as after a ledger was taken back and imported anew. Cheap where all hang. Gives back
 * how many pictures have a row.
 */
export async function rehang(books: Books): Promise<number> {
  let hung = 0
  const rows = await rowsOf(books, sql`SELECT f.* FROM "pictureFiles" f JOIN pictures p ON p.hash = f.hash`)
  for (const row of rows) {
    const record = recordOf(row)
    for (const target of record?.targets ?? []) if (await attach(books, record?.hash ?? '', target)) hung += 1
  }
  return hung
}
