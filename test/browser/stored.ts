// What lies in a store, and ways to spoil it: for tests of damage at rest. Raw IndexedDB through Dexie, none of our code.
import Dexie from 'dexie'

export const TABLES = ['blocks', 'parts', 'media', 'meta'] as const
export type Table = (typeof TABLES)[number]

async function opened<T>(name: string, work: (dexie: Dexie) => Promise<T>): Promise<T> {
  const dexie = await new Dexie(name).open()
  try {
    return await work(dexie)
  } finally {
    dexie.close()
  }
}

/** Everything in a store, byte by byte: two that hold the same give the same. */
export function contents(name: string): Promise<Record<string, unknown>> {
  return opened(name, async (dexie) => {
    const all: Record<string, unknown> = {}
    for (const table of dexie.tables)
      await table.each((value, { primaryKey }) => {
        all[`${table.name} ${primaryKey}`] = value
      })
    return all
  })
}

export function keysOf(name: string, table: Table): Promise<string[]> {
  return opened(name, async (dexie) => (await dexie.table(table).toCollection().primaryKeys()).map(String))
}

export function drop(name: string, table: Table, key: string): Promise<void> {
  return opened(name, (dexie) => dexie.table(table).delete(key))
}

/** Flips one bit of what is stored under a key; in what isn't bytes, of its text. `at`: where, from 0 to below 1. */
export function flip(name: string, table: Table, key: string, at: number): Promise<void> {
  return opened(name, async (dexie) => {
    const stored: unknown = await dexie.table(table).get(key)
    await dexie.table(table).put(flipped(stored, at), key)
  })
}

function flipped(stored: unknown, at: number): unknown {
  if (stored instanceof Uint8Array) {
    const bytes = stored.slice()
    const bit = Math.floor(at * bytes.length * 8)
    bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7))
    return bytes
  }
  // A digit or a letter becomes another one, so that it still reads as JSON: the worst of what a flip may do.
  const text = JSON.stringify(stored)
  const places = [...text.matchAll(/(?<=[0-9a-f]{6})[0-9](?=[0-9a-f"])/g)].map(({ index }) => index)
  const place = places[Math.floor(at * places.length)] ?? 0
  const digit = (Number(text[place]) + 1) % 10
  return JSON.parse(`${text.slice(0, place)}${digit}${text.slice(place + 1)}`)
}
