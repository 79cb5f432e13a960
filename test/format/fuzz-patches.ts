// Fuzzed: row patches. An input is a patch's raw bytes, applied to the first release; whatever it says, it ends in the root
// that its own head names, with nodes and blocks that fit together, or it is refused.
import { gunzipSync } from 'node:zlib'
import { hasher, sha256 } from '../../electron/host/hash.ts'
import { paths } from '../../sync/contract/release.ts'
import type { Hash, PlaceCode } from '../../sync/contract/rows.ts'
import { splitPack } from '../../sync/core/pack.ts'
import { joinPatch, splitPatch } from '../../sync/core/patch-file.ts'
import { applyPatch } from '../../sync/core/patch-read.ts'
import { type FuzzCounty, fileAt, rawPacks } from './fuzz-county.ts'
import { mutateJson } from './fuzz-mutate.ts'
import { type Reader, requireSame } from './fuzz-reader.ts'
import { brokenPack } from './fuzz-trees.ts'

export function patchReader(from: FuzzCounty): Reader {
  const { files, first, second } = from
  const whole = gunzipSync(fileAt(files, paths.patch(second.root, first.root)))
  const texts = new Map<PlaceCode, readonly string[]>()
  const blocks = new Map<Hash, Uint8Array>()
  for (const { part, raw } of rawPacks(from, first)) {
    const pack = splitPack(raw)
    texts.set(part, pack.head.nodes)
    for (const [hash, bytes] of pack.blocks) blocks.set(hash, bytes)
  }
  return {
    codes: ['E-FORMAT', 'E-LENGTH', 'E-HASH', 'E-MISSING'],
    make(random) {
      if (random.chance(0.3)) return brokenPack(whole, whole, random)
      const end = whole.indexOf(0x0a)
      const head = mutateJson(whole.subarray(0, end).toString('utf8'), random)
      return Buffer.concat([Buffer.from(`${head}\n`), whole.subarray(end + 1)])
    },
    async read(input) {
      const file = splitPatch(input)
      requireSame(splitPatch(joinPatch(file)).head, file.head, 'Heads of a patch, joined and split again,')
      const patched = await applyPatch({ texts, read: async () => blocks }, file, hasher)
      requireSame(patched.root, file.head.root, 'The root that came out and the one that was named')
      for (const [hash, bytes] of patched.blocks) requireSame(sha256(bytes), hash, 'A block and its name')
    },
  }
}
