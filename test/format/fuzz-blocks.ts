// Fuzzed: the block codec. An input is the block's own bytes; the kind to read it as stands in front, up to a line feed.
import type { Kind } from '../../sync/contract/rows.ts'
import { decodeBlock, decodeColumns, encodeBlock } from '../../sync/core/codec.ts'
import { isKind, SCHEMAS } from '../../sync/core/schema.ts'
import { blocksOf, type FuzzCounty } from './fuzz-county.ts'
import { joined, mutateBytes, mutateJson } from './fuzz-mutate.ts'
import type { Random } from './fuzz-random.ts'
import { type Reader, requireSame } from './fuzz-reader.ts'

const encode = (text: string): Uint8Array => new TextEncoder().encode(text)

/** Blocks with every column form (`forms.ts`), small, so that a break hits the form and not only the values. */
const FORMS: readonly [kind: Kind, text: string][] = [
  ['bigrams', '["bigrams",3,[["r",["补","贴"],[2,1]],["p",[[3,1],[],[7]]]]]'],
  ['bigrams', '["bigrams",2,[["x","补",[2],["贴"]],["c",[3,1,5]]]]'],
  ['names', '["names",2,[["k",["甲","乙"],["p",[1,0]]],["l",["431225100201"],[[0],[0]]]]]'],
  ['media', `["media",3,[["c","${'a'.repeat(64)}"],["d",1,["r",[5],[2]]],["s","JZ-",4,["d",7,["c",1]]]]]`],
  [
    'rollup',
    '["rollup",2,[["c","431225"],["c","F001"],["c",2026],["c",""],["p",[3,4]],["f",[2],[9]],["d",5,["c",5]]]]',
  ],
  [
    'entries',
    '["entries",2,[["c","2026-04"],["s","",0,["d",1,["c",1]]],["c","2026-04-20"],["c",""],["p",["501","502"]],["g",["办公","电费"],[],[]],["g",["支","支"],[1],["收"]],["c","x"],["g",["expense","income"],[],[]],["c",1],["c",""],["c",""],["c",""],["c",""],["l",["a"],[[0,0],[]]],["c",1],["c",2]]]',
  ],
]

export function blockReader(from: FuzzCounty): Reader {
  const seeds = [...blocksOf(from), ...FORMS.map(([kind, text]) => ({ kind, bytes: encode(text) }))]
  const kinds = Object.keys(SCHEMAS).filter(isKind)
  const seed = (random: Random) => seeds[random.below(seeds.length)] ?? { kind: 'names' as const, bytes: encode('[]') }
  return {
    codes: ['E-FORMAT'],
    make(random) {
      const { kind, bytes } = seed(random)
      const asKind = random.chance(0.02) ? (kinds[random.below(kinds.length)] ?? kind) : kind
      const broken = random.chance(0.7)
        ? encode(mutateJson(new TextDecoder().decode(bytes), random))
        : mutateBytes(bytes, seed(random).bytes, random)
      return joined(encode(`${asKind}\n`), broken)
    },
    async read(input) {
      const end = input.indexOf(0x0a)
      const kind = new TextDecoder().decode(input.subarray(0, end))
      if (isKind(kind)) readSoundly(kind, input.subarray(end + 1))
    },
  }
}

/** What is accepted holds only what the schema allows: it can be written, and means the same when read again. */
function readSoundly<K extends Kind>(kind: K, bytes: Uint8Array): void {
  const rows = decodeBlock(kind, bytes)
  const again = encodeBlock(kind, rows)
  requireSame(rows, decodeBlock(kind, again), 'Rows of an accepted block, written and read again,')
  requireSame(encodeBlock(kind, decodeBlock(kind, again)).length, again.length, 'Bytes of rows written twice')
  const columns: Record<string, readonly unknown[]> = decodeColumns(kind, bytes)
  for (const [name, values] of Object.entries(columns))
    requireSame(
      values,
      rows.map((row) => Reflect.get(row, name)),
      `Rows and columns of ${kind}.${name}`,
    )
}
