// The sample county: the same every time, adding up, and never looking like a real person's data.
import { createHash } from 'node:crypto'
import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { MAX_MEDIA_BYTES } from '../../contract/limits.ts'
import type { SampleCounty, TableName } from '../tables.ts'
import { chineseAmount } from './draw/invoice.ts'
import { idCheckValue } from './names.ts'
import { sampleCounty, samplePhones } from './sample.ts'

const OPTIONS = { scale: 0.01, seed: 431225, today: '2026-11-24' }
const TABLES: readonly TableName[] = [
  'places',
  'funds',
  'policies',
  'allocations',
  'projects',
  'payments',
  'ledger',
  'assets',
  'contracts',
  'debts',
  'notices',
]
const county = sampleCounty(OPTIONS)
const payments = [...county.rows('payments')]
const policies = [...county.rows('policies')]
const ledger = [...county.rows('ledger')]

function digest(sample: SampleCounty): string {
  const hash = createHash('sha256')
  for (const table of TABLES) for (const row of sample.rows(table)) hash.update(JSON.stringify(row))
  return hash.digest('hex')
}
function sums<T>(rows: Iterable<T>, keyOf: (row: T) => string, amountOf: (row: T) => number): Map<string, number> {
  const found = new Map<string, number>()
  for (const row of rows) found.set(keyOf(row), (found.get(keyOf(row)) ?? 0) + amountOf(row))
  return found
}

// The machine that checks may be busy: a whole county is made more than once here.
describe('sample county', { timeout: 60_000 }, () => {
  it('is the same for the same seed, scale and day, and another for another seed', () => {
    expect(digest(sampleCounty(OPTIONS))).toBe(digest(county))
    expect(digest(sampleCounty({ ...OPTIONS, seed: 2 }))).not.toBe(digest(county))
  })

  it('has the real 18 townships and 243 villages, 3,069 groups and 196 funds', () => {
    const places = [...county.rows('places')]
    expect(places.filter((place) => place.level === 'township')).toHaveLength(18)
    expect(places.filter((place) => place.level === 'village')).toHaveLength(243)
    expect(places.reduce((all, place) => all + (place.groups ?? 0), 0)).toBe(3069)
    const funds = [...county.rows('funds')]
    expect(funds.map((fund) => fund.code)).toEqual(
      Array.from({ length: 196 }, (_, i) => `F${String(i + 1).padStart(3, '0')}`),
    )
    expect(funds.filter((fund) => fund.masked && fund.maskReason === '')).toEqual([])
    expect(funds.filter((fund) => fund.masked).length).toBeGreaterThan(15)
  })

  it('fills every table, and every village has payments and accounts', () => {
    for (const table of TABLES) expect([...county.rows(table)].length, table).toBeGreaterThan(15)
    expect(new Set(payments.map((row) => row.village)).size).toBe(243)
    expect(new Set(ledger.map((row) => row.village)).size).toBe(243)
  })

  it('names an origin that begins with 示例 for every row of every table', () => {
    const names = new Set<string>()
    for (const table of TABLES) {
      for (const row of county.rows(table)) names.add(county.fileOf(table, row))
    }
    expect([...names].filter((name) => !name.startsWith('示例-'))).toEqual([])
    expect(names.size).toBeGreaterThan(600)
  })

  it('gives persons ID numbers of 18 digits that all fail the check digit', () => {
    const numbers = new Set(payments.map((row) => row.idNumber).filter(Boolean))
    expect(numbers.size).toBeGreaterThan(2000)
    for (const number of numbers) {
      expect(number).toMatch(/^\d{18}$/)
      expect(String(idCheckValue(number.slice(0, 17)))).not.toBe(number[17])
    }
  })

  it('multiplies standard and quantity into what is due, and keeps both dates of what bounced', () => {
    for (const row of payments) {
      if (row.standard !== null && row.quantity !== null) {
        expect(row.due).toBe(Math.round((row.standard * row.quantity) / 1000))
      }
      expect(row.date <= OPTIONS.today).toBe(true)
      if (row.status === '退回') expect(row.amount).toBe(0)
      if (row.status === '冲销') expect(row.amount).toBeLessThan(0)
      expect(row.earlier !== null).toBe(row.status === '退回' || row.status === '补发')
    }
    for (const status of ['退回', '补发', '冲销']) expect(payments.some((row) => row.status === status)).toBe(true)
  })
})

