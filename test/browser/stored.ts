// What lies in a store, and ways to spoil it: for tests of damage at rest. Raw IndexedDB through Dexie, none of our code.
import Dexie from 'dexie'

export const TABLES = ['bundles', 'blocks', 'parts', 'media', 'meta'] as const
export type Table = (typeof TABLES)[number]

/** What a database itself says, without any of our code. */
export async function inDatabase<T>(name: string, work: (dexie: Dexie) => PromiseLike<T>): Promise<T> {
  const dexie = await new Dexie(name).open()
  try {
    return await work(dexie)
  } finally {
    dexie.close()
  }
}

/**
 * Everything in a store, byte by byte: two that hold the same give the same, in whichever bundles and records it lies.
 * What no part names any more has a name of its own.
 */
export function contents(name: string): Promise<Record<string, unknown>> {
  return inDatabase(name, async (dexie) => {
    const all: Record<string, unknown> = {}
    for (const table of ['media', 'meta'])
      await dexie.table(table).each((value, { primaryKey }) => {
        all[`${table} ${primaryKey}`] = value
      })
    const lying = await blocksOf(dexie)
    const named = new Set<string>()
    await dexie.table('parts').each(({ nodes, homes }, { primaryKey }) => {
      all[`parts ${primaryKey}`] = nodes
      leavesOf(nodes).forEach((hashes, at) => {
        hashes.forEach((hash, leaf) => {
          named.add(hash)
          all[`block ${hash}`] = lying.get(`${homes?.[at]?.[leaf] ?? 0} ${hash}`) ?? null
        })
      })
    })
    for (const key of lying.keys()) if (!named.has(key.split(' ')[1] ?? '')) all[`left over ${key}`] = true
    return all
  })
}

function leavesOf(nodes: readonly unknown[]): string[][] {
  return nodes.map((text) => {
    try {
      const { blocks }: { blocks?: [string, string, number, number, string][] } = JSON.parse(String(text))
      return (blocks ?? []).map((leaf) => leaf[4])
    } catch {
      return []
    }
  })
}

/** Every stored block by "home hash"; 0 is a record of its own. */
async function blocksOf(dexie: Dexie): Promise<Map<string, unknown>> {
  const found = new Map<string, unknown>()
  await dexie.table('blocks').each((bytes, { primaryKey }) => found.set(`0 ${primaryKey}`, bytes))
  await dexie.table('bundles').each((bundle, { primaryKey }) => {
    let at = 0
    for (const [hash, length] of bundle.blocks) {
      found.set(`${primaryKey} ${hash}`, bundle.bytes.slice(at, at + length))
      at += length
    }
  })
  return found
}

/** Hashes of all stored blocks, each once. */
export function storedHashes(name: string): Promise<string[]> {
  return inDatabase(name, async (dexie) => {
    return [...new Set([...(await blocksOf(dexie)).keys()].map((key) => key.split(' ')[1] ?? ''))].sort()
  })
}

/** Puts other bytes, or anything else, in the place of a stored block, wherever it lies; null takes it away. */
export function replaceBlock(name: string, hash: string, by: unknown): Promise<void> {
  // One transaction: the engine may be cleaning beside it.
  return inDatabase(name, (dexie) =>
    dexie.transaction('rw', ['blocks', 'bundles'], async () => {
      const blocks = dexie.table('blocks')
      if ((await blocks.get(hash)) !== undefined) await (by === null ? blocks.delete(hash) : blocks.put(by, hash))
      await dexie
        .table('bundles')
        .toCollection()
        .modify((bundle: Bundle, holder: { value: unknown }) => {
          holder.value = without(bundle, hash, by)
        })
    }),
  )
}

interface Bundle {
  blocks: [string, number][]
  bytes: Uint8Array
}
function without(bundle: Bundle, wanted: string, by: unknown): unknown {
  let at = 0
  for (const [hash, length] of bundle.blocks) {
    if (hash === wanted && by !== null && !(by instanceof Uint8Array)) return { ...bundle, bytes: by }
    if (hash === wanted) return spliced(bundle, hash, [at, at + length], by as Uint8Array | null)
    at += length
  }
  return bundle
}
function spliced({ blocks, bytes }: Bundle, hash: string, [from, to]: [number, number], by: Uint8Array | null): Bundle {
  const middle = by ?? new Uint8Array()
  const whole = new Uint8Array(bytes.length - (to - from) + middle.length)
  whole.set(bytes.subarray(0, from))
  whole.set(middle, from)
  whole.set(bytes.subarray(to), from + middle.length)
  const left = blocks.flatMap((each): [string, number][] => {
    if (each[0] !== hash) return [each]
    return by === null ? [] : [[hash, middle.length]]
  })
  return { blocks: left, bytes: whole }
}

export function keysOf(name: string, table: Table): Promise<string[]> {
  return inDatabase(name, async (dexie) => (await dexie.table(table).toCollection().primaryKeys()).map(String))
}

export function drop(name: string, table: Table, key: string): Promise<void> {
  return inDatabase(name, (dexie) => dexie.table(table).delete(keyIn(table, key)))
}

/** Flips one bit of what is stored under a key; in what isn't bytes, of its text. `at`: where, from 0 to below 1. */
export function flip(name: string, table: Table, key: string, at: number): Promise<void> {
  return inDatabase(name, async (dexie) => {
    const stored: unknown = await dexie.table(table).get(keyIn(table, key))
    await dexie.table(table).put(flipped(stored, at), keyIn(table, key))
  })
}

function keyIn(table: Table, key: string): string | number {
  return table === 'bundles' ? Number(key) : key
}

function flipped(stored: unknown, at: number): unknown {
  if (stored instanceof Uint8Array) {
    const bytes = stored.slice()
    const bit = Math.floor(at * bytes.length * 8)
    bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7))
    return bytes
  }
  if (typeof stored === 'object' && stored !== null && 'bytes' in stored)
    return { ...stored, bytes: flipped(stored.bytes, at) }
  // A digit or a letter becomes another one, so that it still reads as JSON: the worst of what a flip may do.
  const text = JSON.stringify(stored)
  const places = [...text.matchAll(/(?<=[0-9a-f]{6})[0-9](?=[0-9a-f"])/g)].map(({ index }) => index)
  const place = places[Math.floor(at * places.length)] ?? 0
  const digit = (Number(text[place]) + 1) % 10
  return JSON.parse(`${text.slice(0, place)}${digit}${text.slice(place + 1)}`)
}
