// Projects: those of a village, of the whole county, or one by its code. They lie in their township's part.

import type { FundCode, PlaceCode, ProjectRow } from '../../sync/contract/rows.ts'
import type { Answer } from './county-data.ts'
import { here, NONE, PENDING, partOfPlace, type Shelf } from './shelf.ts'

/** Projects of a fund and year in one village, or with null everywhere. */
export async function projectsOf(
  shelf: Shelf,
  fund: FundCode,
  year: number,
  village: PlaceCode | null,
): Promise<Answer<ProjectRow[]>> {
  if (village === null && !shelf.whole) return PENDING
  const parts = village === null ? shelf.townships : [partOfPlace(village)]
  const lists = await Promise.all(parts.map((part) => shelf.own('funds', part, 'projects')))
  if (lists.includes(null)) return PENDING
  const rows = lists
    .flatMap((list) => list ?? [])
    .filter((row) => row.fund === fund && row.year === year && (village === null || row.village === village))
  return rows.length === 0 ? NONE : here(rows)
}

/** A project by its code, looked for in the townships that are here. */
export async function projectByCode(shelf: Shelf, code: string): Promise<Answer<ProjectRow>> {
  for (const part of shelf.townships) {
    const rows = await shelf.own('funds', part, 'projects')
    const found = rows?.find((row) => row.code === code)
    if (found !== undefined) return here(found)
  }
  return shelf.whole ? NONE : PENDING
}
