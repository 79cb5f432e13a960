// What every part of the sample county starts from: seed, scale, today, the places and funds that ship as facts, sizes
// of villages, and the office's invented telephone numbers.
import { readFileSync } from 'node:fs'
import type { Day } from '../../contract/rows.ts'
import type { FundsRow, PlacesRow } from '../tables.ts'
import { yearOf } from './calendar.ts'
import { randomOf } from './random.ts'

export interface SampleOptions {
  /** 1 for about 1.2 million payments and 95,000 households. */
  scale: number
  seed: number
  /** Last day the data may reach. */
  today: Day
}
export interface Village {
  code: string
  name: string
  township: string
  townshipName: string
  households: number
  groups: number
}
export interface Frame extends SampleOptions {
  /** The open year; the two before it are closed. */
  year: number
  townships: readonly PlacesRow[]
  villages: readonly Village[]
  /** Catalogue as shipped, without the sample's standards. */
  funds: readonly FundsRow[]
}

const HOUSEHOLDS = 95_000
const GROUPS = 3_069
const FEWEST_HOUSEHOLDS = 12
const FEWEST_GROUPS = 4

function readAsset<T>(name: string): T[] {
  return JSON.parse(readFileSync(new URL(`../../../assets/${name}`, import.meta.url), 'utf8')) as T[]
}

/** Weights of village sizes: a long tail of large ones, as in real counties. */
function weights(places: readonly PlacesRow[], seed: number): number[] {
  return places.map((place) => {
    const random = randomOf(seed, `size ${place.code}`)
    return 0.35 + (random.next() + random.next() + random.next()) / 3 + (random.chance(0.12) ? random.next() * 1.4 : 0)
  })
}

/** Splits `total` in proportion to the weights, none below `least`; the sum is exact as long as the least allow it. */
export function share(total: number, parts: readonly number[], least: number): number[] {
  const sum = parts.reduce((a, b) => a + b, 0)
  const shares = parts.map((part) => Math.max(least, Math.floor((total * part) / sum)))
  let rest = total - shares.reduce((a, b) => a + b, 0)
  for (let i = 0; rest !== 0 && i < shares.length * 100; i++) {
    const at = i % shares.length
    const now = shares[at] ?? 0
    if (rest < 0 && now <= least) continue
    shares[at] = now + Math.sign(rest)
    rest -= Math.sign(rest)
  }
  return shares
}

export function frameOf(options: SampleOptions): Frame {
  const places = readAsset<PlacesRow>('places.json')
  const townships = places.filter((place) => place.level === 'township')
  const nameOf = new Map(townships.map((place) => [place.code, place.name]))
  const found = places.filter((place) => place.level === 'village')
  const weight = weights(found, options.seed)
  const total = Math.max(Math.round(HOUSEHOLDS * options.scale), FEWEST_HOUSEHOLDS * found.length)
  const households = share(total, weight, FEWEST_HOUSEHOLDS)
  const groups = share(GROUPS, weight, FEWEST_GROUPS)
  const villages = found.map((place, i) => ({
    code: place.code,
    name: place.name,
    township: place.parent,
    townshipName: nameOf.get(place.parent) ?? '',
    households: households[i] ?? FEWEST_HOUSEHOLDS,
    groups: groups[i] ?? FEWEST_GROUPS,
  }))
  return { ...options, year: yearOf(options.today), townships, villages, funds: readAsset<FundsRow>('funds.json') }
}

/** Rows of the `places` table: the shipped facts with an invented number of groups (3,069 in all). */
export function placesOf(frame: Frame): PlacesRow[] {
  const groups = new Map(frame.villages.map((village) => [village.code, village.groups]))
  return readAsset<PlacesRow>('places.json').map((place) => ({ ...place, groups: groups.get(place.code) ?? null }))
}
