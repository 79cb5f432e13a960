// Row patches: whatever changes between two releases, the patch makes the later one's very bytes out of the earlier's.
import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { array, assert, asyncProperty, constantFrom, integer, record as recordOf } from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type FakeCounty, fakeCounty } from '../../test/county/fake-county.ts'
import { TOWNSHIPS, VILLAGES } from '../../test/county/small-county.ts'
import { paths, type ReleaseRecord } from '../contract/release.ts'
import type { Hash, PaymentRow } from '../contract/rows.ts'
import { splitPack } from '../core/pack.ts'
import { type PatchFile, splitPatch } from '../core/patch-file.ts'
import { applyPatch } from '../core/patch-read.ts'
import type { Hasher } from '../core/tree.ts'

const hash: Hasher = async (bytes) => createHash('sha256').update(bytes).digest('hex')
let folder = ''
let county: FakeCounty
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sunhall-patches-'))
  // Long enough ago for a release a day in each run of the property.
  county = fakeCounty(folder, { now: new Date(Date.now() - 60 * 86_400_000) })
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

interface Release {
  texts: Map<string, string[]>
  blocks: Map<Hash, Uint8Array>
}

function releaseIn(record: ReleaseRecord): Release {
  const release: Release = { texts: new Map(), blocks: new Map() }
  for (const part of Object.keys(record.packs)) {
    const { head, blocks } = splitPack(gunzipSync(readFileSync(join(county.dist, paths.pack(record.root, part)))))
    release.texts.set(part, head.nodes)
    for (const [name, bytes] of blocks) release.blocks.set(name, bytes)
  }
  return release
}

function patchFile(record: ReleaseRecord, from: ReleaseRecord): PatchFile {
  return splitPatch(gunzipSync(readFileSync(join(county.dist, paths.patch(record.root, from.root)))))
}

async function applied(record: ReleaseRecord, from: ReleaseRecord): Promise<Release> {
  const base = releaseIn(from)
  const patched = await applyPatch({ ...base, read: async () => base.blocks }, patchFile(record, from), hash)
  return { texts: new Map([...base.texts, ...patched.texts]), blocks: new Map([...base.blocks, ...patched.blocks]) }
}

/** Every node and block of the later release comes out, byte for byte. */
async function expectLeads(record: ReleaseRecord, from: ReleaseRecord): Promise<void> {
  const [made, wanted] = [await applied(record, from), releaseIn(record)]
  expect(made.texts).toEqual(wanted.texts)
  for (const [name, bytes] of wanted.blocks)
    expect(Buffer.compare(made.blocks.get(name) ?? new Uint8Array(), bytes)).toBe(0)
}

function payments(village: string = VILLAGES[0]): PaymentRow[] {
  return county.small.villages.get(village)?.payments ?? []
}
function setPayments(rows: PaymentRow[], village: string = VILLAGES[0]): void {
  const own = county.small.villages.get(village)
  if (own !== undefined) own.payments = rows
}

