// A source → all blocks of a release with their places in the tree, part by part: townships and their villages first,
// then the county's own part with what was summed up on the way.
import { SunhallError } from '../contract/errors.ts'
import { NAME_BUCKETS } from '../contract/limits.ts'
import type { NameRow, PlaceCode, RollupRow } from '../contract/rows.ts'
import { COUNTY, type Dataset } from '../contract/tree.ts'
import { bucketOf } from '../core/bucket.ts'
import { blocksOf, byPeriod, type Leaf } from './blocks.ts'
import type { KeptVillages } from './kept-villages.ts'
import { buildPolicies } from './policies.ts'
import type { BuiltBlock } from './prove.ts'
import type { ReleaseSource } from './source.ts'
import { addUp } from './sums.ts'
import { buildVillage, type VillageLeaf } from './village.ts'

/**
 * Blocks of a release, the same with and without what is `kept` of an earlier one. Errors: E-INPUT for rows that can't be
 * published, E-FORMAT for values out of the schema.
 */
export async function buildBlocks(source: ReleaseSource, kept: KeptVillages | null = null): Promise<BuiltBlock[]> {
  if (source.county !== COUNTY) throw new SunhallError('E-INPUT', `Expected county ${COUNTY}, got ${source.county}`)
  const blocks: BuiltBlock[] = []
  const names = new Map<string, Set<PlaceCode>>()
  const sums: RollupRow[] = []
  for (const township of (await source.townships()).toSorted()) {
    const villageSums = await buildTownship(source, kept, township, blocks, names)
    sums.push(...addUp(township, villageSums))
  }
  await buildCounty(source, sums, names, blocks)
  return blocks
}

async function buildTownship(
  source: ReleaseSource,
  kept: KeptVillages | null,
  township: PlaceCode,
  blocks: BuiltBlock[],
  names: Map<string, Set<PlaceCode>>,
): Promise<RollupRow[]> {
  const sums: RollupRow[] = []
  const villages: BuiltBlock[] = []
  for (const village of (await source.villages(township)).toSorted()) {
    const rows = await source.villageRows(village)
    for (const { name } of rows.people) addName(names, name, village)
    const built = kept?.take(township, village, rows.print) ?? buildVillage(village, rows, source.openYear)
    place(villages, 'funds', township, village, built.funds)
    place(villages, 'village-finance', township, village, built.finance)
    sums.push(...built.sums)
  }
  const rows = await source.townshipRows(township)
  place(blocks, 'funds', township, '', [
    ...blocksOf('allocations', '', rows.allocations),
    ...blocksOf('media', '', rows.media),
    ...blocksOf('projects', '', rows.projects),
    ...sumBlocks(sums),
  ])
  place(blocks, 'village-finance', township, '', [
    ...blocksOf('assets', '', rows.assets),
    ...blocksOf('contracts', '', rows.contracts),
    ...blocksOf('debts', '', rows.debts),
  ])
  blocks.push(...villages)
  return sums
}

async function buildCounty(
  source: ReleaseSource,
  sums: readonly RollupRow[],
  names: ReadonlyMap<string, Set<PlaceCode>>,
  blocks: BuiltBlock[],
): Promise<void> {
  const rows = await source.countyRows()
  place(blocks, 'places', COUNTY, '', blocksOf('places', '', rows.places))
  place(blocks, 'funds', COUNTY, '', [
    ...blocksOf('allocations', '', rows.allocations),
    ...blocksOf('catalogue', '', rows.catalogue),
    ...blocksOf('masked-totals', '', rows.maskedTotals),
    ...nameBlocks(names),
    ...blocksOf('origins', '', rows.origins),
    ...sumBlocks([...sums, ...addUp(COUNTY, sums)]),
  ])
  place(blocks, 'policies', COUNTY, '', buildPolicies(rows))
  place(blocks, 'notices', COUNTY, '', [
    ...blocksOf('answers', '', rows.answers),
    ...blocksOf('notices', '', rows.notices),
  ])
}

/** By year, so that a drill-down reads one year, and a month's payments change the open year only. */
function sumBlocks(sums: readonly RollupRow[]): Leaf[] {
  return byPeriod(sums, ({ year }) => String(year)).flatMap(([year, rows]) => blocksOf('rollup', year, rows))
}

function nameBlocks(names: ReadonlyMap<string, Set<PlaceCode>>): Leaf[] {
  const rows = [...names].map(([name, villages]): NameRow => ({ name, villages: [...villages].sort() }))
  return byPeriod(rows, ({ name }) => String(bucketOf(name, NAME_BUCKETS))).flatMap(([bucket, of]) =>
    blocksOf('names', bucket, of),
  )
}

function addName(names: Map<string, Set<PlaceCode>>, name: string, village: PlaceCode): void {
  const villages = names.get(name)
  if (villages === undefined) names.set(name, new Set([village]))
  else villages.add(village)
}

function place(
  blocks: BuiltBlock[],
  dataset: Dataset,
  part: PlaceCode,
  village: string,
  leaves: readonly VillageLeaf[],
): void {
  for (const { leaf, bytes } of leaves) blocks.push({ dataset, part, village, leaf, bytes })
}
