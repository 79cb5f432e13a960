// The forms of a column (docs/format.md, "Columns"): each with the length of its text, known before it is written, and
// a function that writes it. A form is given up as soon as it can't be shorter than the best so far.
import { type Coded, codeCells, codedIndexes, digits, mostFrequent } from './coded.ts'

export interface Form {
  /** UTF-16 units of the text: what the choice goes by. */
  readonly length: number
  write(): string
}
/** Makes a form; null where its text can't be shorter than `limit` units, or where the values don't have it. */
export type Maker = (coded: Coded, limit: number) => Form | null

/** The shortest form; of equal ones the first: constant alone, else plain, then `makers` in their order. */
export function shortest(coded: Coded, makers: readonly Maker[]): Form {
  if (coded.values.length === 1) return constant(coded)
  let best = plain(coded)
  let limit = best.length
  // From the last to the first, since the last ones are the shortest where they fit, and the others are given up sooner:
  // one that comes earlier still wins where it is no longer.
  for (const make of makers.toReversed()) {
    const form = make(coded, limit)
    if (form === null || form.length >= limit) continue
    best = form
    limit = form.length + 1
  }
  return best
}

/** What stands inside another form: constant, plain, default or runs. */
export function inner(coded: Coded): Form {
  return shortest(coded, [byDefault, runs])
}

function constant({ texts }: Coded): Form {
  const text = `["c",${texts[0] ?? 'null'}]`
  return { length: text.length, write: () => text }
}

function plain({ codes, texts, counts }: Coded): Form {
  let length = '["p",[]]'.length + Math.max(0, codes.length - 1)
  texts.forEach((text, code) => {
    length += text.length * (counts[code] ?? 0)
  })
  return { length, write: () => `["p",[${textsAt(codes, texts)}]]` }
}

/** The most frequent value, and exceptions. */
export function byDefault(coded: Coded, limit: number): Form | null {
  const most = mostFrequent(coded.counts)
  const start = `["x",${coded.texts[most] ?? 'null'}`
  // An exception takes four units at least: a gap, a value and two commas.
  if (start.length + 4 * (coded.codes.length - (coded.counts[most] ?? 0)) >= limit) return null
  return exceptionsTo(coded, start, limit, () => most)
}

/** Values and how often each stands in a row. */
export function runs({ codes, texts }: Coded, limit: number): Form | null {
  const lengths: number[] = []
  const heads: number[] = []
  let length = '["r",[],[]]'.length - 2
  let start = 0
  for (let at = 1; at <= codes.length; at++) {
    if (at < codes.length && codes[at] === codes[start]) continue
    heads.push(codes[start] ?? 0)
    lengths.push(at - start)
    length += (texts[codes[start] ?? 0] ?? '').length + digits(at - start) + 2
    if (length >= limit) return null
    start = at
  }
  return { length, write: () => `["r",[${heads.map((code) => texts[code])}],[${lengths}]]` }
}

/** Steps from row to row of whole numbers; null where one is beyond them. */
export function differences({ codes, values }: Coded, limit: number): Form | null {
  const steps = new Array<number>(Math.max(0, codes.length - 1))
  let changes = 0
  for (let at = 1; at < codes.length; at++) {
    const step = (values[codes[at] ?? 0] as number) - (values[codes[at - 1] ?? 0] as number)
    if (!Number.isSafeInteger(step)) return null
    if (at > 1 && step !== steps[at - 2]) changes++
    steps[at - 1] = step
  }
  // A step takes two units of a plain form, a run four, an exception four, and each ends or begins two changes at most.
  if (2 * changes >= limit) return null
  const rest = inner(codeCells(steps, String))
  const start = `["d",${values[codes[0] ?? 0]},`
  return { length: start.length + rest.length + 1, write: () => `${start}${rest.write()}]` }
}

/** Distinct values and their numbers. */
export function dictionary(coded: Coded, limit: number): Form | null {
  const { texts } = coded
  const words = texts.reduce((sum, text) => sum + text.length, texts.length - 1)
  if (words + '["k",[],["x",0,[1],[1]]]'.length >= limit) return null
  const indexes = inner(codedIndexes(coded))
  return { length: '["k",[],]'.length + words + indexes.length, write: () => `["k",[${texts}],${indexes.write()}]` }
}

