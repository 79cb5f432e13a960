// Every reader that is fuzzed, by the name that the command takes.
import { blockReader } from './fuzz-blocks.ts'
import type { FuzzCounty } from './fuzz-county.ts'
import { configReader, stickReader } from './fuzz-folders.ts'
import { patchReader } from './fuzz-patches.ts'
import { type Random, randomOf, seedOf } from './fuzz-random.ts'
import { Finding, outcomeOf, type Reader } from './fuzz-reader.ts'
import { deltaReader, gunzipReader, packReader, treeReader } from './fuzz-trees.ts'
import { inspectorsReader, metadataReader, recordReader } from './fuzz-trust.ts'

export const READERS = {
  block: blockReader,
  tree: treeReader,
  pack: packReader,
  delta: deltaReader,
  patch: patchReader,
  gunzip: gunzipReader,
  record: recordReader,
  metadata: metadataReader,
  inspectors: inspectorsReader,
  config: configReader,
  usb: stickReader,
} as const satisfies Record<string, (from: FuzzCounty) => Reader | Promise<Reader>>
export type ReaderName = keyof typeof READERS

export function isReader(name: string): name is ReaderName {
  return Object.hasOwn(READERS, name)
}

/** Draws of one case: (seed, reader, number) make it again. */
export function drawsOf(seed: number, name: ReaderName, number: number): Random {
  return randomOf(seedOf(seed, name, number))
}

/** MB that the process may take beyond what it had at most before its first case: about twice what any reader was seen to take. */
export const GROWTH_MB = 400

/** The most memory that this process ever had, in MB. */
export function peakMb(): number {
  return Math.round(process.resourceUsage().maxRSS / 1024)
}

/**
 * Runs case after case, from `first` on, until `more` says no; how often each outcome came. Errors: Finding, also for a
 * case in which the process grew beyond `growthMb`.
 */
export async function fuzz(
  name: ReaderName,
  reader: Reader,
  seed: number,
  more: (number: number) => boolean,
  first = 0,
  growthMb = GROWTH_MB,
): Promise<Map<string, number>> {
  const outcomes = new Map<string, number>()
  const before = peakMb()
  for (let number = first; more(number); number += 1) {
    const input = await reader.make(drawsOf(seed, name, number))
    const outcome = await outcomeOf(reader, input)
    outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1)
    if (peakMb() > before + growthMb)
      throw new Finding(`Expected at most ${growthMb} MB more than ${before}, got ${peakMb()} MB in all`, input)
  }
  return outcomes
}
