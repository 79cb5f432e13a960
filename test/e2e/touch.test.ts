// Fingers on the glass, as Chromium itself makes touches of them: short, resting, sliding, scrolling; and the keyboard.
// Over the developer's page. A press goes in by the browser's own touch emulation, the one that knows long presses.
import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { type Browser, type CDPSession, chromium, type Page } from 'playwright'
import { createServer, type ViteDevServer } from 'vite'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { z } from 'zod'
import { CODE_RANDOM_BYTES, codeWords, initialsOf, queryCodeOf } from '../../sync/core/report-code.ts'

const WORDS = z.array(z.tuple([z.string(), z.string()])).parse(JSON.parse(readFileSync('assets/words.json', 'utf8')))
/** Well past Chromium's long-press time. */
const REST_MS = 900
/** A second action of the same press would come in this time. */
const AFTER_MS = 300
/** A frame or two between the places of a finger that moves. */
const MOVE_MS = 40
const CODES = 30

let server: ViteDevServer
let browser: Browser
let page: Page
let glass: CDPSession
let base = ''

beforeAll(async () => {
  const configFile = fileURLToPath(new URL('../pages/vite.config.ts', import.meta.url))
  const open = { port: 0, host: '127.0.0.1', watch: null, hmr: false } as const
  server = await createServer({ configFile, server: open, logLevel: 'error' })
  await server.listen()
  base = server.resolvedUrls?.local[0] ?? ''
  const executablePath = process.env.SUNHALL_CHROMIUM ?? '/usr/bin/chromium'
  browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] })
})
afterAll(async () => {
  await browser?.close()
  await server?.close()
})
beforeEach(async () => {
  await page?.close()
  page = await browser.newPage({ viewport: { width: 1080, height: 1920 }, hasTouch: true, reducedMotion: 'reduce' })
  glass = await page.context().newCDPSession(page)
  await glass.send('Emulation.setEmitTouchEventsForMouse', { enabled: true, configuration: 'mobile' })
})

async function show(hash: string, selector: string): Promise<void> {
  await page.goto(base + hash)
  await page.locator(selector).first().waitFor()
  await page.evaluate(() => document.fonts.ready)
}

type Point = { x: number; y: number }
const finger = (type: 'mousePressed' | 'mouseMoved' | 'mouseReleased', { x, y }: Point): Promise<unknown> =>
  glass.send('Input.emulateTouchFromMouseEvent', { type, x: Math.round(x), y: Math.round(y), button: 'left' })

async function middle(selector: string): Promise<Point> {
  const box = await page.locator(selector).first().boundingBox()
  if (box === null) throw new Error(`Expected ${selector} on the page, found none`)
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 }
}

/** Down, a wait, along the way, up. */
async function press(ms: number, from: Point, ...way: Point[]): Promise<void> {
  await finger('mousePressed', from)
  await page.waitForTimeout(ms)
  for (const point of way) {
    await finger('mouseMoved', point)
    await page.waitForTimeout(MOVE_MS)
  }
  await finger('mouseReleased', way.at(-1) ?? from)
}

const LETTER_A = '.answers-letters .key:not(:disabled)'
const field = (): Promise<string | null> => page.locator('.answers-field').textContent()
it('a finger that rests on a key for 900 ms has tapped it, once', async () => {
  await show('#/answers', LETTER_A)
  await page.evaluate(() => {
    window.addEventListener('contextmenu', () => document.body.toggleAttribute('data-rested', true), true)
  })
  const key = await middle(LETTER_A)
  await finger('mousePressed', key)
  await page.waitForTimeout(REST_MS)
  // The browser did call it a long press: without that this test would prove nothing. A busy one says so late.
  await page.locator('body[data-rested]').waitFor()
  await finger('mouseReleased', key)
  await expect.poll(field).toBe('已点 A')
  await page.waitForTimeout(AFTER_MS)
  expect(await field()).toBe('已点 A')
})

it('a short press taps once as well', async () => {
  await show('#/answers', LETTER_A)
  await press(40, await middle(LETTER_A))
  await expect.poll(field).toBe('已点 A')
  await page.waitForTimeout(AFTER_MS)
  expect(await field()).toBe('已点 A')
})

it('a finger that slides off its key has tapped neither that key nor the one where it is lifted', async () => {
  await show('#/answers', LETTER_A)
  const from = await middle(LETTER_A)
  for (const ms of [40, REST_MS]) {
    await press(ms, from, { x: from.x + 60, y: from.y }, { x: from.x + 240, y: from.y })
    await page.waitForTimeout(AFTER_MS)
    expect(await field()).toBe('还没有点')
  }
})

it('a finger that pushes a list up has opened none of its rows', async () => {
  await show('#/funds?class=涉农&year=2025', '.row-way')
  const from = await middle('.row-way')
  const up = [40, 120, 240, 360].map((way) => ({ x: from.x, y: from.y - way }))
  const scroller = page.locator('.content')
  await page.locator('.content-main').evaluate((main) => {
    main.style.minHeight = '4000px'
  })
  await press(40, from, ...up)
  await expect.poll(() => scroller.evaluate(({ scrollTop }) => scrollTop)).toBeGreaterThan(0)
  await page.waitForTimeout(AFTER_MS)
  expect(await page.locator('[data-screen="funds"]').count()).toBe(1)
})

it('the keyboard presses keys too, with Enter and with the space bar', async () => {
  await show('#/answers', LETTER_A)
  await page.locator(LETTER_A).first().focus()
  await page.keyboard.press('Enter')
  await expect.poll(field).toBe('已点 A')
  await page.locator('.answers-pressed .key').focus()
  await page.keyboard.press('Space')
  await expect.poll(field).toBe('还没有点')
})

it('codes drawn at random are found by taps, word for word', async () => {
  // By touches one after the other, as fast as the page takes them: none may get lost.
  await glass.send('Emulation.setEmitTouchEventsForMouse', { enabled: false })
  await show('#/answers', LETTER_A)
  const key = (list: string, word: string) =>
    page.locator(`.answers-${list} .key`, { hasText: new RegExp(`^${word}$`) })
  for (let code = 0; code < CODES; code += 1) {
    const words = codeWords(queryCodeOf(randomBytes(CODE_RANDOM_BYTES), WORDS))
    for (const [at, word] of words.entries()) {
      const listed = WORDS.find(([one]) => one === word)
      for (const letter of initialsOf(listed ?? ['', ''])) await key('letters', letter.toUpperCase()).tap()
      await key('words', word).tap()
      const picked = page.locator('.answers-picked > li').nth(at)
      if (at < words.length - 1) await expect.poll(() => picked.textContent()).toBe(word)
    }
    await page.locator('button', { hasText: '看完了' }).tap()
    await page.locator('button', { hasText: '看答复' }).tap()
  }
}, 600_000)
