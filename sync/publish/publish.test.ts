import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { fakeCounty } from '../../test/county/fake-county.ts'
import { VILLAGES } from '../../test/county/small-county.ts'
import { smallCounty, smallSource } from '../../test/county/small-source.ts'
import { SunhallError } from '../contract/errors.ts'
import { paths, type ReleaseRecord } from '../contract/release.ts'
import { COUNTY, FORMAT_VERSION } from '../contract/tree.ts'
import { bitsOf } from '../core/bitmap.ts'
import { decodeBlock } from '../core/codec.ts'
import { splitPack } from '../core/pack.ts'
import { assembleParts, type Hasher, leavesOf, partRefs, rootRef, verifyNodes, verifyPart } from '../core/tree.ts'
import { buildBlocks } from './build.ts'
import { buildTree } from './tree.ts'

const hash: Hasher = async (bytes) => createHash('sha256').update(bytes).digest('hex')
let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sunhall-publish-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

function pack(dist: string, record: ReleaseRecord, part: string): ReturnType<typeof splitPack> {
  const wire = readFileSync(join(dist, paths.pack(record.root, part)))
  const raw = gunzipSync(wire)
  expect({ wire: wire.length, raw: raw.length }).toEqual(record.packs[part])
  return splitPack(raw)
}

test('a release verifies from its record down to every block', async () => {
  const county = fakeCounty(folder)
  const record = await county.publish()
  const top = pack(county.dist, record, COUNTY)
  const verified = await verifyPart(top.head, [rootRef(record)], hash)
  let blocks = 0
  for (const part of Object.keys(record.packs)) {
    const { head, blocks: own } = pack(county.dist, record, part)
    if (part !== COUNTY) await verifyPart(head, partRefs(verified, part), hash)
    for (const [name, bytes] of own) expect(createHash('sha256').update(bytes).digest('hex')).toBe(name)
    blocks += own.length
  }
  expect(blocks).toBeGreaterThan(50)
  expect(Object.keys(record.packs)).toEqual(['431225', '431225100', '431225204', 'names'])
})

test('the tree file and the packs hold the same nodes', async () => {
  const county = fakeCounty(folder)
  const record = await county.publish()
  const tree = splitPack(gunzipSync(readFileSync(join(county.dist, paths.tree(record.root)))))
  const heads = await assembleParts(tree.head.nodes, record, FORMAT_VERSION, hash)
  for (const head of heads) expect(head).toEqual(pack(county.dist, record, head.part).head)
})

test('equal rows give equal blocks whatever order they come in', async () => {
  const one = buildTree(await buildBlocks(smallSource())).root
  const small = smallCounty()
  for (const rows of small.villages.values()) {
    rows.payments.reverse()
    rows.entries.reverse()
    rows.people.reverse()
    rows.masked.reverse()
  }
  small.county.documents.reverse()
  small.county.places.reverse()
  expect(buildTree(await buildBlocks(smallSource(small))).root).toEqual(one)
})

test('a changed amount touches its month, the sums of its year and nothing else', async () => {
  const county = fakeCounty(folder)
  await county.publish()
  const rows = county.small.villages.get(VILLAGES[0])
  const at = rows?.payments.findIndex(({ date }) => date.startsWith('2026-04')) ?? -1
  const row = rows?.payments[at]
  if (rows === undefined || row === undefined) throw new Error('The small county has a payment in April 2026')
  rows.payments[at] = { ...row, amount: row.amount + 100 }
  const record = await county.publish()
  const [delta] = record.deltas
  const { head } = splitPack(gunzipSync(readFileSync(join(county.dist, paths.delta(record.root, delta?.root ?? '')))))
  const tree = splitPack(gunzipSync(readFileSync(join(county.dist, paths.tree(record.root)))))
  const leaves = leavesOf(await verifyNodes(tree.head.nodes, [rootRef(record)], hash))
  const touched = leaves.filter(({ leaf }) => head.blocks.some(([name]) => name === leaf[4]))
  expect(touched.map(({ part, village, leaf }) => [part, village, leaf[0], leaf[1]])).toEqual([
    ['431225', '', 'rollup', '2026'],
    ['431225100', '', 'rollup', '2026'],
    ['431225100', VILLAGES[0], 'payments', '2026-04'],
  ])
})

