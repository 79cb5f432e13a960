import { rmSync } from 'node:fs'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { changeIn } from '../../../test/county/books-file.ts'
import { plantedOffice, VILLAGE } from '../../../test/county/planted-office.ts'
import { readDifference } from '../drafts/difference.ts'
import { type Draft, draftFolder } from '../drafts/draft.ts'
import { propose } from '../drafts/propose.ts'
import { makeCountyKeys } from '../keys/root.ts'
import type { Office } from '../office.ts'
import { publishOffice } from '../release/publish-office.ts'
import { localDay } from '../release/today.ts'
import { noteRules, rulesFor } from './rule-versions.ts'

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

const publish = async () => {
  await publishOffice(office, NOW, localDay(NOW), '')
  return noteRules(office, NOW)
}
const mask = (): void =>
  changeIn(office, "UPDATE funds SET masked = 1, maskReason = '隐私' WHERE code = 'F001'; DELETE FROM projects")
const draft = (): Promise<Draft> => propose(office, { login: 'wang', name: '王' }, NOW)
const differenceOf = (one: Draft) => readDifference(draftFolder(office, one.id))

it('number the rules of the first release 1, and keep the number as long as no fund is masked in another way', async () => {
  expect(await publish()).toMatchObject([{ version: 1, release: 1 }])
  changeIn(office, "UPDATE funds SET howToApply = '到村里' WHERE code = 'F001'")
  const versions = await publish()
  expect(versions).toHaveLength(1)
  expect(versions[0]?.rules.find(({ fund }) => fund === 'FM')).toEqual({
    fund: 'FM',
    disclosure: 'masked',
    reason: '示例',
  })
})

it('say in a draft which version applies, and which villages it hides; the version counts once the draft is public', async () => {
  const first = await publish()
  const same = await draft()
  expect(rulesFor(same, differenceOf(same), first)).toEqual({ inForce: 1, applies: 1 })
  mask()
  const masked = await draft()
  expect(rulesFor(masked, differenceOf(masked), await noteRules(office, NOW))).toEqual({ inForce: 1, applies: 2 })
  const [effect] = differenceOf(masked)?.disclosure ?? []
  expect(effect).toMatchObject({ fund: 'F001', before: 'open', after: 'masked' })
  expect(effect?.villages.find(({ village }) => village === VILLAGE)).toMatchObject({
    name: '小寨村',
    before: 'open',
    after: 'masked',
  })
  expect(effect?.villages).toHaveLength(3)
  const versions = await publish()
  expect(versions).toMatchObject([{ version: 1 }, { version: 2, release: 2 }])
  const trail = await (await office.service())
    .selectFrom('audit')
    .selectAll()
    .where('action', '=', 'mask-rules')
    .execute()
  expect(trail.map(({ object }) => object)).toEqual(['mask rules 1', 'mask rules 2'])
  expect(trail[1]?.detail).toContain(versions[1]?.hash)
  expect(await noteRules(office, NOW)).toEqual(versions)
})