describe('sample allocations', { timeout: 60_000 }, () => {
  it('add up at every level to what the payments of that fund and year paid', () => {
    const rows = [...county.rows('allocations')]
    const paid = sums(
      payments,
      (row) => `${row.fund} ${row.date.slice(0, 4)} ${row.village}`,
      (row) => row.amount,
    )
    const masked = new Set(
      [...county.rows('funds')].filter((fund) => fund.masked || fund.tier === 'A').map((f) => f.code),
    )
    const given = sums(
      rows,
      (row) => `${row.fund} ${row.year} ${row.to}`,
      (row) => row.amount,
    )
    const taken = sums(
      rows,
      (row) => `${row.fund} ${row.year} ${row.from}`,
      (row) => row.amount,
    )
    for (const [key, amount] of paid) if (!masked.has(key.slice(0, 4))) expect(given.get(key) ?? 0, key).toBe(amount)
    for (const [key, amount] of taken) {
      if (key.endsWith(' 43') || (key.endsWith(' 431225') && !given.has(key))) continue
      expect(given.get(key), key).toBe(amount)
    }
    for (const row of rows) {
      expect(row.central + row.provincial + row.municipal + row.county).toBe(row.amount)
      expect(row.document).toMatch(/〔20\d\d〕示例\d+号$/)
    }
  })

  it('say nothing of a masked fund below the department, where a sum could be compared with what is shown', () => {
    const masked = new Set([...county.rows('funds')].filter((fund) => fund.masked).map((fund) => fund.code))
    const low = [...county.rows('allocations')].filter((row) => masked.has(row.fund) && row.to.length > 6)
    expect(low.filter((row) => !row.to.startsWith('dept:'))).toEqual([])
  })
})

describe('sample books', { timeout: 60_000 }, () => {
  it('open each month with the balance that the month before closed with, for 24 months to last month', () => {
    const months = Map.groupBy(ledger, (row) => `${row.village} ${row.month}`)
    expect(months.size).toBe(243 * 24)
    const closings = new Map<string, number>()
    for (const rows of months.values()) {
      const [first] = rows
      if (!first) continue
      const flow = rows.reduce((all, row) => all + (row.direction === 'income' ? row.amount : -row.amount), 0)
      expect((first.opening ?? 0) + flow).toBe(first.closing)
      expect(rows.length).toBeGreaterThanOrEqual(4)
      expect(first.closing ?? -1).toBeGreaterThanOrEqual(0)
      const before = closings.get(first.village)
      if (before !== undefined) expect(first.opening).toBe(before)
      closings.set(first.village, first.closing ?? 0)
    }
    expect(ledger.at(-1)?.month).toBe('2026-10')
  })

  it('show on each voucher with a picture the item and amount that the picture shows', () => {
    const captions = new Map([...county.pictures()].map((picture) => [picture.hash, picture.caption]))
    const drawn = ledger.filter((row) => row.images.length > 0)
    expect(drawn.length).toBeGreaterThan(243)
    for (const row of drawn) expect(`付${captions.get(row.images[0] ?? '')}`).toBe(`${row.summary}收据（示例）`)
  })

  it('hold contracts whose due less received is what is owed, some in arrears', () => {
    const rows = [...county.rows('contracts')]
    for (const row of rows) expect(row.due - row.received).toBe(row.owed)
    expect(rows.filter((row) => row.owed > 0).length).toBeGreaterThan(50)
  })
})

describe('sample policies', { timeout: 60_000 }, () => {
  it('are at least 60 works marked 示例, many in versions, one not yet in force, some of unknown dates', () => {
    const works = Map.groupBy(policies, (row) => row.work)
    expect(works.size).toBeGreaterThanOrEqual(60)
    expect([...works.values()].filter((versions) => versions.length > 1).length).toBeGreaterThanOrEqual(8)
    expect(policies.some((row) => row.inForce !== null && row.inForce > OPTIONS.today)).toBe(true)
    expect(policies.filter((row) => row.validity === 'unknown').length).toBeGreaterThanOrEqual(2)
    expect(new Set(policies.map((row) => row.index)).size).toBe(policies.length)
    for (const row of policies) if (row.number) expect(row.number).toContain('示例')
  })

  it('have 8 to 20 clauses, and every mark and every payment names clauses that exist', () => {
    const labels = new Map(
      policies.map((row) => [row.index, new Set(row.text.match(/^第[一二三四五六七八九十]+条(?= )/gmu))]),
    )
    for (const row of policies) {
      const own = labels.get(row.index) ?? new Set()
      expect(own.size, row.title).toBeGreaterThanOrEqual(8)
      expect(own.size, row.title).toBeLessThanOrEqual(20)
      for (const label of Object.keys(row.marks)) expect(own.has(label)).toBe(true)
    }
    for (const row of payments) {
      const own = labels.get(row.policy)
      expect(own, row.policy).toBeDefined()
      for (const label of row.clauses.split('、')) expect(own?.has(label), `${row.policy} ${label}`).toBe(true)
    }
  })

  it('were in force in the month of each batch that rests on them', () => {
    const byIndex = new Map(policies.map((row) => [row.index, row]))
    for (const row of payments) {
      const policy = byIndex.get(row.policy)
      // A payment that bounced in December and went out again in January still rests on December's text.
      expect((policy?.inForce ?? '9') <= `${row.batch}-31` && `${row.batch}-01` < (policy?.repealed ?? '9')).toBe(true)
    }
  })
})

