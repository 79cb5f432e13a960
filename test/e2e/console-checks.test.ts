// A reviewer in a real browser: a faulty ledger is checked and a warning justified; a photo is blacked out with the mouse and
// with numbers, looked at, and only then published. Each page is read by axe.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { importFile } from '../../sync/county/import/import-file.ts'
import { type Office, openOffice } from '../../sync/county/office.ts'
import { addPictures } from '../../sync/county/pictures/add.ts'
import { OfficeSource } from '../../sync/county/release/source.ts'
import { addPeople, type Desk, expectAccessible, openDesk, signIn } from './console-desk.ts'

const VILLAGE = '431225100201'
const now = (): Date => new Date()

let folder = ''
let office: Office
let desk: Desk
let page: Page

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'console-checks-'))
  office = openOffice(join(folder, 'office'), now())
  await fill()
  desk = await openDesk(office)
  page = await desk.page()
})
afterAll(async () => {
  await desk?.close()
  await office?.close()
  rmSync(folder, { recursive: true, force: true })
})

/** Two accounts, a ledger with a gap and a forbidden expense, and a photo that the operator handed over. */
async function fill(): Promise<void> {
  await addPeople(
    office,
    [
      ['wangqiang', '王强', 'operator'],
      ['lifang', '李芳', 'reviewer'],
    ],
    now(),
  )
  const file = join(folder, '村级账.csv')
  const row = (voucher: string, summary: string): string =>
    `${VILLAGE},2026-08,${voucher},2026-08-12,${summary},expense,5.00,100.00,民主理财小组`
  writeFileSync(
    file,
    `村代码,期间,凭证号,日期,摘要,方向,金额,期初余额,审核人\n${row('记-001', '付招待费')}\n${row('记-003', '付水渠维修')}\n`,
  )
  await importFile(office, {
    table: 'ledger',
    file,
    map: new Map(),
    set: new Map(),
    refused: null,
    by: '王强',
    now: now(),
  })
  const photos = join(folder, 'photos')
  mkdirSync(photos)
  const photo = await sharp({ create: { width: 800, height: 500, channels: 3, background: '#c8d8b0' } })
    .jpeg()
    .toBuffer()
  writeFileSync(join(photos, `${VILLAGE}_2026-08_记-003.jpg`), photo)
  const actor = { login: 'wangqiang', name: '王强', roles: ['operator' as const], township: null }
  await addPictures(office, { paths: [photos], mapping: null, actor, now: now() })
}

const source = async (): Promise<OfficeSource> => OfficeSource.open(await office.books(), '2026-11-24')
const published = async (): Promise<string[]> =>
  (await (await source()).villageRows(VILLAGE)).entries.flatMap(({ images }) => images)

it('checks what was imported, shows each rule with its law, and takes a word for a warning', async () => {
  await page.goto(`${desk.url}checks`)
  await signIn(page, 'lifang')
  await page.getByRole('heading', { name: '数据检查', level: 1 }).waitFor()
  await page.getByRole('button', { name: '重新检查' }).click()
  await page.getByText('查出 1 个错误、1 条待说明的提醒').waitFor({ timeout: 60_000 })
  await expectAccessible(page)
  await page.getByRole('button', { name: '县里禁止列支的开支' }).click()
  await page.getByRole('cell', { name: /记-001 付招待费 5\.00元/ }).waitFor()
  expect(await page.getByRole('cell', { name: /村级账\.csv 第 2 行/ }).count()).toBe(1)
  await page.getByRole('button', { name: '返回全部规则' }).click()
  await page.getByRole('button', { name: '凭证号不连续' }).click()
  await page.getByRole('button', { name: /^说明：/ }).click()
  await page.getByLabel('核实的情况和理由').fill('记-002作废，已附作废凭证')
  await expectAccessible(page)
  await page.getByRole('button', { name: '确认说明' }).click()
  await page.getByText('没有待处理的行').waitFor()
  await page.getByRole('button', { name: '返回全部规则' }).click()
  await page.getByText('查出 1 个错误、0 条待说明的提醒').waitFor()
})

it('blacks out parts by mouse and by numbers, and publishes a picture only after the look', async () => {
  await page.goto(`${desk.url}pictures`)
  await page.getByRole('button', { name: /付水渠维修票据/ }).click()
  const canvas = page.locator('.pictures-canvas svg')
  await canvas.waitFor()
  const box = await canvas.boundingBox()
  if (box === null) throw new Error('Expected the picture on screen, found none')
  await page.mouse.move(box.x + box.width * 0.25, box.y + box.height * 0.25)
  await page.mouse.down()
  await page.mouse.move(box.x + box.width * 0.5, box.y + box.height * 0.5, { steps: 4 })
  await page.mouse.up()
  await page.getByRole('button', { name: '加一块' }).click()
  await page.getByLabel('第 2 块 左').fill('700')
  await expect.poll(() => page.locator('.pictures-canvas rect').count()).toBe(2)
  await expectAccessible(page)
  await page.getByRole('button', { name: '保存遮盖' }).click()
  await page.getByText('遮盖已烧进图片').waitFor({ state: 'attached' })
  expect(await published()).toEqual([])
  await page.getByRole('checkbox', { name: /没有身份证号/ }).check()
  await page.getByRole('button', { name: '可以公开' }).click()
  await page.getByText('没有等着看的图片').waitFor()
  const [hash = ''] = await published()
  const bytes = await (await source()).media(hash)
  const { data, info } = await sharp(bytes).raw().toBuffer({ resolveWithObject: true })
  const at = (x: number, y: number): number => data[(y * info.width + x) * info.channels] ?? 255
  expect([at(300, 190) < 12, at(750, 250) < 12, at(100, 450) > 150]).toEqual([true, true, true])
})
