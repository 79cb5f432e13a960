// Decides which letters still lead to a village and what has been found. Pure.
import type { PlaceCode, PlaceRow } from '../../../sync/contract/rows.ts'

/** Letters that no pinyin syllable begins with are left out: i, u, v. */
export const LETTERS = [...'abcdefghjklmnopqrstwxyz'] as const

/** Villages whose initials begin with the letters; own township first, then in code order (six names repeat). */
export function found(villages: readonly PlaceRow[], letters: string, own: PlaceCode | null): PlaceRow[] {
  if (letters === '') return []
  const matching = villages.filter((village) => village.initials.startsWith(letters))
  const rank = (village: PlaceRow) => (village.parent === own ? 0 : 1)
  return matching.sort((left, right) => rank(left) - rank(right) || (left.code < right.code ? -1 : 1))
}

/** Letters that, pressed next, still lead to a village. */
export function leading(villages: readonly PlaceRow[], letters: string): Set<string> {
  const next = villages
    .filter((village) => village.initials.startsWith(letters))
    .map((village) => village.initials.charAt(letters.length))
  return new Set(next.filter((letter) => letter !== ''))
}

/** '金子岩侗族苗族乡' → ['金子岩', '侗族苗族乡']: long names stand on two lines. Short ones stay whole. */
export function splitName(name: string): [string, string | undefined] {
  const kind = '侗族苗族乡'
  return name.endsWith(kind) && name.length > kind.length ? [name.slice(0, -kind.length), kind] : [name, undefined]
}
