// What the disclosure rules make of an office's rows, before the proof looks at it.
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  HIDDEN_NAME,
  MASKED,
  MASKED_SPREAD,
  plantedOffice,
  SECOND,
  THIRD,
  TOTALS_ONLY,
  VILLAGE,
} from '../../../test/county/planted-office.ts'
import type { Kind, Rows } from '../../contract/rows.ts'
import { decodeBlock } from '../../core/codec.ts'
import { buildBlocks } from '../../publish/build.ts'
import type { BuiltBlock } from '../../publish/prove.ts'
import { importFile } from '../import/import-file.ts'
import type { Office } from '../office.ts'
import { OfficeSource } from '../release/source.ts'
import { proveBlocks } from './prove.ts'

const TODAY = '2026-11-24'
let folder = ''
let office: Office
let blocks: BuiltBlock[] = []

beforeAll(async () => {
  ;({ office, folder } = await plantedOffice())
  blocks = await buildBlocks(await OfficeSource.open(await office.books(), TODAY))
})
afterAll(async () => {
  await office.close()
  rmSync(folder, { recursive: true })
})

function rowsOf<K extends Kind>(kind: K, village?: string): Rows[K][] {
  return blocks
    .filter((block) => block.leaf[0] === kind && (village === undefined || block.village === village))
    .flatMap(({ bytes }) => decodeBlock(kind, bytes))
}

describe('P5: what the office builds by the rules', () => {
  it('passes the proof', async () => {
    expect(await proveBlocks(office, blocks)).toMatchObject({ blocks: blocks.length })
  })

  it('holds masked rows with fund, month, surname, amount and status alone, sorted by amount', () => {
    const rows = rowsOf('masked', VILLAGE).filter(({ fund }) => fund === MASKED)
    expect(rows).toHaveLength(7)
    for (const row of rows) expect(Object.keys(row).sort()).toEqual(['amount', 'fund', 'month', 'status', 'surname'])
    expect(rows.map(({ amount }) => amount)).toEqual(rows.map(({ amount }) => amount).toSorted((a, b) => a - b))
  })

  it('gives nobody a registry number, an index entry or a posting for a masked fund alone', () => {
    expect(rowsOf('people').map(({ name }) => name)).not.toContain(HIDDEN_NAME)
    expect(rowsOf('name-index').map(({ name }) => name)).not.toContain(HIDDEN_NAME)
    expect(rowsOf('people', VILLAGE)).toHaveLength(14)
  })

  it('shows no masked rows of a village with fewer than five payees, and puts their money into a total of five or more', () => {
    expect(rowsOf('masked', SECOND)).toEqual([])
    const total = rowsOf('masked-totals').find(({ fund }) => fund === MASKED_SPREAD)
    expect(total).toMatchObject({ payees: 11, year: 2026 })
  })

  it('keeps what a masked fund gave to townships and villages in the office, however the file names them', () => {
    const shown = rowsOf('allocations').map(({ fund, to }) => [fund, to])
    expect(shown.sort()).toEqual([
      ['F001', 'dept:县农业农村局'],
      [TOTALS_ONLY, '431225100'],
      [MASKED, 'dept:县民政局'],
    ])
  })

  it('publishes a tier A fund in totals only', () => {
    expect(rowsOf('payments').filter(({ fund }) => fund === TOTALS_ONLY)).toEqual([])
    expect(rowsOf('masked-totals').find(({ fund }) => fund === TOTALS_ONLY)).toMatchObject({ payees: 7 })
    expect(rowsOf('rollup').some(({ fund }) => fund === TOTALS_ONLY || fund === MASKED)).toBe(false)
  })

  it('counts an ID number under two names as one payee, so that five are five', async () => {
    const other = await plantedOffice()
    const file = join(other.folder, 'masked.csv')
    const line = (name: string, at: number, id: number): string =>
      `${MASKED},${THIRD},1组,吴山${name},${100 + at},2026-03-01,43122519700304123${id}`
    const lines = ['一', '二', '三', '四', '五'].map((name, at) => line(name, at, Math.min(at, 3)))
    writeFileSync(file, `fund,village,group,payee,amount,date,idNumber\n${lines.join('\n')}\n`)
    const plain = {
      table: 'payments',
      file,
      map: new Map(),
      set: new Map(),
      refused: null,
      by: '',
      now: new Date(),
    } as const
    expect(await importFile(other.office, plain)).toMatchObject({ accepted: 5 })
    const built = await buildBlocks(await OfficeSource.open(await other.office.books(), TODAY))
    expect(built.filter(({ leaf, village }) => leaf[0] === 'masked' && village === THIRD)).toEqual([])
    expect(await proveBlocks(other.office, built)).toMatchObject({ blocks: built.length })
    await other.office.close()
    rmSync(other.folder, { recursive: true })
  })
})
