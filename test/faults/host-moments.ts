// When the host is killed: before the n-th change of the disk in an area of its data folder.
import { relative } from 'node:path'
import { drawsOf } from '../core/draws.ts'
import type { Way } from './moments.ts'

export const AREAS = ['metadata', 'journal', 'mirror'] as const
export type Area = (typeof AREAS)[number]
export const HOST_WAYS = ['patch', 'delta'] as const satisfies readonly Way[]
export type HostWay = (typeof HOST_WAYS)[number]
export type HostCounts = Partial<Record<Area, number>>

export interface HostMoment {
  area: Area
  /** Counted from 1. */
  nth: number
  /** True where the power goes, not only the process: what wasn't synced is lost. */
  lost: boolean
  /** Share of the unsynced names that are lost, above 0. */
  share: number
  /** How the page fetches the later release, of which the mirror makes the new packs. */
  way: HostWay
}

const FOLDERS: Readonly<Record<string, Area>> = { trust: 'metadata', journal: 'journal', mirror: 'mirror' }

export function areaOf(data: string, path: string): Area | null {
  const [folder = ''] = relative(data, path).split('/')
  return FOLDERS[folder] ?? null
}

/** The same seed and run give the same moment, whichever others are run. */
export function hostMomentOf(run: number, seed: number, counts: HostCounts): HostMoment {
  const draw = drawsOf(seed * 2_000_003 + run)
  const area = AREAS[run % AREAS.length] ?? 'metadata'
  const nth = 1 + Math.floor(draw() * (counts[area] ?? 1))
  return { area, nth, lost: draw() < 0.5, share: 0.01 + 0.99 * draw(), way: draw() < 0.5 ? 'patch' : 'delta' }
}
