// Two people at the console: the difference and the preview are looked at, one who imported can't approve, another does, a
// third publishes, and a mistake is taken back; without a fault that axe finds, at 1366 × 768. Real office, real child
// processes with the terminals' own verifier, real Chromium.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { justify, listFindings } from '../../sync/county/checks/findings.ts'
import { runChecks } from '../../sync/county/checks/run.ts'
import { makeRealKeys } from '../../sync/county/keys/ceremony.ts'
import type { Office } from '../../sync/county/office.ts'
import { publishedRelease } from '../../sync/county/release/published.ts'
import { changeIn } from '../county/books-file.ts'
import { plantedOffice } from '../county/planted-office.ts'
import { addPeople, type Desk, expectAccessible, openDesk, picture, signIn } from './console-desk.ts'

const PASSPHRASE = '雪峰山下渠水河边一百二十四户'
const PEOPLE = [
  ['zhang', '张经办', 'operator'],
  ['li', '李审核', 'reviewer'],
  ['zhao', '赵发布', 'publisher'],
] as const
type Login = (typeof PEOPLE)[number][0]
/** A job proves, signs and verifies in processes of their own. */
const JOB_MS = 120_000

let folder: string
let scratch: string
let office: Office
let desk: Desk
const pages = new Map<Login, Page>()

beforeAll(async () => {
  ;({ office, folder } = await plantedOffice())
  scratch = mkdtempSync(join(tmpdir(), 'console-drafts-'))
  const rootOut = ['a', 'b', 'c'].map((name) => join(scratch, name))
  for (const stick of rootOut) mkdirSync(stick)
  await makeRealKeys(office, { rootOut, passphrase: PASSPHRASE }, new Date())
  await addPeople(office, PEOPLE, new Date())
  await settleFindings()
  desk = await openDesk(office)
  for (const [login] of PEOPLE) pages.set(login, await signedIn(login))
}, 240_000)
afterAll(async () => {
  await desk?.close()
  await office?.close()
  for (const path of [folder, scratch]) rmSync(path, { recursive: true, force: true })
})

/** The planted office allocates less than it pays, which is mended; and has warnings: a person says why they may stand. */
async function settleFindings(): Promise<void> {
  changeIn(office, 'UPDATE allocations SET amount = amount * 1000')
  await runChecks(office, new Date())
  const service = await office.service()
  const actor = { login: 'li', name: '李审核', roles: ['reviewer' as const], township: null }
  const { findings } = await listFindings(service)
  for (const rule of new Set(findings.map((one) => one.rule)))
    await justify(service, { what: { rule }, words: '示例数据，已核对' }, actor, new Date())
}

async function signedIn(login: Login): Promise<Page> {
  const page = await desk.page()
  await page.goto(desk.url)
  await signIn(page, login)
  await page.getByRole('navigation').getByRole('link', { name: '审核发布' }).click()
  return page
}

function pageOf(login: Login): Page {
  const page = pages.get(login)
  if (page === undefined) throw new Error(`Expected a page of ${login}, found none`)
  return page
}

async function opened(login: Login, id: number): Promise<Page> {
  const page = pageOf(login)
  await page.getByRole('navigation').getByRole('link', { name: '审核发布' }).click()
  await page.reload()
  await page
    .getByRole('cell', { name: `第 ${id} 稿` })
    .getByRole('link')
    .click()
  await page.getByRole('heading', { name: `第 ${id} 稿` }).waitFor()
  return page
}

