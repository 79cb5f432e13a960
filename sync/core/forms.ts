// The forms of a column (docs/format.md, "Columns"): each with the length of its text, known before it is written, and
// a function that writes it.
import { type Coded, codeCells, codedIndexes, digits, mostFrequent } from './coded.ts'

export interface Form {
  /** UTF-16 units of the text: what the choice goes by. */
  readonly length: number
  write(): string
}

/** The shortest; of equal ones the first given. */
export function shortest(forms: readonly (Form | null)[]): Form | null {
  let best: Form | null = null
  for (const form of forms) if (form !== null && (best === null || form.length < best.length)) best = form
  return best
}

/** Forms open to any value. */
export function basicForms(coded: Coded): Form[] {
  return coded.values.length === 1 ? [constant(coded)] : [plain(coded), byDefault(coded), runs(coded)]
}

/** Whole numbers inside another form, or cells of lists and objects. */
export function inner(coded: Coded): Form {
  return shortest(basicForms(coded)) ?? plain(coded)
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

function byDefault(coded: Coded): Form {
  const most = mostFrequent(coded.counts)
  const exceptions = exceptionsTo(coded, () => most)
  const start = `["x",${coded.texts[most] ?? 'null'}`
  return { length: start.length + exceptions.length + 1, write: () => `${start}${exceptions.write()}]` }
}

function runs({ codes, texts }: Coded): Form {
  const lengths: number[] = []
  const heads: number[] = []
  let length = '["r",[],[]]'.length
  let start = 0
  for (let at = 1; at <= codes.length; at++) {
    if (at < codes.length && codes[at] === codes[start]) continue
    heads.push(codes[start] ?? 0)
    lengths.push(at - start)
    length += (texts[codes[start] ?? 0] ?? '').length + digits(at - start)
    start = at
  }
  length += 2 * Math.max(0, heads.length - 1)
  return { length, write: () => `["r",[${heads.map((code) => texts[code])}],[${lengths}]]` }
}

/** Steps from row to row; null where one is beyond whole numbers. */
export function differences(numbers: readonly number[]): Form | null {
  const steps = new Array<number>(Math.max(0, numbers.length - 1))
  for (let at = 1; at < numbers.length; at++) {
    const step = (numbers[at] ?? 0) - (numbers[at - 1] ?? 0)
    if (!Number.isSafeInteger(step)) return null
    steps[at - 1] = step
  }
  const rest = inner(codeCells(steps, String))
  const start = `["d",${numbers[0]},`
  return { length: start.length + rest.length + 1, write: () => `${start}${rest.write()}]` }
}

/** Distinct values and their numbers; null where more than half of the values are distinct. */
export function dictionary(coded: Coded): Form | null {
  const { texts, codes } = coded
  if (texts.length * 2 > codes.length) return null
  const indexes = inner(codedIndexes(coded))
  const words = texts.reduce((sum, text) => sum + text.length, Math.max(0, texts.length - 1))
  return { length: '["k",[],]'.length + words + indexes.length, write: () => `["k",[${texts}],${indexes.write()}]` }
}

/** A default for each value of another column, in the order in which those appear, and exceptions. */
export function byGroup(coded: Coded, keys: Coded): Form {
  const counts = new Map<number, number>()
  const best = new Int32Array(keys.values.length).fill(-1)
  const bestCounts = new Int32Array(keys.values.length)
  const { codes, texts } = coded
  for (let at = 0; at < codes.length; at++) {
    const slot = (keys.codes[at] ?? 0) * texts.length + (codes[at] ?? 0)
    counts.set(slot, (counts.get(slot) ?? 0) + 1)
  }
  // A map keeps the order of first appearance: of equally frequent values the first wins.
  for (const [slot, count] of counts) {
    const key = Math.floor(slot / texts.length)
    if (count <= (bestCounts[key] ?? 0)) continue
    bestCounts[key] = count
    best[key] = slot % texts.length
  }
  const exceptions = exceptionsTo(coded, (at) => best[keys.codes[at] ?? 0] ?? -1)
  const defaults = Array.from(best, (code) => texts[code] ?? 'null')
  const words = defaults.reduce((sum, text) => sum + text.length, Math.max(0, defaults.length - 1))
  return {
    length: '["g",[]'.length + words + exceptions.length + 1,
    write: () => `["g",[${defaults}]${exceptions.write()}]`,
  }
}

/** What an earlier column says, and exceptions. */
export function byFormula(coded: Coded, guess: (at: number) => unknown): Form {
  const { codes, values } = coded
  const exceptions = exceptionsTo(coded, (at) => (values[codes[at] ?? 0] === guess(at) ? (codes[at] ?? 0) : -1))
  return { length: '["f"'.length + exceptions.length + 1, write: () => `["f"${exceptions.write()}]` }
}

/** Prefix and number: 'JZ-0001', 'JZ-0002' → prefix 'JZ-', width 4, numbers. Width 0: no leading zeros. */
export function numbered(coded: Coded): Form | null {
  const words = coded.values as readonly string[]
  const prefix = commonPrefix(words).replace(/[0-9]+$/, '')
  const rests = words.map((word) => word.slice(prefix.length))
  if (!rests.every((rest) => /^[0-9]{1,15}$/.test(rest))) return null
  const numbers = rests.map(Number)
  const width = numbers.every((number, at) => String(number) === rests[at]) ? 0 : (rests[0]?.length ?? 0)
  if (width > 0 && !rests.every((rest) => rest.length === width)) return null
  const inside = { codes: coded.codes, counts: coded.counts, values: numbers, texts: numbers.map(String) }
  const form =
    shortest([inner(inside), differences(Array.from(coded.codes, (code) => numbers[code] ?? 0))]) ?? inner(inside)
  const start = `["s",${JSON.stringify(prefix)},${width},`
  return { length: start.length + form.length + 1, write: () => `${start}${form.write()}]` }
}

/** `,[gaps],[values]` of the rows where the guessed code is wrong; a gap counts from the exception before (first: −1). */
function exceptionsTo({ codes, texts }: Coded, guess: (at: number) => number): Form {
  const places: number[] = []
  let length = ',[],[]'.length
  let last = -1
  for (let at = 0; at < codes.length; at++) {
    const code = codes[at] ?? 0
    if (code === guess(at)) continue
    length += digits(at - last) + (texts[code] ?? '').length + (places.length > 0 ? 2 : 0)
    places.push(at)
    last = at
  }
  const write = (): string => {
    const gaps = places.map((place, index) => place - (places[index - 1] ?? -1))
    return `,[${gaps}],[${places.map((place) => texts[codes[place] ?? 0])}]`
  }
  return { length, write }
}

function textsAt(codes: Int32Array, texts: readonly string[]): string {
  let joined = ''
  for (let at = 0; at < codes.length; at++) joined += at === 0 ? texts[codes[at] ?? 0] : `,${texts[codes[at] ?? 0]}`
  return joined
}

function commonPrefix(words: readonly string[]): string {
  let prefix = words[0] ?? ''
  for (const word of words) while (!word.startsWith(prefix)) prefix = prefix.slice(0, -1)
  return prefix
}
