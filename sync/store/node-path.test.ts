import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { FORMAT_VERSION } from '../contract/tree.ts'
import { canonicalJson } from '../core/canonical.ts'
import { type NodeRef, refsOf } from '../core/tree-nodes.ts'
import { createNodePath } from './node-path.ts'

const PART = '431225100'
const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')
const childOf = (key: string, text: string) => [key, hashOf(new TextEncoder().encode(text)), text.length]

function villageText(village: string, rows: number): string {
  const blocks = [['payments', '2026', 0, rows, 'a'.repeat(64), 9]]
  return canonicalJson({ blocks, dataset: 'funds', part: PART, village })
}

/** Two villages of one township, with everything above them. */
function tree() {
  const villages = ['431225100201', '431225100202'].map((code) => [code, villageText(code, 3)] as const)
  const part = canonicalJson({
    dataset: 'funds',
    part: PART,
    villages: villages.map(([code, text]) => childOf(code, text)),
  })
  const dataset = canonicalJson({ dataset: 'funds', parts: [childOf(PART, part)] })
  const root = canonicalJson({ datasets: [childOf('funds', dataset)], format: FORMAT_VERSION })
  const [, hash, length] = childOf('', root)
  const ref = { level: 'root', dataset: '', part: '', village: '', hash, length } as NodeRef
  return { ref, texts: [root, dataset, part, ...villages.map(([, text]) => text)] }
}

/** The first village, from the root down, with every hash that was taken. */
async function walk(texts: readonly string[], root: NodeRef) {
  const hashed: string[] = []
  const path = createNodePath(async (bytes) => {
    hashed.push(hashOf(bytes))
    return hashOf(bytes)
  })
  const down = async (): Promise<unknown> => {
    let ref: NodeRef | undefined = root
    let node: unknown
    while (ref !== undefined) {
      const found = await path.node(texts, ref)
      node = found.node
      ref = refsOf(found)[0]
    }
    return node
  }
  return { node: await down(), again: await down(), hashed }
}

test('The way to one village hashes the four nodes on it, each once, whatever else the part holds.', async () => {
  const { ref, texts } = tree()
  const { node, again, hashed } = await walk([...texts, 'something else'], ref)
  expect(node).toMatchObject({ village: '431225100201' })
  expect(again).toBe(node)
  expect(hashed).toHaveLength(4)
})

test('A node in the place of another, cut or changed, is refused.', async () => {
  const { ref, texts } = tree()
  const swapped = texts.map((text) => (text === texts[3] ? villageText('431225100201', 4) : text))
  await expect(walk(swapped, ref)).rejects.toMatchObject({ code: 'E-HASH' })
  const longer = texts.map((text) => (text === texts[3] ? villageText('431225100201', 40) : text))
  await expect(walk(longer, ref)).rejects.toMatchObject({ code: 'E-LENGTH' })
  await expect(walk(texts.toSpliced(3, 1), ref)).rejects.toMatchObject({ code: 'E-MIXED' })
})
