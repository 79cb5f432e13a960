// How valid bytes are broken: blindly (bits, cuts, splices) and by the grammar of JSON (tokens replaced, doubled, nested,
// keys repeated, `__proto__`), so that a reader is met behind its first check too.
import type { Random } from './fuzz-random.ts'

type Bytes = Uint8Array<ArrayBuffer>

/** Numbers that readers trip over: limits of 32, 53 and 64 bits, negative zero, fractions, and what JSON can't hold. */
const NUMBERS = [
  '0',
  '-0',
  '-1',
  '1',
  '2',
  '999',
  '1000',
  '1001',
  '2147483648',
  '4294967295',
  '9007199254740991',
  '9007199254740993',
  '18446744073709551616',
  '1e400',
  '-1e400',
  '1e21',
  '0.1',
  '1.5e300',
  '1E0',
  'NaN',
  'Infinity',
  '0x10',
  '00',
  '1_0',
] as const
const TEXTS = [
  '""',
  '"\\ud800"',
  '"\\udfff\\ud800"',
  '"\\u0000"',
  '"__proto__"',
  '"constructor"',
  '"toString"',
  '"hasOwnProperty"',
  '"../../etc/passwd"',
  '"c"',
  '"d"',
  '"k"',
  '"s"',
  '"2026-02-30"',
  '"9999-99-99"',
  '"0000000000000000000000000000000000000000000000000000000000000000"',
  '"\u202e𠮷🙂"',
  '"NaN"',
  '"431225"',
] as const
const OTHERS = ['null', 'true', 'false', '[]', '{}', '[[]]', '[null]', '{"__proto__":{"length":9}}', '{"a":1,"a":2}']
const WEIRD: readonly [string, ...string[]] = ['undefined', ...NUMBERS, ...TEXTS, ...OTHERS]
/** What numbers, literals and near misses of them are made of. */
const WORD = /[\w.+-]/
/** Characters of a token that was made longer, at most. */
const LONGEST = 1_000_000
const DEPTHS = [3, 60, 2_000, 60_000] as const

/** One to four breaks of bytes; `other` gives what is spliced in. */
export function mutateBytes(bytes: Uint8Array, other: Uint8Array, random: Random): Bytes {
  let broken: Bytes = new Uint8Array(bytes)
  for (let left = 1 + random.below(4); left > 0; left -= 1) broken = breakBytes(broken, other, random)
  return broken
}

function breakBytes(bytes: Bytes, other: Uint8Array, random: Random): Bytes {
  const at = random.below(bytes.length + 1)
  const to = Math.min(bytes.length, at + 1 + random.below(random.pick([4, 64, 4096])))
  switch (random.below(7)) {
    case 0:
      return flipped(bytes, at, 1 << random.below(8))
    case 1:
      return bytes.slice(0, at)
    case 2:
      return joined(bytes.subarray(0, at), bytes.subarray(to))
    case 3:
      return joined(bytes.subarray(0, to), bytes.subarray(at))
    case 4:
      return joined(bytes.subarray(0, at), other.subarray(random.below(other.length + 1)))
    case 5:
      return joined(bytes.subarray(0, at), randomBytes(random), bytes.subarray(at))
    default:
      return flipped(bytes, at, 0xff)
  }
}

function flipped(bytes: Bytes, at: number, mask: number): Bytes {
  if (at < bytes.length) bytes[at] = (bytes[at] ?? 0) ^ mask
  return bytes
}

export function joined(...parts: readonly Uint8Array[]): Bytes {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return all
}

function randomBytes(random: Random): Bytes {
  return Uint8Array.from({ length: 1 + random.below(random.pick([2, 16, 300])) }, () => random.below(256))
}

/** One to three breaks of a JSON text by its tokens. What comes out may be no JSON at all. */
export function mutateJson(text: string, random: Random): string {
  let broken = text
  for (let left = random.pick([1, 1, 2, 3]); left > 0; left -= 1) broken = breakJson(broken, random)
  return broken
}

function breakJson(text: string, random: Random): string {
  const tokens = tokensOf(text)
  const at = random.below(tokens.length)
  const token = tokens[at] ?? ''
  switch (random.below(9)) {
    case 0:
      tokens.splice(at, 1)
      break
    case 1:
      tokens.splice(at, 0, token)
      break
    case 2:
      tokens.splice(at, 1, tokens[random.below(tokens.length)] ?? '')
      break
    case 3:
      return nested(tokens, at, random)
    case 4:
      return memberAdded(tokens, random)
    case 5:
      // A neighbour of a number breaks limits by one.
      tokens.splice(at, 1, /^-?\d+$/.test(token) ? String(Number(token) + random.pick([1, -1])) : random.pick(WEIRD))
      break
    case 6:
      tokens.splice(at, 1, longer(token, random))
      break
    case 7: {
      const length = 1 + random.below(6)
      tokens.splice(at, 0, ...tokens.slice(at, at + length))
      break
    }
    default:
      tokens.splice(at, 1, random.pick(WEIRD))
  }
  return tokens.join('')
}

/** Tokens of a JSON text, without spaces. By hand: a regular expression's stack ends in a string of a megabyte. */
function tokensOf(text: string): string[] {
  const tokens: string[] = []
  for (let at = 0; at < text.length; ) {
    const end = endOfToken(text, at)
    if (text.charAt(at).trim() !== '') tokens.push(text.slice(at, end))
    at = end
  }
  return tokens
}

function endOfToken(text: string, start: number): number {
  const first = text.charAt(start)
  let at = start + 1
  if (first === '"') {
    while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1
    return Math.min(text.length, at + 1)
  }
  if (WORD.test(first)) while (at < text.length && WORD.test(text.charAt(at))) at += 1
  return at
}

function nested(tokens: string[], at: number, random: Random): string {
  const depth = random.pick(DEPTHS)
  const [open, close] = random.chance(0.5) ? ['[', ']'] : ['{"a":', '}']
  // Cut off in half of the cases: a reader that recurses meets the end at its deepest.
  tokens.splice(at, 1, open.repeat(depth), tokens[at] ?? '0', random.chance(0.5) ? close.repeat(depth) : '')
  return tokens.join('')
}

/** A key more: a known one twice, one of the prototype's, or one that a later program may write. */
function memberAdded(tokens: string[], random: Random): string {
  const places = tokens.flatMap((token, at) => (token === '{' ? [at] : []))
  const at = places[random.below(places.length)] ?? 0
  const known = tokens[at + 1] ?? '"format"'
  const key = random.pick([known, '"__proto__"', '"constructor"', '"later"', '"format"'])
  tokens.splice(at + 1, 0, key, ':', random.pick(WEIRD), ',')
  return tokens.join('')
}

function longer(token: string, random: Random): string {
  // Up to a megabyte or so: more would only fuzz the fuzzer.
  const times = Math.max(2, Math.min(random.pick([2, 50, 20_000]), Math.floor(LONGEST / (token.length + 1))))
  if (token.startsWith('"')) return `"${token.slice(1, -1).repeat(times)}"`
  return /^\d/.test(token) ? token.repeat(Math.min(times, 400)) : token.repeat(times)
}
