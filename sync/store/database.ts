// The database behind the store: its tables, how it is opened, and how IndexedDB's errors become ours.
//
//   bundles a number        → blocks of a village  one record instead of a dozen: what is read and written together
//   blocks  hash            → raw bytes            single blocks: a part's own, mended ones, those of a broken-off load
//   parts   root/part       → texts of its nodes, homes of its blocks; written with the last of them, never before
//   media   hash            → picture bytes
//   meta    'pointer'       → Pointer              what is shown; moved in one small strict transaction (P1)
import Dexie, { type Table } from 'dexie'
import { SunhallError } from '../contract/errors.ts'
import type { Hash, PlaceCode } from '../contract/rows.ts'

export const DATABASE = 'sunhall'
/** Held by the one owner who writes. */
export const OWNER_LOCK = 'sunhall-store'
/** Held (shared) by each open reader, with its root behind it: cleaning spares such a root. */
export const ROOT_LOCK = 'sunhall-root-'

export interface StoredPart {
  nodes: string[]
  /**
   * For each node the home of each of its blocks, in the order of its leaves: the number of a bundle, LOOSE for a record of
   * its own. Releases stored before there were bundles (2026-11) have none: all their blocks are loose.
   */
  homes?: number[][]
}
/** Home of a block that lies in `blocks`. Bundles count from 1. */
export const LOOSE = 0
/** Blocks of one village, one after the other. */
export interface Bundle {
  /** [hash, length in bytes] of each. */
  blocks: (readonly [Hash, number])[]
  bytes: Uint8Array<ArrayBuffer>
}
export interface Database {
  readonly dexie: Dexie
  readonly bundles: Table<Bundle, number>
  readonly blocks: Table<Uint8Array<ArrayBuffer>, Hash>
  readonly parts: Table<StoredPart, string>
  readonly media: Table<Uint8Array<ArrayBuffer>, Hash>
  readonly meta: Table<unknown, string>
}

export function partKey(root: Hash, part: PlaceCode): string {
  return `${root}/${part}`
}

/** Names of the database and of all that belongs to it; tests take another than DATABASE. */
export async function openDatabase(name: string): Promise<Database> {
  try {
    return await open(name)
  } catch (first) {
    // Everything in it can be fetched again from the host's mirror, so a database that can't be opened is not mourned
    // (P10). Two tries, since "blocked" and a full disk pass by themselves.
    if (isPassing(first)) throw storeError(first)
  }
  try {
    await Dexie.delete(name)
    return await open(name)
  } catch (second) {
    throw storeError(second)
  }
}

async function open(name: string): Promise<Database> {
  // The default of Chromium is relaxed; a release that is said to be stored must survive a pulled plug (P1).
  const dexie = new Dexie(name, { chromeTransactionDurability: 'strict', cache: 'disabled', autoOpen: false })
  dexie.version(1).stores({ blocks: '', parts: '', media: '', meta: '' })
  // What version 1 stored stays as it is and is read: blocks without a bundle are loose.
  dexie.version(2).stores({ bundles: '++' })
  // Another page wants to delete or upgrade it: let go, so that it doesn't wait for us.
  dexie.on('versionchange', () => dexie.close())
  await dexie.open()
  return {
    dexie,
    bundles: dexie.table('bundles'),
    blocks: dexie.table('blocks'),
    parts: dexie.table('parts'),
    media: dexie.table('media'),
    meta: dexie.table('meta'),
  }
}

function isPassing(error: unknown): boolean {
  return nameOf(error) === 'QuotaExceededError' || nameOf(error) === 'AbortError'
}

function nameOf(error: unknown): string {
  if (!(error instanceof Error || error instanceof DOMException)) return ''
  const inner: unknown = Reflect.get(error, 'inner')
  return error.name === 'AbortError' && inner instanceof Error ? inner.name : error.name
}

/** Ours for whatever IndexedDB or Dexie threw: E-QUOTA for a full disk, else E-STORE; our own pass through. */
export function storeError(cause: unknown): SunhallError {
  if (cause instanceof SunhallError) return cause
  if (nameOf(cause) === 'QuotaExceededError' || /quota/i.test(String(cause))) {
    return new SunhallError('E-QUOTA', 'Expected room for the release on the disk, found none; free some space', {
      cause,
    })
  }
  const what = cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause)
  return new SunhallError('E-STORE', `Expected the browser's database to answer, got ${what}; restart the terminal`, {
    cause,
  })
}

/** Runs one piece of work on the database and turns its errors into ours. */
export async function guarded<T>(work: () => PromiseLike<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw storeError(error)
  }
}
