// Places of the county: one small block, kept for the life of the release.

import type { PlaceCode, PlaceRow } from '../../sync/contract/rows.ts'
import { COUNTY } from '../../sync/contract/tree.ts'
import type { Village } from './county-data.ts'
import { once, type Shelf } from './shelf.ts'

export interface PlaceIndex {
  county: PlaceRow
  townships: PlaceRow[]
  villages: PlaceRow[]
  byCode: ReadonlyMap<PlaceCode, PlaceRow>
}

const UNKNOWN_COUNTY: PlaceRow = { code: COUNTY, name: '', level: 'county', parent: '', initials: '', groups: null }

/** Every place by code; empty lists before the county's part is here. */
export function createPlaces(shelf: Shelf): () => Promise<PlaceIndex> {
  return once(async () => {
    const rows = (await shelf.own('places', COUNTY, 'places')) ?? []
    const sorted = [...rows].sort((a, b) => (a.code < b.code ? -1 : 1))
    return {
      county: sorted.find((row) => row.level === 'county') ?? UNKNOWN_COUNTY,
      townships: sorted.filter((row) => row.level === 'township'),
      villages: sorted.filter((row) => row.level === 'village'),
      byCode: new Map(sorted.map((row) => [row.code, row])),
    }
  })
}

/** A village with its township; null for a code that isn't a village of this release. */
export function villageIn(places: PlaceIndex, code: PlaceCode): Village | null {
  const place = places.byCode.get(code)
  if (place === undefined || place.level !== 'village') return null
  const township = places.byCode.get(place.parent)
  return township === undefined ? null : { place, township }
}
