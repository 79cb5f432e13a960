// A column with each distinct value numbered in order of appearance: what every form's length is computed from, so that
// only the shortest form is written out.

/** Plain value of a column: lists and objects stand for themselves by their canonical text. */
export type Cell = string | number | boolean | null

export interface Coded {
  /** Number of the value in each row. */
  readonly codes: Int32Array
  /** Distinct values, their texts in a form, and how often each stands. */
  readonly values: readonly Cell[]
  readonly texts: readonly string[]
  readonly counts: readonly number[]
}

/** `emit`: the text of a value as it stands in a form. */
export function codeCells(cells: readonly Cell[], emit: (cell: Cell) => string): Coded {
  const codes = new Int32Array(cells.length)
  const places = new Map<Cell, number>()
  const values: Cell[] = []
  const counts: number[] = []
  let last = -1
  for (let at = 0; at < cells.length; at++) {
    const cell = cells[at] ?? null
    // Most columns repeat the value above: then the map isn't asked.
    if (last < 0 || values[last] !== cell) {
      last = places.get(cell) ?? -1
      if (last < 0) {
        last = values.length
        places.set(cell, last)
        values.push(cell)
        counts.push(0)
      }
    }
    codes[at] = last
    counts[last] = (counts[last] ?? 0) + 1
  }
  return { codes, values, counts, texts: values.map(emit) }
}

/** The same rows with their numbers as values: a dictionary's indexes. */
export function codedIndexes(coded: Coded): Coded {
  const values = coded.values.map((_, code) => code)
  return { codes: coded.codes, counts: coded.counts, values, texts: values.map(String) }
}

/** The value that stands most often; of several the one that appears first. */
export function mostFrequent(counts: readonly number[]): number {
  let best = 0
  for (let code = 1; code < counts.length; code++) if ((counts[code] ?? 0) > (counts[best] ?? 0)) best = code
  return best
}

/** Characters of a whole number from 0 on. */
export function digits(number: number): number {
  if (number < 10) return 1
  if (number < 100) return 2
  if (number < 1000) return 3
  return String(number).length
}
