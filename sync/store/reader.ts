// The reading side: one release, held for as long as the reader is open, every block hashed as it comes from disk.
//
//   rows ─► kept ─► bytes kept ─► read ─► hash right ─► decoded, kept
//                                  │ wrong or gone
//                                  └► tells the owner (BroadcastChannel) ─► mended within MEND_MS ─► read again
//                                        not mended in time └► E-DAMAGED: the screen offers to try again
//
// Invariants: P1 a reader never answers out of another release; P2 nothing unhashed is answered; P3 no network here.
import type { ReleaseRecord } from '../contract/release.ts'
import type { Hash, Kind, PlaceCode, Rows } from '../contract/rows.ts'
import { type BlockLeaf, COUNTY, type Dataset, type VillageNode } from '../contract/tree.ts'
import { createBlockShelf } from './block-shelf.ts'
import { openChannel, type StoreChannel, sameDamage } from './channel.ts'
import { DATABASE, type Database, guarded, openDatabase, ROOT_LOCK } from './database.ts'
import type { Damage, OpenReader } from './interface.ts'
import { createNodeShelf, DamageError } from './node-shelf.ts'
import { readPointer } from './pointer.ts'
import { hasHash } from './slices.ts'

/** How long a read waits for a damaged block to be fetched again, in ms. */
const MEND_MS = 1_500
/** What may be kept of what was read, in bytes: once of rows, once of blocks. The whole county's blocks weigh 12 MB. */
const CACHE_BYTES = 16 * 1024 * 1024
/** Damaged blocks that one read may meet and have mended. */
const MEND_TRIES = 8

export interface ReaderOptions {
  /** Name of the database; tests take their own. */
  database?: string
  cacheBytes?: number
  mendMs?: number
}

/** Opens what is shown; null before the first part of a first load. Errors: E-STORE. */
export async function openReader(options: ReaderOptions = {}): Promise<OpenReader | null> {
  const name = options.database ?? DATABASE
  const database = await openDatabase(name)
  let reader: OpenReader | null = null
  try {
    reader = await readerOf(database, options)
  } finally {
    if (reader === null) database.dexie.close()
  }
  return reader === null ? null : closing(reader, database)
}

function closing(reader: OpenReader, database: Database): OpenReader {
  return {
    ...reader,
    close() {
      reader.close()
      database.dexie.close()
    },
  }
}

/** A reader over a database that stays its opener's. */
export async function readerOf(database: Database, options: ReaderOptions = {}): Promise<OpenReader | null> {
  const held = await holdShown(database)
  if (held === null) return null
  return createReader(database, held, options)
}

interface Held {
  record: ReleaseRecord
  parts: PlaceCode[]
  release: () => void
}

/**
 * Takes the lock of the shown root first and looks again afterwards: either the pointer still stands and cleaning sees
 * the lock, or it has moved and the next one is taken. So cleaning never pulls a root from under a reader (P1).
 */
async function holdShown(database: Database): Promise<Held | null> {
  for (;;) {
    const { shown } = await guarded(() => readPointer(database))
    if (shown === null) return null
    const release = await holdRoot(database.dexie.name, shown.root)
    let isHeld = false
    try {
      const again = await guarded(() => readPointer(database))
      isHeld = again.shown?.root === shown.root
      if (again.shown !== null && isHeld) return { record: again.shown, parts: again.shownParts, release }
    } finally {
      // The store may be closed at this very moment: a lock that nobody releases would pin an old release for good.
      if (!isHeld) release()
    }
  }
}

function holdRoot(database: string, root: Hash): Promise<() => void> {
  return new Promise((taken, failed) => {
    const held = navigator.locks.request(
      `${database}:${ROOT_LOCK}${root}`,
      { mode: 'shared' },
      () => new Promise<void>((release) => taken(release)),
    )
    held.catch(failed)
  })
}

function createReader(database: Database, held: Held, options: ReaderOptions): OpenReader {
  const { record } = held
  const shelf = createNodeShelf(database, record)
  const channel = openChannel(database.dexie.name)
  const blocks = createBlockShelf(database, record.root, shelf, options.cacheBytes ?? CACHE_BYTES)
  const parts = new Set(held.parts)
  // Every question begins at the root, which lies with the county's nodes.
  shelf.warm(COUNTY)
  const mend = <T>(read: () => Promise<T>): Promise<T> => mending(read, channel, options.mendMs ?? MEND_MS)

  const chosen = (node: VillageNode, kind: Kind, wanted: readonly number[]): BlockLeaf[] =>
    wanted.flatMap((at) => node.blocks.slice(at, at + 1)).filter((leaf) => leaf[0] === kind)
  async function rowsAt<K extends Kind>(node: VillageNode, kind: K, wanted: readonly number[]): Promise<Rows[K][]> {
    return mend(() => guarded(() => blocks.rows(node, kind, chosen(node, kind, wanted))))
  }
  return {
    record,
    parts,
    async village(dataset: Dataset, part: PlaceCode, village: PlaceCode | '') {
      if (!parts.has(part)) return null
      return mend(() => guarded(() => shelf.village(dataset, part, village)))
    },
    rows<K extends Kind>(node: VillageNode, kind: K, period?: string): Promise<Rows[K][]> {
      const leaves = node.blocks.flatMap((leaf, at) =>
        leaf[0] === kind && (period === undefined || leaf[1] === period) ? [at] : [],
      )
      return rowsAt(node, kind, leaves)
    },
    rowsAt,
    async rowsWith(node, kind, wanted, leaves) {
      const own = leaves === undefined ? node.blocks.filter((leaf) => leaf[0] === kind) : chosen(node, kind, leaves)
      return mend(() => guarded(() => blocks.rowsWith(node, kind, own, wanted)))
    },
    async media(hash: Hash) {
      const bytes = await guarded(() => database.media.get(hash))
      // A damaged picture is as good as none: the next slot fetches it again (P10).
      return (await hasHash(bytes, hash)) ? (bytes ?? null) : null
    },
    close() {
      held.release()
      blocks.clear()
      channel.close()
    },
  }
}

/** Reads; where that meets damage, asks the owner to mend it and reads again (P10). */
async function mending<T>(read: () => Promise<T>, channel: StoreChannel, ms: number): Promise<T> {
  for (let left = MEND_TRIES; ; left -= 1) {
    try {
      return await read()
    } catch (error) {
      if (left === 0 || !(error instanceof DamageError) || !(await mended(error.damage, channel, ms))) throw error
    }
  }
}

function mended(damage: Damage, channel: StoreChannel, ms: number): Promise<boolean> {
  return new Promise((done) => {
    const finish = (well: boolean): void => {
      clearTimeout(timer)
      stop()
      done(well)
    }
    const timer = setTimeout(() => finish(false), ms)
    const stop = channel.listen((heard) => {
      if (heard.type === 'repaired' && sameDamage(heard.damage, damage)) finish(true)
    })
    channel.post({ type: 'damaged', damage })
  })
}
