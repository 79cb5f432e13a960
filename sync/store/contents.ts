// Where the blocks of stored releases lie, and their bytes: what the owner needs who writes the next release.
import type { ReleaseRecord } from '../contract/release.ts'
import type { Hash, PlaceCode } from '../contract/rows.ts'
import { leafHashes } from '../core/node-texts.ts'
import { blocksIn, bytesIn, homesOf } from './bundles.ts'
import { type Cache, createCache } from './cache.ts'
import { type Database, LOOSE, partKey, type StoredPart } from './database.ts'
import { textsIn } from './node-shelf.ts'
import { readPointer } from './pointer.ts'

/** A block and its home. */
export type Housed = readonly [Hash, number]

/** What is stored of a release's parts, not verified; a part that isn't stored has no nodes. */
export interface Contents {
  texts: ReadonlyMap<PlaceCode, string[]>
  stored: readonly StoredPart[]
  /** Homes of the blocks of these parts; of all of them where none are given. */
  homes(parts?: readonly PlaceCode[]): ReadonlyMap<Hash, number>
}
const NONE: ReadonlyMap<Hash, number> = new Map()

async function contentsOf(database: Database, record: ReleaseRecord): Promise<Contents> {
  const codes = Object.keys(record.packs)
  const stored = await database.parts.bulkGet(codes.map((part) => partKey(record.root, part)))
  const parts = new Map(
    codes.map((part, at): [PlaceCode, StoredPart] => [part, { ...stored[at], nodes: textsIn(stored[at]) ?? [] }]),
  )
  const known = new Map<string, ReadonlyMap<Hash, number>>()
  return {
    stored: [...parts.values()],
    texts: new Map(Array.from(parts, ([part, { nodes }]) => [part, nodes])),
    homes(wanted = codes) {
      const key = [...wanted].join()
      const homes =
        known.get(key) ??
        new Map([...parts].flatMap(([code, part]) => (wanted.includes(code) ? [...homesOf(part)] : [])))
      known.set(key, homes)
      return homes
    },
  }
}

/** Bytes of bundles kept during a load: a patch asks its villages for one kind of blocks after the other. */
const KEPT_BYTES = 24 * 1024 * 1024

export type KeptBundles = Cache<ReadonlyMap<Hash, Uint8Array>>

export interface Keeper {
  bundles: KeptBundles
  /** Of a release. Kept until something is written, since one load asks for the same several times. */
  of(record: ReleaseRecord): Promise<Contents>
  /** Homes in what is shown; where those don't hold all of the blocks, in the release before, too. */
  homesFor(hashes: readonly Hash[]): Promise<ReadonlyMap<Hash, number>>
  forget(): void
}

export function createKeeper(database: Database): Keeper {
  const kept = new Map<Hash, Contents>()
  const bundles: KeptBundles = createCache(KEPT_BYTES)
  const of = async (record: ReleaseRecord): Promise<Contents> => {
    const contents = kept.get(record.root) ?? (await contentsOf(database, record))
    kept.set(record.root, contents)
    return contents
  }
  return {
    bundles,
    of,
    async homesFor(hashes) {
      const { shown, previous } = await readPointer(database)
      const homes = shown === null ? NONE : (await of(shown)).homes()
      if (previous === null || hashes.every((hash) => homes.has(hash))) return homes
      return new Map([...(await of(previous)).homes(), ...homes])
    },
    forget() {
      kept.clear()
      bundles.clear()
    },
  }
}

/** Bytes of blocks, each out of its home and not hashed; those that aren't there are left out. */
export async function readBlocks(
  database: Database,
  wanted: readonly Housed[],
  kept: KeptBundles | null = null,
): Promise<Map<Hash, Uint8Array>> {
  const loose = wanted.flatMap(([hash, home]) => (home === LOOSE ? [hash] : []))
  const numbers = [...new Set(wanted.flatMap(([, home]) => (home === LOOSE ? [] : [home])))]
  const [single, bundles] = await Promise.all([
    loose.length === 0 ? [] : database.blocks.bulkGet(loose),
    readBundles(database, numbers, kept),
  ])
  const found = new Map<Hash, Uint8Array>()
  loose.forEach((hash, at) => {
    const bytes: unknown = single[at]
    if (bytes instanceof Uint8Array) found.set(hash, bytes)
  })
  for (const [hash, home] of wanted) {
    const bytes = bundles.get(home)?.get(hash)
    if (bytes !== undefined) found.set(hash, bytes)
  }
  return found
}

/** Blocks of bundles, as views, not hashed. */
export async function readBundles(
  database: Database,
  numbers: readonly number[],
  kept: KeptBundles | null = null,
): Promise<Map<number, ReadonlyMap<Hash, Uint8Array>>> {
  const found = new Map<number, ReadonlyMap<Hash, Uint8Array>>()
  for (const number of numbers) {
    const known = kept?.get(String(number))
    if (known !== undefined) found.set(number, known)
  }
  const absent = numbers.filter((number) => !found.has(number))
  const stored: unknown[] = absent.length === 0 ? [] : await database.bundles.bulkGet(absent)
  absent.forEach((number, at) => {
    const blocks = blocksIn(stored[at])
    found.set(number, blocks)
    kept?.set(String(number), blocks, bytesIn(blocks))
  })
  return found
}

/** Above this many, asking for all keys at once is quicker than for each one. */
const MANY = 100

/** Which of the blocks aren't stored. Presence only: whether a block in a bundle is sound, reading tells. */
export async function missingBlocks(
  database: Database,
  hashes: readonly Hash[],
  homes: ReadonlyMap<Hash, number>,
): Promise<Set<Hash>> {
  const numbers = new Set(await database.bundles.toCollection().primaryKeys())
  return missingIn(
    database.blocks,
    hashes.filter((hash) => !numbers.has(homes.get(hash) ?? LOOSE)),
  )
}

/** The same for a table whose keys are the hashes of what they name. */
export async function missingIn(table: Database['blocks' | 'media'], hashes: readonly Hash[]): Promise<Set<Hash>> {
  if (hashes.length === 0) return new Set()
  const there =
    hashes.length > MANY
      ? await table.toCollection().primaryKeys()
      : await table
          .where(':id')
          .anyOf([...hashes])
          .primaryKeys()
  const known = new Set(there)
  return new Set(hashes.filter((hash) => !known.has(hash)))
}

/**
 * Loose blocks that the stored nodes of a release name and that aren't stored: those that were found damaged are among
 * them. Bundles aren't looked for: only cleaning removes them, never those in use, and asking for their keys reads all of
 * their bytes. One that the disk has lost is found by whoever reads it, and by the scrub after the switch.
 */
export async function lackingBlocks(database: Database, { stored }: Contents): Promise<Set<Hash>> {
  return missingIn(
    database.blocks,
    stored.flatMap(({ nodes, homes }) =>
      nodes.flatMap((text, at) => {
        const own = homes?.[at] ?? []
        if (own.length > 0 && !own.includes(LOOSE)) return []
        return leafHashes(text).filter((_, leaf) => (own[leaf] ?? LOOSE) === LOOSE)
      }),
    ),
  )
}
