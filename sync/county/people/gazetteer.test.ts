import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { openOffice } from '../office.ts'
import { Gazetteer } from './gazetteer.ts'

it('a village is known by each of its names, the register’s own too', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'sunhall-gazetteer-'))
  const office = openOffice(folder, new Date('2026-11-24T02:00:00Z'))
  try {
    const gazetteer = await Gazetteer.open(await office.books())
    const names = ['小寨', '小寨村', '小寨村委会', '小寨村村委会', '小寨村民委员会', '小寨村村民委员会']
    for (const name of names)
      expect(gazetteer.villageOf(name, '林城镇'), name).toEqual({ ok: true, value: '431225100201' })
    for (const name of ['改河社区', '改河居委会', '改河社区居委会', '改河社区居民委员会'])
      expect(gazetteer.villageOf(name, '林城镇'), name).toEqual({ ok: true, value: '431225100001' })
  } finally {
    await office.close()
    rmSync(folder, { recursive: true })
  }
})