describe('sample projects and pictures', { timeout: 60_000 }, () => {
  it('lie in every township at least twice, with four goals, and their payments are what was paid', () => {
    const projects = [...county.rows('projects')]
    const townships = Map.groupBy(projects, (row) => row.village.slice(0, 9))
    expect(townships.size).toBe(18)
    for (const rows of townships.values()) expect(rows.length).toBeGreaterThanOrEqual(2)
    for (const row of projects)
      expect(row.goals.map((goal) => goal.kind)).toEqual(['quantity', 'quality', 'timeliness', 'benefit'])
    const problems = projects.flatMap((row) => row.problems)
    expect(problems.some((one) => one.repaired === null)).toBe(true)
    expect(problems.some((one) => one.repaired !== null)).toBe(true)
    const funds = new Set(projects.map((row) => row.fund))
    const paid = sums(
      payments.filter((row) => funds.has(row.fund)),
      (row) => row.fund,
      (row) => row.amount,
    )
    for (const [fund, amount] of sums(
      projects,
      (row) => row.fund,
      (row) => row.paid,
    ))
      expect(paid.get(fund) ?? 0).toBe(amount)
  })

  it('name only pictures that ship, each of its hash, at most 200 kB and without EXIF', async () => {
    const hashes = new Set<string>()
    for (const { hash, bytes } of county.pictures()) {
      expect(createHash('sha256').update(bytes).digest('hex')).toBe(hash)
      expect(bytes.length).toBeLessThanOrEqual(MAX_MEDIA_BYTES)
      const { format, exif, xmp } = await sharp(bytes).metadata()
      expect([format, exif, xmp]).toEqual(['webp', undefined, undefined])
      hashes.add(hash)
    }
    for (const row of county.rows('projects'))
      for (const photo of row.photos) expect(hashes.has(photo.media)).toBe(true)
    for (const row of ledger) for (const image of row.images) expect(hashes.has(image)).toBe(true)
  })

  it('writes amounts in capital Chinese figures', () => {
    expect(chineseAmount(123_400)).toBe('壹仟贰佰叁拾肆元整')
    expect(chineseAmount(10_050_500)).toBe('壹拾万零伍佰零伍元整')
    expect(chineseAmount(42_650)).toBe('肆佰贰拾陆元伍角')
    expect(chineseAmount(2_000_005)).toBe('贰万元零伍分')
  })
})

describe('sample disclosure', { timeout: 60_000 }, () => {
  it('has no run of digits in a public text that looks like an ID, an account or a telephone', () => {
    const leaks: string[] = []
    const shape = /\d[\d \-－—]{9,}\d|0745|1[3-9]\d{9}/
    for (const table of [
      'policies',
      'projects',
      'notices',
      'ledger',
      'assets',
      'contracts',
      'debts',
      'funds',
    ] as const) {
      for (const row of county.rows(table)) {
        for (const [field, value] of Object.entries(row)) {
          if (typeof value === 'number') continue
          if (/[Pp]hone$|^village$|^place$|images|photos|progress|problems/.test(field)) continue
          const text = JSON.stringify(value).replace(/\d{4}-\d\d-\d\d/g, '')
          if (shape.test(text)) leaks.push(`${table} ${field} ${text.slice(0, 80)}`)
        }
      }
    }
    expect(leaks).toEqual([])
  })

  it('publishes only telephone numbers on the approved list', () => {
    const approved = new Set(samplePhones(OPTIONS).map((one) => one.phone))
    for (const fund of county.rows('funds')) {
      expect(approved.has(fund.contactPhone) && approved.has(fund.complaintPhone)).toBe(true)
    }
    for (const row of county.rows('projects')) expect(approved.has(row.officePhone)).toBe(true)
    for (const row of county.rows('notices')) expect(approved.has(row.contactPhone)).toBe(true)
    expect(new Set(samplePhones(OPTIONS).map((one) => one.phone)).size).toBe(samplePhones(OPTIONS).length)
  })
})
