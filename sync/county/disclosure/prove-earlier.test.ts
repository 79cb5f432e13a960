// The proof against money given out and against what earlier releases have shown.
import { rmSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { MASKED, plant, plantedOffice, TOTALS_ONLY, VILLAGE } from '../../../test/county/planted-office.ts'
import { buildBlocks } from '../../publish/build.ts'
import type { BuiltBlock } from '../../publish/prove.ts'
import type { Office } from '../office.ts'
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
  source = new OfficeSource(office.database, TODAY)
  blocks = buildBlocks(source)
})
afterAll(() => {
  office.close()
  rmSync(folder, { recursive: true })
})

function failuresOf(planted: readonly BuiltBlock[]): readonly Failure[] {
  try {
    proveBlocks(office, planted)
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
  ])('%s is refused for a masked fund', (_, fund, to) => {
    expect(failuresOf(given(fund, to))).toContainEqual(
      expect.objectContaining({ rule: 'masked-fund-in-the-open', where: expect.stringMatching(/^allocations/) }),
    )
  })

  it.each([
    [MASKED, '431225'],
    [MASKED, 'dept:县民政局'],
    [TOTALS_ONLY, '431225100'],
    ['F001', VILLAGE],
  ])('of %s to %s passes', (fund, to) => {
    expect(failuresOf(given(fund, to))).toEqual([])
  })
})

describe('P5: against earlier releases, the proof refuses', () => {
  function withMemory(work: () => void): void {
    office.database.exec('BEGIN')
    try {
      rememberBlocks(office, blocks, 1, source.plans)
      work()
    } finally {
      office.database.exec('ROLLBACK')
    }
  }

  it('nothing when the same is published again', () => {
    withMemory(() => expect(failuresOf(blocks)).toEqual([]))
  })

  it('a number that meant somebody else', () => {
    withMemory(() => {
      office.database
        .prepare("UPDATE roster SET publishedName = '石别人' WHERE village = ? AND number = 3")
        .run(VILLAGE)
      expect(failuresOf(blocks)).toContainEqual(
        expect.objectContaining({
          rule: 'person-number-changed',
          where: expect.stringMatching(/^people 431225100201/),
        }),
      )
    })
  })

  it('a row that was shown with another surname: both together leave too few', () => {
    withMemory(() => {
      office.database.prepare("UPDATE maskPublished SET surname = '某' WHERE village = ?").run(VILLAGE)
      expect(failuresOf(blocks)).toContainEqual(
        expect.objectContaining({ rule: 'masked-row-identifiable', what: expect.stringContaining('earlier release') }),
      )
    })
  })

  it('rows of a village that was only counted before', () => {
    withMemory(() => {
      office.database
        .prepare("UPDATE maskDecisions SET state = 'counted' WHERE village = ? AND fund = ?")
        .run(VILLAGE, MASKED)
      expect(failuresOf(blocks)).toContainEqual(expect.objectContaining({ rule: 'masked-total-identifiable' }))
    })
  })

  it('open payments of a fund that was masked before', () => {
    withMemory(() => {
      office.database.prepare('UPDATE funds SET masked = 0 WHERE code = ?').run(MASKED)
      const again = buildBlocks(new OfficeSource(office.database, TODAY))
      expect(failuresOf(again)).toContainEqual(
        expect.objectContaining({ rule: 'masked-fund-in-the-open', where: expect.stringMatching(/^payments/) }),
      )
    })
  })

  it('while the office itself keeps to what it decided: a counted village stays counted', () => {
    withMemory(() => {
      office.database
        .prepare("UPDATE maskDecisions SET state = 'counted' WHERE village = ? AND fund = ?")
        .run(VILLAGE, MASKED)
      const again = buildBlocks(new OfficeSource(office.database, TODAY))
      expect(failuresOf(again)).toEqual([])
    })
  })
})
