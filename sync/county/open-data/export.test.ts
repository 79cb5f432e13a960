import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { HIDDEN_NAME, MASKED, plantedOffice, VILLAGE } from '../../../test/county/planted-office.ts'
import { eraseWithdrawn } from '../drafts/erase.ts'
import { KeptRelease } from '../drafts/kept.ts'
import { importFile } from '../import/import-file.ts'
import { makeCountyKeys } from '../keys/root.ts'
import type { Office } from '../office.ts'
import { publishOffice } from '../release/publish-office.ts'
import { localDay } from '../release/today.ts'
import { exportOpenData } from './export.ts'

vi.setConfig({ testTimeout: 120_000 })
const NOW = new Date()
let folder = ''
let office: Office

beforeEach(async () => {
  ;({ office, folder } = await plantedOffice())
  makeCountyKeys(office, true, NOW)
})
afterEach(async () => {
  await office.close()
  rmSync(folder, { recursive: true })
})

it('holds the release’s sums, and neither numbers of people nor anyone known from masked funds alone', async () => {
  const file = join(folder, 'notice.csv')
  writeFileSync(file, 'id,kind,title,body,date,contactPhone\nGG-2,news,=1+1,"好,的",2026-03-01,0745-5550101\n')
  const choices = { table: 'notices' as const, file, map: new Map(), set: new Map(), refused: null, by: '', now: NOW }
  await importFile(office, choices)
  const { record } = await publishOffice(office, NOW, localDay(NOW), '')
  const { folder: open, rows } = exportOpenData(office.dist, null)
  const texts = new Map(readdirSync(open).map((name) => [name, readFileSync(join(open, name), 'utf8')]))
  for (const [name, text] of texts) {
    expect(text, name).not.toContain(HIDDEN_NAME)
    expect(text.split('\r\n')[0], name).not.toMatch(/person|household|serial|relation/)
  }
  expect([...texts.keys()].filter((name) => /people|names|answers|rollup|masked\.csv/.test(name))).toEqual([])
  const payments = (texts.get('payments.csv') ?? '')
    .split('\r\n')
    .slice(1, -1)
    .map((line) => line.split(','))
  expect(payments).toHaveLength(rows.payments ?? -1)
  expect(payments.some((cells) => cells.includes(MASKED))).toBe(false)
  expect(payments.find((cells) => cells[0] === VILLAGE)?.[1]).toMatch(/^[粟杨]/)
  const release = new KeptRelease({ folder: office.dist, root: record.root })
  const sums = release.rows(
    'rollup',
    release.leaves.filter(({ leaf }) => leaf[0] === 'rollup'),
  )
  const wanted = sums
    .filter(({ month, place }) => month === '' && place === '431225')
    .reduce((sum, { amount }) => sum + amount, 0)
  const paid = payments.reduce((sum, cells) => sum + Math.round(Number(cells[9]) * 100), 0)
  expect([paid, wanted > 0]).toEqual([wanted, true])
  expect(texts.get('notices.csv')).toContain(`'=1+1,"好,的"`)
})

it('goes with the release that is withdrawn', async () => {
  const { record } = await publishOffice(office, NOW, localDay(NOW), '')
  const { folder: open } = exportOpenData(office.dist, null)
  const gone = join(office.dist, 'open', '7')
  mkdirSync(gone)
  eraseWithdrawn(office.dist, record, [7])
  expect([existsSync(gone), existsSync(open)]).toEqual([false, true])
})
