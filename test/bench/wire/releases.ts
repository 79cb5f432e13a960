// The releases of the wire's chapter, each reached from the one before it: 30, 7 and 1 behind, a thousandth of all rows
// corrected for each release, in any village and month. And the limit: what those corrections weigh at least.
import { brotliCompressSync, constants } from 'node:zlib'
import { type BenchCounty, changedRows, type Step } from '../store/releases.ts'

export const DISTANCES = [30, 7, 1] as const

/** Releases 31, 38 and 39. */
export function wireSteps({ rows, villages }: BenchCounty): Step[] {
  let number = 1
  return DISTANCES.map((behind) => {
    number += behind
    const correction = { villages, rows: Math.round((behind * rows) / 1_000), month: null }
    return { number, metric: `${behind} behind`, correction }
  })
}

/** Bytes of the changed cells and their positions, each as a list of varints, compressed as well as brotli can. */
export function limitOf(county: BenchCounty, steps: readonly Step[], number: number): { rows: number; bytes: number } {
  const changed = changedRows(county, steps, number).sort((a, b) => a.id - b.id)
  const gaps = changed.map(({ id }, at) => id - (changed[at - 1]?.id ?? 0))
  const cells = changed.map(({ amount }) => amount)
  return { rows: changed.length, bytes: compressed(gaps) + compressed(cells) }
}

function compressed(numbers: readonly number[]): number {
  const bytes = Uint8Array.from(numbers.flatMap(varint))
  return brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length
}

/** Seven bits a byte, lowest first. */
function varint(value: number): number[] {
  return value < 128 ? [value] : [128 + (value % 128), ...varint(Math.floor(value / 128))]
}
