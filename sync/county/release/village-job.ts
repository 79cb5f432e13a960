// What becomes of one village as it was read: its blocks, and the numbers that its people are given. The same in this thread
// and in another (`village-worker.ts`).
import type { PlaceCode } from '../../contract/rows.ts'
import { buildGiven, type VillageDone } from '../../publish/village.ts'
import type { NewNumber } from '../people/registry.ts'
import { type Seen, shapeVillage, type VillageRead } from './village.ts'

export interface VillageJob {
  village: PlaceCode
  read: VillageRead
  openYear: number
  /** As `VillageBuilder` has it. */
  known: string | null
}
export type VillageResult = VillageDone & { fresh: NewNumber[] }

/** Errors: E-FORMAT. */
export function doVillage({ village, read, openYear, known }: VillageJob, seen: Seen): VillageResult {
  const shaped = shapeVillage(read, seen)
  return { ...buildGiven(village, shaped, openYear, known), fresh: shaped.fresh }
}