test('a person’s bitmap names exactly the payment blocks that hold a row of theirs', async () => {
  const blocks = (await buildBlocks(smallSource())).filter(({ village }) => village === VILLAGES[1])
  const payments = blocks
    .filter(({ leaf }) => leaf[0] === 'payments')
    .map(({ bytes }) => decodeBlock('payments', bytes))
  const people = blocks.filter(({ leaf }) => leaf[0] === 'people').flatMap(({ bytes }) => decodeBlock('people', bytes))
  expect(people.length).toBe(16)
  for (const person of people) {
    const holding = payments.flatMap((rows, at) => (rows.some((row) => row.person === person.number) ? [at] : []))
    expect(bitsOf(person.blocks)).toEqual(holding)
  }
})

test('closed years lie in one block a year, the open year by month', async () => {
  const periods = (await buildBlocks(smallSource()))
    .filter(({ village, leaf }) => village === VILLAGES[0] && leaf[0] === 'payments')
    .map(({ leaf }) => leaf[1])
  expect(periods.slice(0, 4)).toEqual(['2024', '2025', '2026-01', '2026-02'])
})

test('the sums of the county are the sums of its villages, without money that came back', async () => {
  const small = smallCounty()
  const sums = (await buildBlocks(smallSource(small)))
    .filter(({ leaf }) => leaf[0] === 'rollup')
    .flatMap(({ bytes }) => decodeBlock('rollup', bytes))
  const paid = [...small.villages.values()]
    .flatMap(({ payments }) => payments)
    .filter(({ status, date }) => status !== '退回' && date.startsWith('2026'))
    .reduce((sum, { amount }) => sum + amount, 0)
  const of = (level: (place: string) => boolean): number =>
    sums
      .filter(({ place, month, year }) => level(place) && month === '' && year === 2026)
      .reduce((sum, row) => sum + row.amount, 0)
  expect(of((place) => place === COUNTY)).toBe(paid)
  expect(of((place) => place.length === 9)).toBe(paid)
  expect(of((place) => place.length === 12)).toBe(paid)
})

test('P5: a masked fund has no payments, people, sums or names in any block', async () => {
  for (const { leaf, bytes } of await buildBlocks(smallSource())) {
    if (['masked', 'masked-totals', 'catalogue'].includes(leaf[0])) continue
    expect(new TextDecoder().decode(bytes)).not.toContain('F005')
  }
})

test('publication refuses a date before the last release or ahead of the clock', async () => {
  const county = fakeCounty(folder)
  const first = await county.publish()
  const before = new Date(Date.parse(first.signedAt) - 1000)
  await expect(county.publish({ now: before })).rejects.toMatchObject({ code: 'E-CLOCK' })
  await expect(county.publish({ now: new Date(Date.now() + 3_600_000) })).rejects.toMatchObject({ code: 'E-CLOCK' })
  county.small.dataUntil = '2999-01-01'
  await expect(county.publish()).rejects.toMatchObject({ code: 'E-CLOCK' })
})

test('publication refuses a number that is not higher', async () => {
  const county = fakeCounty(folder)
  await county.publish()
  await expect(county.publish({ number: 1 })).rejects.toMatchObject({ code: 'E-NUMBER' })
})

test('what the proof refuses is not published', async () => {
  const county = fakeCounty(folder)
  await county.publish()
  const timestamp = readFileSync(join(county.dist, 'metadata', 'timestamp.json'), 'utf8')
  const refuse = () => {
    throw new SunhallError('E-DISCLOSURE', 'A planted leak')
  }
  await expect(county.publish({ prove: refuse })).rejects.toMatchObject({ code: 'E-DISCLOSURE' })
  expect(readFileSync(join(county.dist, 'metadata', 'timestamp.json'), 'utf8')).toBe(timestamp)
})

test('a row out of the schema stops publication', async () => {
  const county = fakeCounty(folder)
  const rows = county.small.villages.get(VILLAGES[0])
  const [first] = rows?.payments ?? []
  if (first === undefined) throw new Error('The small county has payments')
  rows?.payments.push({ ...first, amount: 0.5 })
  await expect(county.publish()).rejects.toMatchObject({ code: 'E-FORMAT' })
})
