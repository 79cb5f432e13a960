import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { formatExample, sha256 } from '../../test/core/format-example.ts'
import { smallSource } from '../../test/county/small-source.ts'
import { buildBlocks } from '../publish/build.ts'
import { buildTree } from '../publish/tree.ts'
import { columnsOf, isKind, SCHEMAS } from './schema.ts'

const page = readFileSync(join(import.meta.dirname, '../../docs/format.md'), 'utf8')
const BUMP =
  'The bytes of a release have changed. If that is meant: bump FORMAT_VERSION in sync/contract/tree.ts with a line of ' +
  'history, rewrite the example and hashes in docs/format.md, then the hashes in this test. If not, undo the change'

/** Golden hashes of format version 1. */
const GOLDEN = {
  block: '19ee65621e43af8aeb0151a389eac1cabd3831d83cbea10dac0b5cfccaf52c31',
  root: '1ac9e22c5c033471a2715e47e121c7f05356343891a8fc57d09bfe08f31f8136',
  pack: 'a7227eb6b65585a03e6fb7f87be87cb75d037646e70675d439be3d06b69e29eb',
  smallCounty: '170cdb6eaf98c90fb001c34bc0292229cf439728fd133f14e28df189a003fa30',
} as const

describe('the format of version 1', () => {
  test('has its golden hashes', async () => {
    const { block, root, pack } = formatExample()
    const smallCounty = buildTree(await buildBlocks(smallSource())).root.hash
    expect({ block: sha256(block), root: sha256(root), pack: sha256(pack), smallCounty }, BUMP).toEqual(GOLDEN)
  })

  test('stands byte for byte in docs/format.md', () => {
    const example = formatExample()
    for (const name of ['block', 'village', 'part', 'dataset', 'root', 'head'] as const) {
      const shown = `\`\`\`${name}\n${example[name]}\n\`\`\`\n${Buffer.byteLength(example[name])} bytes, SHA-256 \`${sha256(example[name])}\``
      expect(page, BUMP).toContain(shown)
    }
    expect(page).toContain(GOLDEN.pack)
    expect(page).toContain(GOLDEN.smallCounty)
  })

  test('has its columns in docs/format.md, each kind in the order of its bytes', () => {
    for (const kind of Object.keys(SCHEMAS).filter(isKind)) {
      const line = page.split('\n').find((text) => text.startsWith(`| \`${kind}\` |`)) ?? ''
      const names = line
        .split('|')
        .at(2)
        ?.split(',')
        .map((column) => column.trim().split(' ')[0])
      expect(names, `docs/format.md, columns of ${kind}`).toEqual(columnsOf(kind).map(([name]) => name))
    }
  })
})
