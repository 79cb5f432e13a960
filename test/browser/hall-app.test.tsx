// A chosen set of the chart's paths, walked in the real page: what a visit leaves (P6), what a touch may wait for (P7),
// what a release may change (P1), and how a crash ends (P10).
import { expect, test } from 'vitest'
import type { CountyData } from '../../renderer/data/county-data.ts'
import type { FundRow } from '../../sync/contract/rows.ts'
import { fixtureData, fixtureRecord } from '../county/fixture-data.ts'
import { onStage } from './hall-stage.tsx'

const START = '点这里，开始查'
const patience = { timeout: 20_000 }
/** Seconds of idleness that leave a slow machine time to walk. */
const IDLE = { warnAfterSeconds: 6, resetAfterSeconds: 1 }

test('A tap leads from the attract screen through a door and back.', async () => {
  const stage = onStage()
  await expect.poll(stage.screen).toBe('attract')
  stage.tap(START)
  await expect.poll(stage.screen).toBe('home')
  await expect.poll(stage.text).toContain('全县 196 项')
  stage.tap('村级财务')
  await expect.poll(stage.screen).toBe('finance')
  stage.tap('返回')
  await expect.poll(stage.screen).toBe('home')
})

test('A key swaps its colours at pointer-down, before anything is decided, and lets go by itself.', async () => {
  const stage = onStage()
  await expect.poll(stage.screen).toBe('attract')
  const key = stage.element('.attract-foot .key')
  key.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true }))
  expect(key.hasAttribute('data-pressed')).toBe(true)
  expect(stage.screen()).toBe('attract')
  await expect.poll(() => key.hasAttribute('data-pressed')).toBe(false)
})

test('After a visit nothing of it is left: way, village, letters, contrast, storage, address, focus, selection.', async () => {
  const stage = onStage(IDLE)
  await expect.poll(stage.screen).toBe('attract')
  stage.tap(START)
  await expect.poll(stage.screen).toBe('home')
  stage.tapElement('.letters-key')
  await expect.poll(stage.text).toContain('特大字')
  stage.tap('特大字')
  stage.tap('黑底白字')
  await expect.poll(() => document.documentElement.dataset.scheme).toBe('contrast')
  stage.tap('高椅乡 翁高村')
  await expect.poll(stage.text).toContain('三洲村')
  stage.tap('三洲村')
  await expect.poll(stage.text).toContain('高椅乡 三洲村')
  sessionStorage.setItem('draft', 'x')
  localStorage.setItem('name', 'x')
  const address = location.pathname + location.search
  history.replaceState(null, '', `${address}#/household`)
  getSelection()?.selectAllChildren(stage.element('h1'))
  await expect.poll(stage.screen, patience).toBe('idle')
  await expect.poll(stage.screen, patience).toBe('attract')
  expect(document.documentElement.dataset).toMatchObject({ scheme: 'day', text: '100' })
  expect(sessionStorage.length).toBe(0)
  expect(localStorage.getItem('name')).toBeNull()
  expect(location.hash).toBe('')
  expect(getSelection()?.toString() ?? '').toBe('')
  expect(document.activeElement).toBe(document.body)
  stage.tap(START)
  await expect.poll(stage.screen).toBe('home')
  await expect.poll(stage.text).toContain('高椅乡 翁高村')
  expect(stage.text()).not.toContain('特大字')
})

test('我还在用 goes on exactly where one was, with the page scrolled as it was; under the sheet nothing is painted.', async () => {
  const stage = onStage({ warnAfterSeconds: IDLE.warnAfterSeconds })
  await expect.poll(stage.screen).toBe('attract')
  stage.tap(START)
  await expect.poll(stage.screen).toBe('home')
  stage.tap('村级财务')
  await expect.poll(stage.text).toContain('翁高村的账')
  const content = stage.element('.content')
  content.scrollTop = 120
  const before = content.scrollTop
  expect(before).toBeGreaterThan(0)
  await expect.poll(stage.screen, patience).toBe('idle')
  const layer = stage.element('.visit-layer')
  expect(getComputedStyle(layer).visibility).toBe('hidden')
  expect(layer.inert).toBe(true)
  stage.tap('我还在用')
  await expect.poll(stage.screen).toBe('finance')
  expect(stage.element('.content')).toBe(content)
  expect(content.scrollTop).toBe(before)
})

test('A newer release waits for the attract screen; more of the same one is shown at once (P1, P7).', async () => {
  let record = fixtureRecord
  const stage = onStage({ record: () => record })
  await expect.poll(stage.screen).toBe('attract')
  stage.tap(START)
  await expect.poll(stage.text).toContain('第 47 期发布')
  record = { ...fixtureRecord, number: 48, root: '1'.repeat(64) }
  stage.works({ type: 'release-changed', root: record.root, parts: [] })
  await new Promise((done) => setTimeout(done, 200))
  expect(stage.opened).toBe(1)
  expect(stage.text()).toContain('第 47 期发布')
  stage.tap('民生资金')
  expect(stage.heard.at(-1)).toEqual({ type: 'visit' })
  stage.says({ maintenanceOpen: true })
  stage.says({ maintenanceOpen: false })
  for (let tap = 0; tap < 5; tap++)
    stage.element('.wordmark').dispatchEvent(new PointerEvent('pointerdown', { bubbles: true }))
  await expect.poll(stage.screen).toBe('pin')
  stage.tap('不进了')
  await expect.poll(stage.text).toContain('第 48 期发布')
  await expect.poll(() => stage.heard.at(-1)).toEqual({ type: 'rest' })
})

