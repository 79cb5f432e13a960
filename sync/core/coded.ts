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
  const places = placesFor(cells)
  const values: Cell[] = []
  const counts: number[] = []
  let last = -1
  for (let at = 0; at < cells.length; at++) {
    const cell = cells[at] as Cell
    // Most columns repeat the value above: then nothing is looked up.
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

/** Some of the rows, in this order, their values numbered anew: a block out of all rows of a village. */
export function pickCoded(coded: Coded, rows: Int32Array): Coded {
  const codes = new Int32Array(rows.length)
  const numbers = new Int32Array(coded.values.length).fill(-1)
  const values: Cell[] = []
  const texts: string[] = []
  const counts: number[] = []
  for (let at = 0; at < rows.length; at++) {
    const old = coded.codes[rows[at] as number] as number
    let code = numbers[old] as number
    if (code < 0) {
      code = values.length
      numbers[old] = code
      values.push(coded.values[old] as Cell)
      texts.push(coded.texts[old] as string)
      counts.push(0)
    }
    codes[at] = code
    counts[code] = (counts[code] as number) + 1
  }
  return { codes, values, texts, counts }
}

interface Places {
  get(cell: Cell): number | undefined
  set(cell: Cell, place: number): unknown
}

/** A map; whole numbers that lie close together go into a list, others into a table, which is several times as quick. */
function placesFor(cells: readonly Cell[]): Places {
  let low = Number.POSITIVE_INFINITY
  let high = Number.NEGATIVE_INFINITY
  for (const cell of cells) {
    if (typeof cell !== 'number' || (cell | 0) !== cell) return new Map<Cell, number>()
    if (cell < low) low = cell
    if (cell > high) high = cell
  }
  const span = high - low + 1
  if (cells.length === 0) return new Map<Cell, number>()
  if (span > 4 * cells.length + 256) return numberTable(cells.length)
  const places = new Int32Array(span).fill(-1)
  return {
    get: (cell) => places[(cell as number) - low],
    set: (cell, place) => {
      places[(cell as number) - low] = place
    },
  }
}

/** Places of at most `count` whole numbers of 32 bits: a number lies at its hash, or at the next free slot behind it. */
function numberTable(count: number): Places {
  const bits = 33 - Math.clz32(count)
  const mask = (1 << bits) - 1
  const numbers = new Int32Array(mask + 1)
  const places = new Int32Array(mask + 1).fill(-1)
  const slotOf = (number: number): number => {
    let slot = Math.imul(number, 0x9e3779b1) >>> (32 - bits)
    while (places[slot] !== -1 && numbers[slot] !== number) slot = (slot + 1) & mask
    return slot
  }
  return {
    get: (cell) => places[slotOf(cell as number)],
    set(cell, place) {
      const slot = slotOf(cell as number)
      numbers[slot] = cell as number
      places[slot] = place
    },
  }
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