/** A default for each value of another column, in the order in which those appear, and exceptions. */
export function byGroup(keys: Coded): Maker {
  return (coded, limit) => {
    if ('["g",[],[],[]]'.length + 2 * keys.values.length > limit) return null
    const best = groupDefaults(coded, keys)
    const defaults = Array.from(best, (code) => coded.texts[code] ?? 'null')
    return exceptionsTo(coded, `["g",[${defaults}]`, limit, (at) => best[keys.codes[at] ?? 0] ?? -1)
  }
}

/** By key the value that stands most often under it; of several the one that appears first. */
function groupDefaults({ codes, texts }: Coded, keys: Coded): Int32Array {
  const counts = new Map<number, number>()
  const slotAt = (at: number): number => (keys.codes[at] ?? 0) * texts.length + (codes[at] ?? 0)
  for (let at = 0; at < codes.length; ) {
    const slot = slotAt(at)
    const start = at
    while (at < codes.length && slotAt(at) === slot) at++
    counts.set(slot, (counts.get(slot) ?? 0) + at - start)
  }
  const best = new Int32Array(keys.values.length).fill(-1)
  const bestCounts = new Int32Array(keys.values.length)
  // A map keeps the order of first appearance: of equally frequent values the first wins.
  for (const [slot, count] of counts) {
    const key = Math.floor(slot / texts.length)
    if (count <= (bestCounts[key] ?? 0)) continue
    bestCounts[key] = count
    best[key] = slot % texts.length
  }
  return best
}

/** What an earlier column says, and exceptions. */
export function byFormula(guess: (at: number) => unknown): Maker {
  return (coded, limit) => {
    const { codes, values } = coded
    const right = (at: number): number => (values[codes[at] ?? 0] === guess(at) ? (codes[at] ?? 0) : -1)
    return exceptionsTo(coded, '["f"', limit, right)
  }
}

/** Prefix and number: 'JZ-0001', 'JZ-0002' → prefix 'JZ-', width 4, numbers. Width 0: no leading zeros. */
export function numbered({ codes, values, counts }: Coded): Form | null {
  const words = values as readonly string[]
  const prefix = commonPrefix(words).replace(/[0-9]+$/, '')
  const rests = words.map((word) => word.slice(prefix.length))
  if (!rests.every((rest) => /^[0-9]{1,15}$/.test(rest))) return null
  const numbers = rests.map(Number)
  const width = numbers.every((number, at) => String(number) === rests[at]) ? 0 : (rests[0]?.length ?? 0)
  if (width > 0 && !rests.every((rest) => rest.length === width)) return null
  const inside = { codes, counts, values: numbers, texts: numbers.map(String) }
  const form = shortest(inside, [byDefault, runs, differences])
  const start = `["s",${JSON.stringify(prefix)},${width},`
  return { length: start.length + form.length + 1, write: () => `${start}${form.write()}]` }
}

/**
 * A form that ends in `,[gaps],[values]]`: the rows where the guessed code is wrong. A gap counts from the exception
 * before, the first from row −1.
 */
function exceptionsTo(
  { codes, texts }: Coded,
  start: string,
  limit: number,
  guess: (at: number) => number,
): Form | null {
  const places: number[] = []
  let length = start.length + ',[],[]]'.length
  let last = -1
  for (let at = 0; at < codes.length; at++) {
    const code = codes[at] ?? 0
    if (code === guess(at)) continue
    length += digits(at - last) + (texts[code] ?? '').length + (last < 0 ? 0 : 2)
    if (length >= limit) return null
    places.push(at)
    last = at
  }
  const write = (): string => {
    const gaps = places.map((place, index) => place - (places[index - 1] ?? -1))
    return `${start},[${gaps}],[${places.map((place) => texts[codes[place] ?? 0])}]]`
  }
  return { length, write }
}

function textsAt(codes: Int32Array, texts: readonly string[]): string {
  let joined = texts[codes[0] ?? 0] ?? ''
  for (let at = 1; at < codes.length; at++) joined += `,${texts[codes[at] ?? 0]}`
  return joined
}

function commonPrefix(words: readonly string[]): string {
  let prefix = words[0] ?? ''
  for (const word of words) while (!word.startsWith(prefix)) prefix = prefix.slice(0, -1)
  return prefix
}
