// What a publication remembers for the next: by village the print of its rows. A village that has the print which it had
// in an earlier release has its blocks too, and is taken from there: neither read, nor built.
//
// The file is the office's own and lies outside what is served. It is only ever a hint: a release that it names wrongly
// isn't there, and blocks count only as far as the release's own hashes go (`earlier-release.ts`).
import { readFileSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import { z } from 'zod'
import type { Hash, PlaceCode } from '../contract/rows.ts'
import { FORMAT_VERSION } from '../contract/tree.ts'
import { EarlierRelease } from './earlier-release.ts'
import { writeWhole } from './files.ts'
import type { BuiltVillage } from './village.ts'

/** Grows when the same rows give other blocks. 1: the first (2026-11). */
const BUILD_VERSION = 1

const kept = z.strictObject({
  format: z.literal(FORMAT_VERSION),
  build: z.literal(BUILD_VERSION),
  openYear: z.number(),
  root: z.string().regex(/^[0-9a-f]{64}$/),
  villages: z.record(z.string(), z.string()),
})
type Kept = z.infer<typeof kept>

export class KeptVillages {
  readonly #file: string
  readonly #openYear: number
  readonly #before: ReadonlyMap<PlaceCode, string>
  readonly #release: EarlierRelease | null
  readonly #prints = new Map<PlaceCode, string>()

  /** `file` needn't be there; `dist` is where the earlier release lies. */
  constructor(file: string, dist: string, openYear: number) {
    const before = readKept(file)
    // Another open year compacts other payments.
    const usable = before !== null && before.openYear === openYear
    this.#file = file
    this.#openYear = openYear
    this.#before = new Map(usable ? Object.entries(before.villages) : [])
    this.#release = usable ? EarlierRelease.open(dist, before.root) : null
  }

  /** The print that a village had in the earlier release; '' where nothing can be taken from there. */
  known(village: PlaceCode): string {
    return this.#release === null ? '' : (this.#before.get(village) ?? '')
  }

  /** The print that a village has now. */
  note(village: PlaceCode, print: string): void {
    this.#prints.set(village, print)
  }

  /** The blocks that a village had in the earlier release; null where they can't be read or proved. */
  take(township: PlaceCode, village: PlaceCode): BuiltVillage | null {
    return this.#release?.village(township, village) ?? null
  }

  /** Keeps the prints of the release that has just been written. */
  save(root: Hash): void {
    const villages = Object.fromEntries(this.#prints)
    const file: Kept = { format: FORMAT_VERSION, build: BUILD_VERSION, openYear: this.#openYear, root, villages }
    writeWhole(dirname(this.#file), basename(this.#file), JSON.stringify(file))
  }
}

/** Null for none, or for one that another program has written. */
function readKept(file: string): Kept | null {
  try {
    return kept.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch {
    return null
  }
}
