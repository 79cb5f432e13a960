// A technician at the console: the thirty on one page of 1366 × 768, an alarm taken on, a token, a picture asked for, and
// what use is counted; by keyboard and without a fault that axe finds.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { PROFILES } from '../../kiosk-config/profiles.ts'
import type { Actor } from '../../sync/contract/console/session.ts'
import { patrol } from '../../sync/county/fleet/patrol.ts'
import { type Office, openOffice } from '../../sync/county/office.ts'
import { addPeople, type Desk, expectAccessible, openDesk, picture, signIn } from './console-desk.ts'
import { simulateTerminal } from './fleet-simulated.ts'

const NOW = new Date('2026-11-24T04:00:00Z')
const HOUR = 3_600_000
const TECHNICIAN: Actor = { login: 'tech', name: '杨技术', roles: ['technician'], township: null }

let folder: string
let office: Office
let desk: Desk
let page: Page

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'console-fleet-'))
  office = openOffice(join(folder, 'office'), NOW)
  await addPeople(
    office,
    [
      ['admin', '管理员', 'administrator'],
      ['tech', '杨技术', 'technician'],
    ],
    NOW,
  )
  await simulate()
  desk = await openDesk(office, () => NOW)
  page = await desk.page()
})
afterAll(async () => {
  await desk?.close()
  await office?.close()
  rmSync(folder, { recursive: true, force: true })
})

/** 26 well, one silent, one late, one that refuses, one with a full disk and a wrong clock; HT-30 never came. */
async function simulate(): Promise<void> {
  const hours = (at: number, count: number): number[] =>
    Array.from({ length: 24 }, (_, hour) => (hour === at ? count : 0))
  const ago = (count: number): Date => new Date(NOW.getTime() - count * HOUR)
  for (const [index, { terminal }] of PROFILES.slice(0, 29).entries()) {
    const simulated = await simulateTerminal(office, terminal, TECHNICIAN, ago(100))
    const refusal = { code: 'E-SIGNATURE' as const, message: 'x', number: 8, at: NOW.toISOString() }
    const usage = [
      {
        day: '2026-11-23',
        visits: hours(9, 20 + index),
        screens: { home: hours(9, 40), household: hours(9, 25) },
        over: true,
      },
    ]
    if (terminal === 'HT-05') await simulated.beat(ago(60))
    else if (terminal === 'HT-09') await simulated.beat(ago(9))
    else if (terminal === 'HT-12') await simulated.beat(ago(1), { refusal, lastError: refusal })
    else if (terminal === 'HT-20') await simulated.beat(ago(1), { diskFreeBytes: 90_000_000, clockOffsetMs: 7_200_000 })
    else await simulated.beat(ago(1), { usage })
  }
  await patrol(office, NOW)
}

it('P9: shows the thirty on one page, worst first, each with word, pictogram and reason', async () => {
  await page.goto(desk.url)
  await signIn(page, 'tech')
  await page.getByText('个终端警报还没有人处理').waitFor()
  await page.getByRole('navigation', { name: '主菜单' }).getByRole('link', { name: '终端' }).click()
  const tiles = page.getByRole('list', { name: '终端', exact: true }).getByRole('link')
  await tiles.first().waitFor()
  expect(await tiles.count()).toBe(30)
  const texts = await tiles.allInnerTexts()
  expect(texts.slice(0, 5).map((text) => text.replaceAll('\n', ' '))).toEqual([
    expect.stringMatching(/失联.*HT-05.*2 天 12 小时没有报告/),
    expect.stringMatching(/拒收.*HT-12.*拒收第 8 期：签名不对/),
    expect.stringMatching(/迟到.*HT-09.*9 小时没有报告/),
    expect.stringMatching(/未登记.*HT-30/),
    expect.stringMatching(/正常.*HT-20.*磁盘将满；时钟不准/),
  ])
  const bottom = await tiles.last().evaluate((tile) => tile.getBoundingClientRect().bottom)
  expect(bottom).toBeLessThanOrEqual(768)
  await picture(page, 'fleet-board')
  await expectAccessible(page)
})

it('takes on an alarm, which stays until the terminal is well again', async () => {
  await page.getByRole('link', { name: '警报' }).click()
  const row = page.getByRole('row').filter({ hasText: 'HT-05' })
  await row.getByRole('button', { name: '我来处理' }).click()
  await page.getByLabel('打算怎么办').fill('明天去看网线')
  await page.getByRole('dialog').getByRole('button', { name: '我来处理' }).click()
  await row.getByText('tech').waitFor()
  expect(await row.textContent()).toContain('明天去看网线')
  expect(await page.getByRole('row').filter({ hasText: 'HT-12' }).textContent()).toContain('拒收发布（签名不对）')
  await picture(page, 'fleet-alarms')
  await expectAccessible(page)
})

it('gives one terminal’s page: facts, a token shown once, a picture asked for', async () => {
  await page.goto(`${desk.url}terminals/HT-20`)
  await page.getByText('Chrome/140.0.7339.80').waitFor()
  await page.getByRole('button', { name: '要屏幕截图' }).click()
  await page.getByText('等它下次报告').waitFor()
  await page.getByRole('button', { name: '重新登记' }).click()
  await page.getByRole('button', { name: '发令牌' }).click()
  const token = page.locator('.fleet-token')
  await token.waitFor()
  expect(await token.textContent()).toMatch(/^[\w-]{22}$/)
  await page.getByRole('button', { name: '关闭' }).click()
  await picture(page, 'fleet-terminal')
  await expectAccessible(page)
})

it('draws use by hour, screen and place, with the figures as tables', async () => {
  await page.goto(`${desk.url}terminals/usage`)
  await page.getByLabel('从').fill('2026-11-01')
  await page.getByLabel('到').fill('2026-11-24')
  // Until then the figures of other days stand, and what was opened of them closes with them.
  await page.getByText('2026-11-01 到 2026-11-24，共').waitFor()
  const figure = page.getByRole('figure', { name: '看什么' })
  await figure.getByText('看数字').click()
  await expect
    .poll(() => figure.getByRole('row').allInnerTexts())
    .toEqual([
      expect.stringContaining('画面'),
      expect.stringMatching(/首页\s+1000/),
      expect.stringMatching(/一户一本账\s+625/),
    ])
  await expect.poll(() => figure.locator('svg path.recharts-rectangle').count()).toBe(2)
  await picture(page, 'fleet-usage')
  await expectAccessible(page)
})
