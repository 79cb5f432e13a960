// The proof against money given out and against what earlier releases have shown.
import { rmSync } from 'node:fs'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { MASKED, plant, plantedOffice, TOTALS_ONLY, VILLAGE } from '../../../test/county/planted-office.ts'
import { buildBlocks } from '../../publish/build.ts'
import type { BuiltBlock } from '../../publish/prove.ts'
import { type Books, beginTransaction } from '../database/books.ts'
import { type Office, withBooks } from '../office.ts'
import { OfficeSource } from '../release/source.ts'
import { DisclosureError, type Failure } from './failure.ts'
import { proveBlocks, rememberBlocks } from './prove.ts'

const TODAY = '2026-11-24'
let folder = ''
let office: Office
let source: OfficeSource
let blocks: BuiltBlock[] = []

beforeAll(async () => {
  ;({ office, folder } = await plantedOffice())
  source = await OfficeSource.open(await office.books(), TODAY)
  blocks = await buildBlocks(source)
})
afterAll(async () => {
  await office.close()
  rmSync(folder, { recursive: true })
})

async function failuresOf(planted: readonly BuiltBlock[], books?: Books): Promise<readonly Failure[]> {
  try {
    await proveBlocks(books === undefined ? office : withBooks(office, books), planted)
    return []
  } catch (error) {
    if (error instanceof DisclosureError) return error.failures
    throw error
  }
}

describe('P5: money given out', () => {
  const given = (fund: string, to: string): BuiltBlock[] =>
    plant(blocks, 'allocations', (rows) => rows.flatMap((row, at) => (at === 0 ? [row, { ...row, fund, to }] : [row])))

  it.each([
    ['to a village', MASKED, VILLAGE],
    ['to a township', MASKED, '431225100'],
    ['to a name that may be a village’s', MASKED, '小寨村'],
    ['to a township’s office', MASKED, 'dept:林城镇财政所'],
    ['of a tier A fund to a village', TOTALS_ONLY, VILLAGE],
  ])('%s is refused for a masked fund', async (_, fund, to) => {
    expect(await failuresOf(given(fund, to))).toContainEqual(
      expect.objectContaining({ rule: 'masked-fund-in-the-open', where: expect.stringMatching(/^allocations/) }),
    )
  })

  it.each([
    [MASKED, '431225'],
    [MASKED, 'dept:县民政局'],
    [TOTALS_ONLY, '431225100'],
    ['F001', VILLAGE],
  ])('of %s to %s passes', async (fund, to) => {
    expect(await failuresOf(given(fund, to))).toEqual([])
  })
})

describe('P5: against earlier releases, the proof refuses', () => {
  /** Remembers the blocks as release 1 and forgets them again: `work` asks the books that remember. */
  async function withMemory(work: (books: Books) => Promise<void>): Promise<void> {
    const all = await beginTransaction(await office.books())
    try {
      await rememberBlocks(withBooks(office, all), blocks, 1, source.plans)
      await work(all)
    } finally {
      await all.rollback().execute()
    }
  }

  it('nothing when the same is published again', async () => {
    await withMemory(async (books) => expect(await failuresOf(blocks, books)).toEqual([]))
  })

  it('a number that meant somebody else', async () => {
    await withMemory(async (books) => {
      await sql`UPDATE roster SET "publishedName" = '石别人' WHERE village = ${VILLAGE} AND number = 3`.execute(books)
      expect(await failuresOf(blocks, books)).toContainEqual(
        expect.objectContaining({
          rule: 'person-number-changed',
          where: expect.stringMatching(/^people 431225100201/),
        }),
      )
    })
  })

  it('a row that was shown with another surname: both together leave too few', async () => {
    await withMemory(async (books) => {
      await sql`UPDATE "maskPublished" SET surname = '某' WHERE village = ${VILLAGE}`.execute(books)
      expect(await failuresOf(blocks, books)).toContainEqual(
        expect.objectContaining({ rule: 'masked-row-identifiable', what: expect.stringContaining('earlier release') }),
      )
    })
  })

  it('rows of a village that was only counted before', async () => {
    await withMemory(async (books) => {
      const counted = sql`UPDATE "maskDecisions" SET state = 'counted' WHERE village = ${VILLAGE} AND fund = ${MASKED}`
      await counted.execute(books)
      expect(await failuresOf(blocks, books)).toContainEqual(
        expect.objectContaining({ rule: 'masked-total-identifiable' }),
      )
    })
  })

  it('open payments of a fund that was masked before', async () => {
    await withMemory(async (books) => {
      await sql`UPDATE funds SET masked = 0 WHERE code = ${MASKED}`.execute(books)
      const again = await buildBlocks(await OfficeSource.open(books, TODAY))
      expect(await failuresOf(again, books)).toContainEqual(
        expect.objectContaining({ rule: 'masked-fund-in-the-open', where: expect.stringMatching(/^payments/) }),
      )
    })
  })

  it('while the office itself keeps to what it decided: a counted village stays counted', async () => {
    await withMemory(async (books) => {
      const counted = sql`UPDATE "maskDecisions" SET state = 'counted' WHERE village = ${VILLAGE} AND fund = ${MASKED}`
      await counted.execute(books)
      const again = await buildBlocks(await OfficeSource.open(books, TODAY))
      expect(await failuresOf(again, books)).toEqual([])
    })
  })
})