it('an operator proposes, sees what changes and what a terminal will show, and can’t approve', async () => {
  const page = pageOf('zhang')
  await page.getByRole('button', { name: '生成送审稿' }).click()
  await page.getByText('生成送审稿：做完了').waitFor({ timeout: JOB_MS })
  await expectAccessible(page)
  await picture(page, 'drafts-list')
  await opened('zhang', 1)
  await page.getByRole('heading', { name: '各资金项目' }).waitFor()
  await page.getByText('本稿由 张经办 提交，须由另一人审核').waitFor()
  expect(await page.getByRole('button', { name: '批准…' }).count()).toBe(0)
  await expectAccessible(page)
  await picture(page, 'drafts-difference')
  await page.getByRole('tab', { name: '逐行对照' }).click()
  await page.getByLabel('类别').selectOption('到户发放')
  await page.getByText('粟明一').first().waitFor()
  await expectAccessible(page)
  await picture(page, 'drafts-rows')
  await page.getByRole('tab', { name: '终端将显示' }).click()
  await page.getByLabel('村镇').selectOption({ value: '431225100201' })
  await page.getByLabel('类别').selectOption({ value: 'masked' })
  await page.getByRole('columnheader', { name: '姓', exact: true }).waitFor()
  expect(await page.getByRole('columnheader', { name: '姓名' }).count()).toBe(0)
  await expectAccessible(page)
  await picture(page, 'drafts-preview')
}, 240_000)

it('a reviewer sends it back with words, and approves the next with the passphrase; a publisher publishes it', async () => {
  const reviewer = await opened('li', 1)
  await reviewer.getByRole('button', { name: '退回…' }).click()
  await reviewer.getByLabel('哪里不对').fill('请核对三月的金额')
  await expectAccessible(reviewer)
  await reviewer.getByRole('dialog').getByRole('button', { name: '退回', exact: true }).click()
  await reviewer.getByText('退回的原因：请核对三月的金额').waitFor()
  const operator = await opened('zhang', 1)
  await operator.getByText('请核对三月的金额').waitFor()
  await operator.getByRole('link', { name: '回到审核发布' }).click()
  await operator.getByRole('button', { name: '生成送审稿' }).click()
  await operator.getByText('生成送审稿：做完了').waitFor({ timeout: JOB_MS })
  await opened('li', 2)
  await reviewer.getByRole('button', { name: '批准…' }).click()
  await reviewer.getByLabel('发布密钥的口令').fill(PASSPHRASE)
  await expectAccessible(reviewer)
  await picture(reviewer, 'drafts-approve')
  await reviewer.getByRole('button', { name: '批准并签名' }).click()
  await reviewer.getByText('批准第 2 稿并签名：做完了').waitFor({ timeout: JOB_MS })
  expect(publishedRelease(office.dist)).toBeNull()
  const publisher = await opened('zhao', 2)
  await publisher.getByRole('button', { name: '发布…' }).click()
  await expectAccessible(publisher)
  await picture(publisher, 'drafts-publish')
  await publisher.getByRole('button', { name: '现在发布' }).click()
  await publisher.getByText('发布第 2 稿：做完了').waitFor({ timeout: JOB_MS })
  expect(publishedRelease(office.dist)?.record).toMatchObject({ number: 1, reviewed: true })
}, 480_000)

it('a publisher takes a mistake back, in words, and a reviewer has to agree', async () => {
  const publisher = pageOf('zhao')
  await publisher.getByRole('link', { name: '回到审核发布' }).click()
  await publisher.getByText('经两人复核').waitFor()
  await expectAccessible(publisher)
  await publisher.getByRole('button', { name: '撤回…' }).click()
  await publisher.getByLabel(/notices/).check()
  await publisher.getByLabel('错在哪里').fill('公告发错了')
  await expectAccessible(publisher)
  await picture(publisher, 'drafts-withdraw')
  await publisher.getByRole('button', { name: '生成撤回稿，送审' }).click()
  await publisher.getByText('撤回第 1 期：做完了').waitFor({ timeout: JOB_MS })
  const reviewer = await opened('li', 3)
  await reviewer.getByText('发布后撤回第 1 期：公告发错了').waitFor()
  await expectAccessible(reviewer)
  expect(publishedRelease(office.dist)?.record.number).toBe(1)
}, 240_000)