describe('a patch', () => {
  it('says a changed amount once: the sums of village, township and county follow from it', async () => {
    const from = await county.publish()
    setPayments(payments().map((row, at) => (at === 7 ? { ...row, amount: row.amount + 1_230 } : row)))
    const to = await county.publish()
    const { head, blocks } = patchFile(to, from)
    expect(head.cells.map(([kind, , column, , , , values]) => [kind, column, values])).toEqual([
      ['payments', 'amount', [1_230]],
    ])
    expect([head.rows, head.whole, blocks]).toEqual([[], [], []])
    await expectLeads(to, from)
    const page = readFileSync(join(import.meta.dirname, '../../docs/format.md'), 'utf8')
    const raw = gunzipSync(readFileSync(join(county.dist, paths.patch(to.root, from.root))))
    const golden = `\`\`\`patch\n${raw}\`\`\`\n${raw.length} bytes with the line feed, SHA-256 \`${await hash(new Uint8Array(raw))}\``
    expect(
      page,
      'The bytes of a patch have changed: bump FORMAT_VERSION, or undo the change (docs/format.md)',
    ).toContain(golden)
  })

  it('says nothing of who stands in a new month’s block, nor of its sums', async () => {
    const from = await county.publish()
    const month = payments().filter(({ date }) => date.startsWith('2026-04'))
    const next = month.map((row) => ({ ...row, batch: '2026-11', date: '2026-11-05' }))
    setPayments([...payments(), ...next])
    const to = await county.publish()
    const { head } = patchFile(to, from)
    const told = [...head.cells, ...head.rows, ...head.whole].map(([kind]) => kind)
    expect(new Set(told)).toEqual(new Set(['payments']))
    await expectLeads(to, from)
  })

  it('reads neither people nor other years’ sums where an amount alone has changed', async () => {
    const from = await county.publish()
    setPayments(payments().map((row, at) => (at === 7 ? { ...row, amount: row.amount + 1_230 } : row)))
    const to = await county.publish()
    const base = releaseIn(from)
    const asked: string[] = []
    const read = async (hashes: readonly Hash[]) => {
      asked.push(...hashes)
      return new Map([...base.blocks].filter(([name]) => hashes.includes(name)))
    }
    await applyPatch({ ...base, read }, patchFile(to, from), hash)
    const kindOf = (name: Hash): string =>
      /^\["([a-z-]+)"/.exec(`${Buffer.from(base.blocks.get(name) ?? [])}`)?.[1] ?? ''
    // The village's block, and the sums of its township and of the county in that year.
    expect(asked.map(kindOf).sort()).toEqual(['payments', 'rollup', 'rollup'])
  })

  it.each([
    ['a payment that goes', (rows: PaymentRow[]) => rows.filter((_, at) => at !== 3)],
    ['a payment that comes', (rows: PaymentRow[]) => [...rows, { ...rows[5], row: 9_001 } as PaymentRow]],
    [
      'money that came back',
      (rows: PaymentRow[]) => rows.map((row, at) => (at === 2 ? { ...row, status: '退回' as const } : row)),
    ],
    [
      'a payment in another month',
      (rows: PaymentRow[]) => rows.map((row, at) => (at === 2 ? { ...row, date: '2026-09-30' } : row)),
    ],
    ['another person', (rows: PaymentRow[]) => rows.map((row, at) => (at === 4 ? { ...row, person: 0 } : row))],
    ['a village without payments', () => []],
    ['a whole closed year less', (rows: PaymentRow[]) => rows.filter(({ date }) => !date.startsWith('2024'))],
  ])('leads over %s, and back', async (_, change) => {
    const first = await county.publish()
    const before = payments()
    setPayments(change(before))
    const second = await county.publish()
    setPayments(before)
    const third = await county.publish()
    await expectLeads(second, first)
    await expectLeads(third, second)
  })

  it('leads over changes of every other kind: people, ledger, policies, notices, places, contracts', async () => {
    const first = await county.publish()
    const rows = county.small.villages.get(VILLAGES[1])
    if (rows === undefined) throw new Error('The small county has this village')
    rows.people = rows.people.map((person, at) => (at === 1 ? { ...person, group: '示例组' } : person))
    rows.entries = rows.entries.slice(1)
    county.small.county.documents = county.small.county.documents.slice(0, -1)
    county.small.county.notices = county.small.county.notices.map((notice) => ({
      ...notice,
      title: `${notice.title}（改）`,
    }))
    const township = county.small.townships.get(TOWNSHIPS[1])
    if (township !== undefined) township.contracts = township.contracts.slice(1)
    const second = await county.publish()
    await expectLeads(second, first)
  })

  it('is published from the release before, and from the seventh before', async () => {
    const records: ReleaseRecord[] = []
    for (let turn = 0; turn < 8; turn++) {
      setPayments(payments().map((row, at) => (at === turn * 5 ? { ...row, amount: row.amount + 70 } : row)))
      records.push(await county.publish())
    }
    const last = records.at(-1)
    if (last === undefined) throw new Error('Eight were published')
    expect(last.patches?.map(({ number }) => number)).toEqual([7, 1])
    for (const { number, root, hash: name, wire, raw } of last.patches ?? []) {
      const file = readFileSync(join(county.dist, paths.patch(last.root, root)))
      expect([file.length, gunzipSync(file).length, await hash(new Uint8Array(gunzipSync(file)))]).toEqual([
        wire,
        raw,
        name,
      ])
      const from = records.find((each) => each.number === number)
      if (from !== undefined) await expectLeads(last, from)
    }
  })

  it('is never made from a withdrawn release: it would tell what its figures were', async () => {
    const first = await county.publish()
    const second = await county.publishChanged()
    setPayments(payments().map((row) => ({ ...row, amount: row.amount + 10 })))
    const third = await county.publish({ withdrawn: [second.number] })
    expect(second.patches?.map(({ number }) => number)).toEqual([first.number])
    expect([third.deltas.map(({ number }) => number), third.patches]).toEqual([[second.number], undefined])
    expect(existsSync(join(county.dist, paths.patch(third.root, second.root)))).toBe(false)
  })
})

describe('applying a patch', () => {
  it.each([
    ['E-HASH', 'a cell with another value', (file: PatchFile) => file.head.cells[0]?.[6].splice(0, 1, 5)],
    ['E-FORMAT', 'a row past the end', (file: PatchFile) => file.head.cells[0]?.[5].splice(0, 1, 900_000)],
    ['E-FORMAT', 'fewer values than rows', (file: PatchFile) => file.head.cells[0]?.[6].pop()],
    ['E-FORMAT', 'a column that the kind hasn’t', (file: PatchFile) => file.head.cells[0]?.splice(2, 1, 'idCard')],
    ['E-FORMAT', 'a node that it doesn’t name', (file: PatchFile) => file.head.cells[0]?.[3].splice(0, 1, 99)],
    ['E-FORMAT', 'an unknown kind', (file: PatchFile) => file.head.cells[0]?.splice(0, 1, 'wages')],
  ])('ends in %s for %s, and never in another release', async (code, _, spoil) => {
    const from = await county.publish()
    setPayments(payments().map((row, at) => (at % 9 === 0 ? { ...row, amount: row.amount + 40 } : row)))
    const to = await county.publish()
    const base = releaseIn(from)
    const file = patchFile(to, from)
    spoil(file)
    await expect(applyPatch({ ...base, read: async () => base.blocks }, file, hash)).rejects.toMatchObject({ code })
  })

  it('ends in E-MISSING where a block of the base is gone, in E-HASH or E-FORMAT where one is damaged', async () => {
    const from = await county.publish()
    const to = await county.publishChanged()
    const base = releaseIn(from)
    const file = patchFile(to, from)
    await expect(applyPatch({ ...base, read: async () => new Map() }, file, hash)).rejects.toMatchObject({
      code: 'E-MISSING',
    })
    const damaged = new Map(
      [...base.blocks].map(([name, bytes]) => [name, bytes.map((byte, at) => (at === 40 ? byte ^ 1 : byte))]),
    )
    await expect(applyPatch({ ...base, read: async () => damaged }, file, hash)).rejects.toMatchObject({
      code: expect.stringMatching(/E-HASH|E-FORMAT/),
    })
  })

  it('of any changed payments gives the later release’s bytes', async () => {
    let from = await county.publish()
    const edit = recordOf({
      village: constantFrom(...VILLAGES),
      what: constantFrom('amount', 'gone', 'twice', 'status', 'month', 'person'),
      at: integer({ min: 0, max: 10_000 }),
      by: integer({ min: -5_000, max: 5_000 }),
    })
    await assert(
      asyncProperty(array(edit, { minLength: 1, maxLength: 12 }), async (edits) => {
        for (const each of edits) setPayments(changed(payments(each.village), each), each.village)
        const to = await county.publish()
        if (to.patches?.some(({ root }) => root === from.root) === true) await expectLeads(to, from)
        else expect(to.root === from.root || to.deltas.some(({ root }) => root === from.root)).toBe(true)
        from = to
      }),
      { numRuns: 25, seed: 20261125 },
    )
  }, 120_000)
})

interface Change {
  what: string
  at: number
  by: number
}

function changed(rows: readonly PaymentRow[], { what, at, by }: Change): PaymentRow[] {
  const place = rows.length === 0 ? -1 : at % rows.length
  const row = rows[place]
  if (row === undefined) return [...rows]
  const with_ = (rest: Partial<PaymentRow>): PaymentRow[] => rows.with(place, { ...row, ...rest })
  if (what === 'gone') return rows.filter((_, index) => index !== place)
  if (what === 'twice') return [...rows, { ...row, row: row.row + 50_000 + at }]
  if (what === 'status') return with_({ status: row.status === '退回' ? '已发' : '退回' })
  if (what === 'month') return with_({ date: `${row.date.slice(0, 4)}-0${1 + (at % 9)}-15` })
  return what === 'person' ? with_({ person: at % 5 }) : with_({ amount: row.amount + by })
}
