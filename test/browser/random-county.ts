// A small county whose villages' payments change at random from release to release.
import { countyBlock, paymentsBlock, type TinyBlock } from './store-release.ts'

/** Amounts in fen by village code. */
export type County = Map<string, number[]>

export function startCounty(random: () => number, rows = 60): County {
  const county: County = new Map()
  for (const town of [100, 101, 102])
    for (const village of [201, 202, 203, 204])
      county.set(
        `431225${town}${village}`,
        Array.from({ length: rows }, () => Math.floor(random() * 1e6)),
      )
  return county
}

/** Amounts change, payments are added and taken away, villages come and go. */
export function changed(county: County, random: () => number): County {
  const next: County = new Map(county)
  for (const [village, amounts] of county) {
    if (random() > 0.25) continue
    const kind = random()
    if (kind < 0.6)
      next.set(
        village,
        amounts.map((amount) => (random() < 0.1 ? amount + 1 : amount)),
      )
    else if (kind < 0.9) next.set(village, [...amounts, Math.floor(random() * 1e6)])
    else if (county.size > 6) next.delete(village)
  }
  if (random() < 0.2) next.set(`43122510${Math.floor(random() * 4)}2${10 + Math.floor(random() * 20)}`, [1, 2, 3])
  return next
}

export function blocksOf(county: County, number: number): TinyBlock[] {
  const villages = [...county].map(([village, amounts]) => paymentsBlock(village, amounts))
  return [countyBlock(`会同县 ${number}`), ...villages]
}
