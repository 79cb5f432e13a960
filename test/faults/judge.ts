// Holds what a store contains against what was published (P1): which release it shows, whether that is whole, and in the
// end whether it is, byte by byte, what a fresh terminal has.
import { z } from 'zod'
import { releaseRecord } from '../../sync/contract/release.ts'
import { canonicalJson } from '../../sync/core/canonical.ts'
import type { Published } from './county.ts'
import type { Seen } from './tasks.ts'

const pointerSchema = z.looseObject({
  shown: releaseRecord.nullable(),
  previous: releaseRecord.nullable(),
  loading: releaseRecord.nullable(),
  shownParts: z.array(z.string()),
})

/** Number of the release that is shown, 0 for none. Errors: it isn't whole, isn't one that was published, or is mixed. */
export function judgeShown(seen: Seen, published: readonly Published[], mayBePartial: boolean): number {
  for (const [key, hash] of [...seen.blocks, ...seen.media])
    if (key !== hash) throw new Error(`Expected bytes of ${key} under its name, got those of ${hash}`)
  if (seen.pointer === null) return demandNothing(seen)
  const { shown, shownParts } = pointerSchema.parse(seen.pointer)
  if (shown === null) return demandNothing(seen)
  const release = published.find(({ record }) => record.root === shown.root)
  if (release === undefined || canonicalJson(release.record) !== canonicalJson(shown))
    throw new Error(`Expected the record of a published release, got ${shown.number} with root ${shown.root}`)
  const all = Object.keys(release.record.packs).sort()
  if (!mayBePartial && String(all) !== String([...shownParts].sort()))
    throw new Error(`Expected parts ${all}, got ${shownParts}`)
  for (const part of shownParts) demandPart(seen, release, part)
  demandRows(seen, release, all.length === shownParts.length)
  return shown.number
}

function demandNothing(seen: Seen): number {
  if (seen.rows !== null) throw new Error(`Expected nothing on screen, got release ${seen.rows.number}`)
  return 0
}

function demandPart(seen: Seen, release: Published, part: string): void {
  const key = `${release.record.root}/${part}`
  const stored = seen.parts.find(([name]) => name === key)?.[1]
  if (JSON.stringify(stored) !== JSON.stringify(release.nodes.get(part)))
    throw new Error(`Expected the nodes of ${key} as published, got ${stored === undefined ? 'none' : 'others'}`)
  const there = new Set(seen.blocks.map(([hash]) => hash))
  const lacking = [...(release.blocks.get(part) ?? [])].filter((hash) => !there.has(hash))
  if (lacking.length > 0) throw new Error(`Expected all blocks of ${key}, lacking ${lacking.length}`)
}

/** What the terminal's own reader gives adds up to what the signed record says. */
function demandRows({ rows }: Seen, { record }: Published, isWhole: boolean): void {
  if (rows?.number !== record.number) throw new Error(`Expected rows of release ${record.number}, got ${rows?.number}`)
  if (isWhole && canonicalJson(rows.kinds) !== canonicalJson(record.kinds))
    throw new Error(`Expected rows ${canonicalJson(record.kinds)}, got ${canonicalJson(rows.kinds)}`)
}

/** Everything in a store but the order in which it came: two stores that hold the same give the same text. */
export function contentOf(seen: Seen): string {
  const sorted = (list: readonly (readonly [string, unknown])[]) => [...list].sort(([a], [b]) => (a < b ? -1 : 1))
  return JSON.stringify({
    pointer: seen.pointer === null ? null : canonicalJson(seen.pointer),
    blocks: sorted(seen.blocks),
    media: sorted(seen.media),
    parts: sorted(seen.parts),
  })
}
