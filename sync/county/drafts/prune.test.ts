// The distribution folder over forty releases, a day apart: it stops growing, and takes nothing that anybody may still need.
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type FakeCounty, fakeCounty } from '../../../test/county/fake-county.ts'
import { RELEASE_SERVED_DAYS } from '../../contract/limits.ts'
import { paths, type ReleaseRecord } from '../../contract/release.ts'
import { eraseWithdrawn } from './erase.ts'
import { KeptRelease } from './kept.ts'
import { files, neededFiles } from './needed.ts'
import { pruneDistribution } from './prune.ts'

const DAY_MS = 86_400_000
const RELEASES = 40

let folder = ''
let county: FakeCounty
/** Files and bytes in the folder after each publication. */
const sizes: { files: number; bytes: number }[] = []
const pruneNow = () =>
  pruneDistribution(county.dist, release(county.records.length), signed(release(county.records.length)))

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sunhall-prune-'))
  county = fakeCounty(folder, { now: new Date(Date.now() - (RELEASES + 10) * DAY_MS) })
  for (let number = 1; number <= RELEASES; number += 1) {
    await county.publishChanged()
    pruneNow()
    sizes.push(sizeOf())
  }
}, 300_000)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const release = (number: number): ReleaseRecord => county.records[number - 1] ?? expect.fail(`no release ${number}`)
const signed = ({ signedAt }: ReleaseRecord): Date => new Date(signedAt)
const isThere = (path: string): boolean => existsSync(join(county.dist, path))

function sizeOf(): { files: number; bytes: number } {
  const all = ['packs', 'deltas', 'patches', 'blocks', 'media'].flatMap((top) => files(county.dist, top))
  return { files: all.length, bytes: all.reduce((sum, path) => sum + statSync(join(county.dist, path)).size, 0) }
}
/** Every file that the record of a release names. */
function named({ root, packs, deltas, patches }: ReleaseRecord): string[] {
  return [
    ...Object.keys(packs).map((part) => paths.pack(root, part)),
    paths.tree(root),
    ...deltas.map((from) => paths.delta(root, from.root)),
    ...(patches ?? []).map((from) => paths.patch(root, from.root)),
    ...neededFiles(county.dist, [{ root }]),
  ]
}

describe('the distribution folder', () => {
  it('doesn’t grow any more once each served release has thirty behind it', () => {
    const [full, last] = [sizes[30 + RELEASE_SERVED_DAYS], sizes[RELEASES - 1]]
    expect(last?.files).toBe(full?.files)
    expect(last?.bytes).toBeLessThan((full?.bytes ?? 0) * 1.01)
  })

  it('has all of each release that is still served, for as many days as are promised', () => {
    const served = Array.from({ length: RELEASE_SERVED_DAYS }, (_, back) => release(RELEASES - back))
    for (const one of served)
      expect([one.number, named(one).filter((path) => !isThere(path))]).toEqual([one.number, []])
    expect(isThere(paths.pack(release(RELEASES - RELEASE_SERVED_DAYS - 1).root, '431225'))).toBe(false)
  })

  it('brings terminals 1, 7 and 30 releases behind over by delta and patch', () => {
    const { deltas, patches } = release(RELEASES)
    const behind = deltas.map(({ number }) => RELEASES - number)
    expect(behind).toEqual([1, 7, 30])
    expect(patches?.map(({ number }) => RELEASES - number)).toEqual([1, 7, 30])
  })

  it('keeps what the next release is built upon, and of what is older only that it was published', () => {
    for (let number = RELEASES - 29; number <= RELEASES; number += 1) {
      const { root } = release(number)
      expect([number, isThere(paths.tree(root))]).toEqual([number, true])
      expect([...neededFiles(county.dist, [{ root }])].filter((path) => !isThere(path))).toEqual([])
    }
    for (let number = 1; number <= RELEASES - 30; number += 1) {
      expect(isThere(`packs/${release(number).root}`)).toBe(false)
      expect(isThere(`records/${number}.json`)).toBe(true)
    }
  })

  it('has nothing to remove a second time', () => {
    const before = sizeOf()
    expect(pruneNow()).toEqual({ files: 0, bytes: 0 })
    expect(sizeOf()).toEqual(before)
  })

  it('of two releases with the same root keeps what the younger one needs', async () => {
    const twin = await county.publish()
    expect(twin.root).toBe(release(RELEASES).root)
    pruneDistribution(county.dist, twin, new Date(signed(twin).getTime() + 30 * DAY_MS))
    expect(named(twin).filter((path) => !isThere(path))).toEqual([])
  })

  it('is withdrawn from as before, where packs of earlier releases have gone', () => {
    const current = county.records.at(-1) ?? expect.fail('nothing was published')
    const withdrawn = release(RELEASES - 20)
    eraseWithdrawn(county.dist, current, [withdrawn.number])
    expect(isThere(paths.tree(withdrawn.root))).toBe(false)
    expect(named(current).filter((path) => !isThere(path))).toEqual([])
    expect(new KeptRelease({ folder: county.dist, root: current.root }).leaves.length).toBeGreaterThan(0)
    expect(JSON.parse(readFileSync(join(county.dist, 'withdrawn.json'), 'utf8')).releases).toEqual([withdrawn.number])
  })
})