test('A newer program is applied on the attract screen only.', async () => {
  const stage = onStage(IDLE)
  await expect.poll(stage.screen).toBe('attract')
  stage.tap(START)
  await expect.poll(stage.screen).toBe('home')
  stage.newProgram()
  await new Promise((done) => setTimeout(done, 200))
  expect(stage.applied).toBe(0)
  await expect.poll(stage.screen, patience).toBe('attract')
  await expect.poll(() => stage.applied).toBe(1)
})

test('Maintenance lies behind five taps on the wordmark and a PIN, and its way out ends in attract.', async () => {
  const stage = onStage()
  await expect.poll(stage.screen).toBe('attract')
  for (let tap = 0; tap < 5; tap++)
    stage.element('.wordmark').dispatchEvent(new PointerEvent('pointerdown', { bubbles: true }))
  await expect.poll(stage.screen).toBe('pin')
  for (const digit of '1111') stage.tap(digit)
  await expect.poll(stage.text).toContain('已按 4 位')
  stage.tap('确定')
  await expect.poll(stage.text).toContain('密码不对')
  for (const digit of '135790') stage.tap(digit)
  await expect.poll(stage.text).toContain('已按 6 位')
  stage.tap('确定')
  await expect.poll(stage.screen).toBe('technician')
  expect(stage.text()).toContain('E-HASH')
  stage.tap('现在同步')
  stage.tap('全部重验')
  stage.tap('U 盘装入')
  expect(stage.heard.slice(-3).map((message) => message.type)).toEqual(['sync-now', 'scrub-now', 'load-stick'])
  stage.tap('退出维护')
  await expect.poll(stage.screen).toBe('attract')
  expect(stage.asked).toContainEqual({ action: 'close' })
})

test('A page that starts while maintenance is open was reloaded or had crashed: it asks for the PIN again (P6).', async () => {
  const stage = onStage({ host: { maintenanceOpen: true } })
  await expect.poll(stage.screen).toBe('attract')
  expect(stage.asked).toEqual([{ action: 'close' }])
})

test('A deep link opens once there is data, with home beneath it; a wrong one opens nothing.', async () => {
  const stage = onStage({ link: '#/policy?index=HT-2025-003' })
  await expect.poll(stage.screen).toBe('policy')
  stage.tap('返回')
  await expect.poll(stage.screen).toBe('home')
  const other = onStage({ link: '#/policy?index=' })
  await expect.poll(other.screen).toBe('attract')
})

test('A screen that throws ends its visit in the attract screen, and the next visit works (P10).', async () => {
  let broken = true
  const real = fixtureData()
  const data: Partial<CountyData> = {
    funds: async () => (broken ? { state: 'here', value: null as unknown as FundRow[] } : real.funds()),
  }
  const stage = onStage({ data })
  await expect.poll(stage.screen).toBe('attract')
  stage.tap(START)
  await expect.poll(() => stage.heard.map((message) => message.type).join()).toContain('visit,rest')
  await expect.poll(stage.screen).toBe('attract')
  broken = false
  stage.tap(START)
  await expect.poll(stage.text).toContain('全县 196 项')
})

test('Screens that can’t be fetched are said to be missing and asked for again, by themselves; attract stays (P3, P10).', async () => {
  let tries = 0
  const fetch = async () => {
    tries++
    if (tries < 3) throw new TypeError('Failed to fetch dynamically imported module')
  }
  const stage = onStage({ fetch })
  await expect.poll(stage.screen).toBe('attract')
  stage.tap(START)
  await expect.poll(stage.text).toContain('E-MISSING')
  await expect.poll(stage.screen, patience).toBe('home')
  expect(tries).toBe(3)
})

test('A visit whose screens never come ends in the attract screen (P10).', async () => {
  const fetch = async () => {
    throw new TypeError('Failed to fetch dynamically imported module')
  }
  const stage = onStage({ ...IDLE, fetch })
  await expect.poll(stage.screen).toBe('attract')
  stage.tap(START)
  await expect.poll(stage.text).toContain('E-MISSING')
  await expect.poll(stage.screen, patience).toBe('attract')
})

test('Without the host the terminal still reads, with what it remembers of itself (P3).', async () => {
  const first = onStage()
  await expect.poll(first.screen).toBe('attract')
  const stage = onStage()
  stage.says(null)
  await expect.poll(stage.screen).toBe('attract')
  stage.tap(START)
  await expect.poll(stage.screen).toBe('home')
})

test('Before the first data the page says what is being received, and a terminal without a config asks for one.', async () => {
  const stage = onStage({ empty: true })
  await expect.poll(stage.screen).toBe('no-data')
  const bare = onStage({ empty: true, host: { mode: 'provisioning', profile: null } })
  await expect.poll(bare.screen).toBe('setup')
  await expect.poll(bare.text).toContain('还没有找到')
})

test('Old data is dated in the dateline, never hidden (P3).', async () => {
  const stage = onStage({ record: () => ({ ...fixtureRecord, dataUntil: '2025-01-31' }) })
  await expect.poll(stage.text).toContain('数据截至 2025年1月31日')
  await expect.poll(stage.text).toContain('可能过期')
})
