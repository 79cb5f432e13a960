// A pack, tree file or delta as raw bytes: one line of canonical JSON (`PackHead`), a newline, then the raw blocks one
// after the other (docs/format.md, "Pack"). What travels is this, gzipped as one stream.
import { SunhallError } from '../contract/errors.ts'
import type { Hash } from '../contract/rows.ts'
import { type PackHead, packHead } from '../contract/tree.ts'
import { canonicalJson } from './canonical.ts'

const NEWLINE = 0x0a

/** Errors: E-LENGTH where the blocks aren't those of the head, in number or length. */
export function joinPack(head: PackHead, blocks: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const line = new TextEncoder().encode(`${canonicalJson(head)}\n`)
  const raw = new Uint8Array(line.length + blocks.reduce((sum, block) => sum + block.length, 0))
  raw.set(line)
  let at = line.length
  blocks.forEach((block, index) => {
    if (block.length !== head.blocks[index]?.[1]) {
      throw new SunhallError(
        'E-LENGTH',
        `Expected block ${index} to have the length its head names, got ${block.length} bytes`,
      )
    }
    raw.set(block, at)
    at += block.length
  })
  if (blocks.length === head.blocks.length) return raw
  throw new SunhallError('E-LENGTH', `Expected ${head.blocks.length} blocks, got ${blocks.length}`)
}

/**
 * Head and blocks of a pack; blocks are views of `raw`, not copies. Hashes are not checked here (`tree.ts`).
 * Errors: E-FORMAT for a head that isn't one, E-LENGTH where the blocks don't fill the rest exactly.
 */
export function splitPack(raw: Uint8Array): { head: PackHead; blocks: [Hash, Uint8Array][] } {
  const end = raw.indexOf(NEWLINE)
  if (end < 0)
    throw new SunhallError('E-FORMAT', 'Expected a pack to begin with a line of JSON, got none; fetch it again')
  const head = parseHead(raw.subarray(0, end))
  const blocks: [Hash, Uint8Array][] = []
  const seen = new Set<Hash>()
  let at = end + 1
  for (const [hash, length] of head.blocks) {
    if (seen.has(hash)) throw new SunhallError('E-FORMAT', `Expected each block once in a pack, got ${hash} twice`)
    if (at + length > raw.length)
      throw new SunhallError('E-LENGTH', `Expected ${length} bytes of block ${hash}, got fewer; fetch the pack again`)
    seen.add(hash)
    blocks.push([hash, raw.subarray(at, at + length)])
    at += length
  }
  if (at === raw.length) return { head, blocks }
  throw new SunhallError('E-LENGTH', `Expected ${at} bytes in a pack, got ${raw.length}; fetch it again`)
}

function parseHead(line: Uint8Array): PackHead {
  try {
    return packHead.parse(JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(line)))
  } catch (cause) {
    throw new SunhallError('E-FORMAT', 'Expected a pack to begin with its head, got other bytes; fetch it again', {
      cause,
    })
  }
}
