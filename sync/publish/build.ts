// A source → all blocks of a release with their places in the tree, part by part: townships and their villages first,
// then the county's own part with what was summed up on the way.
import { SunhallError } from '../contract/errors.ts'
import { NAME_BUCKETS } from '../contract/limits.ts'
import type { NameRow, PlaceCode, RollupRow } from '../contract/rows.ts'
import { COUNTY, type Dataset, NAMES } from '../contract/tree.ts'
import { bucketOf } from '../core/bucket.ts'
import { ahead } from './ahead.ts'
import { blocksOf, byPeriod, type Leaf } from './blocks.ts'
import type { KeptVillages } from './kept-villages.ts'
import { buildPolicies } from './policies.ts'
import type { BuiltBlock } from './prove.ts'
import type { ReleaseSource } from './source.ts'
import { addUp } from './sums.ts'
import { type BuiltVillage, buildGiven, type VillageBuilder, type VillageDone, type VillageLeaf } from './village.ts'

/** Villages that are read and built while others wait for their place: enough to keep two threads at work. */
const AHEAD = 4

/** Lists and not sets: of a county's tens of thousands of names most stand in one village. One that moved comes twice. */
type VillagesByName = Map<string, PlaceCode[]>

/**
 * Blocks of a release, the same with and without what is `kept` of an earlier one. Errors: E-INPUT for rows that can't be
 * published, E-FORMAT for values out of the schema.
 */
export async function buildBlocks(source: ReleaseSource, kept: KeptVillages | null = null): Promise<BuiltBlock[]> {
  if (source.county !== COUNTY) throw new SunhallError('E-INPUT', `Expected county ${COUNTY}, got ${source.county}`)
  const blocks: BuiltBlock[] = []
  const names = new Map<string, PlaceCode[]>()
  const sums: RollupRow[] = []
  const townships = await placesOf(source)
  const builder = (await source.openBuilder?.()) ?? builderOver(source)
  const codes = townships.flatMap(({ villages }) => villages)
  const villages = ahead(codes, AHEAD, (code) => builder.build(code, knownOf(kept, code)))
  try {
    for (const { township, villages: codes } of townships) {
      const built: TownshipVillage[] = []
      for (const village of codes) {
        const done = (await villages.next()).value as VillageDone
        for (const name of done.names) addName(names, name, village)
        built.push({ village, built: await blocksIn(builder, kept, { township, village }, done) })
      }
      sums.push(...addUp(township, await placeTownship(source, township, built, blocks)))
    }
  } finally {
    await villages.return()
    await builder.close()
  }
  await buildCounty(source, sums, names, blocks)
  return blocks
}

interface TownshipVillages {
  township: PlaceCode
  villages: PlaceCode[]
}

async function placesOf(source: ReleaseSource): Promise<TownshipVillages[]> {
  const found: TownshipVillages[] = []
  for (const township of (await source.townships()).toSorted())
    found.push({ township, villages: (await source.villages(township)).toSorted() })
  return found
}

function builderOver(source: ReleaseSource): VillageBuilder {
  return {
    build: async (village, known) => buildGiven(village, await source.villageRows(village), source.openYear, known),
    close: async () => undefined,
  }
}

function knownOf(kept: KeptVillages | null, village: PlaceCode): string | null {
  return kept === null ? null : kept.known(village)
}

/** What wasn't built, because its blocks were at hand, is taken from there, and built after all where it can't be. */
async function blocksIn(
  builder: VillageBuilder,
  kept: KeptVillages | null,
  { township, village }: { township: PlaceCode; village: PlaceCode },
  { print, built }: VillageDone,
): Promise<BuiltVillage> {
  if (print !== undefined) kept?.note(village, print)
  const found = built ?? kept?.take(township, village) ?? (await builder.build(village, null)).built
  if (found !== null) return found
  throw new SunhallError('E-STATE', `Expected village ${village} to be built, got nothing; publish again`)
}

interface TownshipVillage {
  village: PlaceCode
  built: BuiltVillage
}

async function placeTownship(
  source: ReleaseSource,
  township: PlaceCode,
  villages: readonly TownshipVillage[],
  blocks: BuiltBlock[],
): Promise<RollupRow[]> {
  const sums = villages.flatMap(({ built }) => built.sums)
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
  for (const { village, built } of villages) {
    place(blocks, 'funds', township, village, built.funds)
    place(blocks, 'village-finance', township, village, built.finance)
  }
  return sums
}

async function buildCounty(
  source: ReleaseSource,
  sums: readonly RollupRow[],
  names: VillagesByName,
  blocks: BuiltBlock[],
): Promise<void> {
  const rows = await source.countyRows()
  place(blocks, 'places', COUNTY, '', blocksOf('places', '', rows.places))
  place(blocks, 'funds', COUNTY, '', [
    ...blocksOf('allocations', '', rows.allocations),
    ...blocksOf('catalogue', '', rows.catalogue),
    ...blocksOf('masked-totals', '', rows.maskedTotals),
    ...blocksOf('origins', '', rows.origins),
    ...sumBlocks([...sums, ...addUp(COUNTY, sums)]),
  ])
  place(blocks, 'funds', NAMES, '', nameBlocks(names))
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

function nameBlocks(names: VillagesByName): Leaf[] {
  const rows = [...names].map(([name, villages]): NameRow => ({ name, villages: [...new Set(villages)].sort() }))
  return byPeriod(rows, ({ name }) => String(bucketOf(name, NAME_BUCKETS))).flatMap(([bucket, of]) =>
    blocksOf('name-index', bucket, of),
  )
}

function addName(names: VillagesByName, name: string, village: PlaceCode): void {
  const villages = names.get(name)
  if (villages === undefined) names.set(name, [village])
  else villages.push(village)
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
