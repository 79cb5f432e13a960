// A row patch as raw bytes: one line of canonical JSON (`PatchHead`), a newline, then the whole blocks one after the
// other (docs/format.md, "Patch"). What travels is this, gzipped as one stream.
import { SunhallError } from '../contract/errors.ts'
import { type PatchHead, patchHead } from '../contract/patch.ts'
import { canonicalJson } from './canonical.ts'

const NEWLINE = 0x0a

export interface PatchFile {
  head: PatchHead
  /** The blocks that `whole` announces with their rows and lengths, in its order. */
  blocks: readonly Uint8Array[]
}

export function joinPatch({ head, blocks }: PatchFile): Uint8Array<ArrayBuffer> {
  const line = new TextEncoder().encode(`${canonicalJson(head)}\n`)
  const raw = new Uint8Array(line.length + blocks.reduce((sum, block) => sum + block.length, 0))
  raw.set(line)
  let at = line.length
  for (const block of blocks) {
    raw.set(block, at)
    at += block.length
  }
  return raw
}

/** Head and blocks, these as views of `raw`. Errors: E-FORMAT for a head that isn't one, E-LENGTH for other blocks than its. */
export function splitPatch(raw: Uint8Array): PatchFile {
  const end = raw.indexOf(NEWLINE)
  const head = parseHead(raw.subarray(0, Math.max(0, end)))
  const blocks: Uint8Array[] = []
  let at = end + 1
  for (const [, , , entries] of head.whole) {
    for (const entry of entries) {
      if (typeof entry === 'number') continue
      blocks.push(raw.subarray(at, at + entry[1]))
      at += entry[1]
    }
  }
  if (at === raw.length) return { head, blocks }
  throw new SunhallError('E-LENGTH', `Expected ${at} bytes in a patch, got ${raw.length}; the whole blocks are fetched`)
}

function parseHead(line: Uint8Array): PatchHead {
  try {
    return patchHead.parse(JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(line)))
  } catch (cause) {
    throw new SunhallError('E-FORMAT', 'Expected a patch to begin with its head, got other bytes; fetch it again', {
      cause,
    })
  }
}
