// The releases that the faults run on: the small county, really published and signed, and what each of them consists of,
// read back from the published packs, so that a terminal's store can be judged without the terminal's own code.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { paths, type ReleaseRecord } from '../../sync/contract/release.ts'
import type { Hash, PlaceCode } from '../../sync/contract/rows.ts'
import { splitPack } from '../../sync/core/pack.ts'
import { changeAmounts, type FakeCounty, fakeCounty } from '../county/fake-county.ts'

export const OWN = '431225100'

/** One release as it was published. */
export interface Published {
  record: ReleaseRecord
  /** Hashes of all blocks, by the parts that name them. */
  blocks: ReadonlyMap<PlaceCode, ReadonlySet<Hash>>
  /** Node texts by part. */
  nodes: ReadonlyMap<PlaceCode, readonly string[]>
}
export interface Releases {
  county: FakeCounty
  /** Oldest first; the numbers count from 1. */
  all: readonly Published[]
}

/** Publishes `count` releases below `folder`: the second changes amounts in one village, the third in all of them. */
export async function publishReleases(folder: string, count: number): Promise<Releases> {
  const county = fakeCounty(folder)
  const all: Published[] = []
  for (let number = 1; number <= count; number += 1) {
    const changed = [...county.small.villages.keys()].slice(0, number === 1 ? 0 : number === 2 ? 1 : undefined)
    for (const village of changed) changeAmounts(county.small, village)
    all.push(readPublished(county.dist, await county.publish()))
  }
  return { county, all }
}

function readPublished(dist: string, record: ReleaseRecord): Published {
  const packs = Object.keys(record.packs).map((part) => {
    const { head } = splitPack(gunzipSync(readFileSync(join(dist, paths.pack(record.root, part)))))
    return { part, head }
  })
  return {
    record,
    blocks: new Map(packs.map(({ part, head }) => [part, new Set(head.blocks.map(([hash]) => hash))])),
    nodes: new Map(packs.map(({ part, head }) => [part, head.nodes])),
  }
}
