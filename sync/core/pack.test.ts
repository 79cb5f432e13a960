import { createHash } from 'node:crypto'
import { beforeAll, expect, test } from 'vitest'
import { smallCounty, smallSource } from '../../test/county/small-source.ts'
import { codeOf } from '../contract/errors.ts'
import { COUNTY, FORMAT_VERSION, type PackHead } from '../contract/tree.ts'
import { buildBlocks } from '../publish/build.ts'
import { buildTree } from '../publish/tree.ts'
import { joinPack, splitPack } from './pack.ts'
import {
  assembleParts,
  difference,
  type Hasher,
  leavesOf,
  partRefs,
  rootRef,
  type VerifiedNodes,
  verifyBlock,
  verifyNodes,
  verifyPart,
} from './tree.ts'

const TOWNSHIP = '431225100'
const hash: Hasher = async (bytes) => createHash('sha256').update(bytes).digest('hex')
const blocks = await buildBlocks(smallSource())
const tree = buildTree(blocks)
const record = { root: tree.root.hash, rootLength: tree.root.length }
const bytesOf = new Map(blocks.map(({ leaf, bytes }) => [leaf[4], bytes]))
let heads: PackHead[] = []
let top: VerifiedNodes
beforeAll(async () => {
  heads = await assembleParts(tree.nodes, record, FORMAT_VERSION, hash)
  top = await verifyPart(headOf(COUNTY), [rootRef(record)], hash)
})

function headOf(part: string): PackHead {
  const head = heads.find((one) => one.part === part)
  if (head === undefined) throw new Error(`The small county has part ${part}`)
  return head
}

function rawOf(part: string): Uint8Array<ArrayBuffer> {
  const head = headOf(part)
  return joinPack(
    head,
    head.blocks.map(([name]) => bytesOf.get(name) ?? new Uint8Array()),
  )
}

/** The whole check of a township's pack; the code of what it refuses, '' where it accepts. */
async function check(raw: Uint8Array): Promise<string> {
  try {
    const { head, blocks: own } = splitPack(raw)
    await verifyPart(head, partRefs(top, TOWNSHIP), hash)
    for (const [name, bytes] of own) await verifyBlock(name, bytes.length, bytes.slice(), hash)
    return ''
  } catch (error) {
    return codeOf(error, 'E-STATE')
  }
}

test('a pack gives back its head and blocks as views of its bytes', () => {
  const raw = rawOf(TOWNSHIP)
  const { head, blocks: own } = splitPack(raw)
  expect(head).toEqual(headOf(TOWNSHIP))
  expect(own.every(([, bytes]) => bytes.buffer === raw.buffer)).toBe(true)
  for (const [name, bytes] of own) expect(bytes).toEqual(bytesOf.get(name))
})

test('P2: a pack cut anywhere is refused', async () => {
  const raw = rawOf(TOWNSHIP)
  expect(await check(raw)).toBe('')
  for (let length = 0; length < raw.length; length += 61) {
    expect(['E-FORMAT', 'E-LENGTH']).toContain(await check(raw.slice(0, length)))
  }
  expect(await check(new Uint8Array([...raw, 0]))).toBe('E-LENGTH')
})

test('P2: a pack with any byte changed is refused', async () => {
  const raw = rawOf(TOWNSHIP)
  for (let at = 0; at < raw.length; at += 97) {
    const changed = raw.slice()
    changed[at] = (changed[at] ?? 0) ^ 1
    const code = await check(changed)
    // A changed digit of the head's format, root or part is for the reader who asked for it: it fits no signed record.
    const { root, part } = splitOr(changed)
    if (root === tree.root.hash && part === TOWNSHIP) expect(code, `byte ${at}`).not.toBe('')
    expect(code).not.toBe('E-STATE')
  }
})

function splitOr(raw: Uint8Array): { root: string; part: string } {
  try {
    return splitPack(raw).head
  } catch {
    return { root: tree.root.hash, part: TOWNSHIP }
  }
}

test('P2: another township’s pack is refused', async () => {
  expect(await check(rawOf('431225204'))).toBe('E-HASH')
})

test('P2: a pack that leaves out a block or brings a foreign one is refused as mixed', async () => {
  const head = headOf(TOWNSHIP)
  await expect(
    verifyPart({ ...head, blocks: head.blocks.slice(1) }, partRefs(top, TOWNSHIP), hash),
  ).rejects.toMatchObject({ code: 'E-MIXED' })
  const foreign = headOf('431225204').blocks[0] ?? ['', 0]
  await expect(
    verifyPart({ ...head, blocks: [...head.blocks, foreign] }, partRefs(top, TOWNSHIP), hash),
  ).rejects.toMatchObject({ code: 'E-MIXED' })
  await expect(
    verifyPart({ ...head, nodes: head.nodes.slice(0, -1) }, partRefs(top, TOWNSHIP), hash),
  ).rejects.toMatchObject({ code: 'E-MIXED' })
})

test('P2: nodes of an older release are refused under the newer root', async () => {
  const small = smallCounty()
  small.dataUntil = '2026-11-21'
  small.county.notices.pop()
  const newer = buildTree(await buildBlocks(smallSource(small)))
  await expect(
    verifyNodes(tree.nodes, [rootRef({ root: newer.root.hash, rootLength: newer.root.length })], hash),
  ).rejects.toMatchObject({ code: 'E-HASH' })
})

test('a node with a wrong length in its parent, or children out of order, is refused', async () => {
  await expect(verifyNodes(tree.nodes, [{ ...rootRef(record), length: 7 }], hash)).rejects.toMatchObject({
    code: 'E-LENGTH',
  })
  const unsorted = JSON.stringify({ datasets: JSON.parse(tree.root.text).datasets.reverse(), format: FORMAT_VERSION })
  for (const bad of [unsorted, `${tree.root.text}x`, '{}']) {
    const ref = { root: await hash(new TextEncoder().encode(bad)), rootLength: new TextEncoder().encode(bad).length }
    await expect(verifyNodes([bad], [rootRef(ref)], hash)).rejects.toMatchObject({ code: 'E-FORMAT' })
  }
})

test('the difference of two trees is what is not there, each block once', async () => {
  const leaves = leavesOf(await verifyNodes(tree.nodes, [rootRef(record)], hash)).map(({ leaf }) => leaf)
  // Equal rows in two villages are one block: it counts once.
  const wanted = new Set(leaves.filter((leaf) => leaf[0] === 'periods' || leaf[0] === 'masked').map((leaf) => leaf[4]))
  const have = new Set(leaves.map((leaf) => leaf[4]).filter((name) => !wanted.has(name)))
  const missing = difference(have, [...leaves, ...leaves]).map(([name]) => name)
  expect(missing.toSorted()).toEqual([...wanted].sort())
  expect(difference(new Set(leaves.map((leaf) => leaf[4])), leaves)).toEqual([])
})

test('the tree can’t be assembled where a node is missing', async () => {
  await expect(assembleParts(tree.nodes.slice(0, -1), record, FORMAT_VERSION, hash)).rejects.toMatchObject({
    code: 'E-MIXED',
  })
})

test('a pack can’t be joined from other blocks than its head names', () => {
  const head = headOf(TOWNSHIP)
  expect(() => joinPack(head, [])).toThrow(expect.objectContaining({ code: 'E-LENGTH' }))
  expect(() =>
    joinPack(
      head,
      head.blocks.map(() => new Uint8Array(1)),
    ),
  ).toThrow(expect.objectContaining({ code: 'E-LENGTH' }))
})
