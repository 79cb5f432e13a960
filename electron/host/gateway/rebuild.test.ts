// The mirror makes a later release's packs out of its own: from a row patch as from a delta, byte for byte the office's.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { paths, type ReleaseRecord } from '../../../sync/contract/release.ts'
import { type FakeCounty, fakeCounty } from '../../../test/county/fake-county.ts'
import { type Mirror, openMirror } from './mirror.ts'
import { rebuildParts } from './rebuild.ts'

let folder = ''
let county: FakeCounty
let mirror: Mirror
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sunhall-rebuild-'))
  county = fakeCounty(folder)
  mirror = openMirror(join(folder, 'mirror'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

async function twoReleases(): Promise<[ReleaseRecord, ReleaseRecord]> {
  const first = await county.publish()
  const second = await county.publishChanged()
  for (const record of [first, second]) mirror.keepRecord(record)
  for (const part of Object.keys(first.packs)) {
    mirror.put({ kind: 'pack', root: first.root, part }, readFileSync(join(county.dist, paths.pack(first.root, part))))
  }
  return [first, second]
}

describe('the packs of a later release', () => {
  it.each(['patch', 'delta'] as const)('are made from the earlier ones and its %s', async (kind) => {
    const [first, second] = await twoReleases()
    const path = paths[kind](second.root, first.root)
    mirror.put({ kind, root: second.root, from: first.root }, readFileSync(join(county.dist, path)))
    const made = await rebuildParts(mirror, second, Object.keys(second.packs))
    expect([...made.keys()].sort()).toEqual(Object.keys(second.packs).sort())
    for (const [part, wire] of made) {
      expect(Buffer.compare(wire, readFileSync(join(county.dist, paths.pack(second.root, part))))).toBe(0)
    }
  })

  it('aren’t made from a damaged patch', async () => {
    const [first, second] = await twoReleases()
    const wire = readFileSync(join(county.dist, paths.patch(second.root, first.root)))
    wire[wire.length >> 1] = (wire[wire.length >> 1] ?? 0) ^ 1
    mirror.put({ kind: 'patch', root: second.root, from: first.root }, wire)
    expect(await rebuildParts(mirror, second, Object.keys(second.packs))).toEqual(new Map())
  })
})
