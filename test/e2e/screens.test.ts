// Every screen, measured in a real browser: three sizes of the glass, three schemes, three sizes of letters; and the face
// that really painted each text. Over invented data; the list of places is test/pages/places.ts.
import { mkdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { type Browser, chromium, type Page } from 'playwright'
import { createServer, type ViteDevServer } from 'vite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { encodePlace } from '../../renderer/navigation/link.ts'
import { SHOWN, STANDING, STEPS } from '../pages/places.ts'
import { paintedFaces } from './screens-faces.ts'
import { measurePage } from './screens-measure.ts'
import { atRest } from './screens-rest.ts'

const GLASS = [
  { name: 'portrait', width: 1080, height: 1920 },
  { name: 'landscape', width: 1920, height: 1080 },
  { name: 'small', width: 1366, height: 768 },
] as const
const SCHEMES = ['day', 'evening', 'contrast'] as const
const SIZES = [100, 120, 140] as const
/** Set to a folder to keep a picture of each screen, to be looked at. */
const PICTURES = process.env.SUNHALL_PICTURES

let server: ViteDevServer
let browser: Browser
let base = ''

beforeAll(async () => {
  const configFile = fileURLToPath(new URL('../pages/vite.config.ts', import.meta.url))
  server = await createServer({
    configFile,
    server: { port: 0, host: '127.0.0.1', watch: null, hmr: false },
    logLevel: 'error',
  })
  await server.listen()
  base = server.resolvedUrls?.local[0] ?? ''
  const executablePath = process.env.SUNHALL_CHROMIUM ?? '/usr/bin/chromium'
  browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] })
  if (PICTURES !== undefined) mkdirSync(PICTURES, { recursive: true })
})
afterAll(async () => {
  await browser?.close()
  await server?.close()
})

const STATES = [
  ...SHOWN.map(({ name, place }) => ({ name, path: encodePlace(place), letters: true })),
  ...STEPS.map(({ name, query }) => ({ name, path: query, letters: true })),
  ...STANDING.map(({ name, letters }) => ({ name, path: `?show=${name}`, letters })),
]

async function open(path: string): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1080, height: 1920 }, reducedMotion: 'reduce' })
  const failures: string[] = []
  page.on('pageerror', (error) => failures.push(error.message))
  await page.goto(base + path)
  await page.locator('[data-screen], .idle').first().waitFor()
  await atRest(page)
  expect(failures).toEqual([])
  return page
}

/** Drawn anew, and the pieces of faces that were asked for by that are read. */
async function settle(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))
    await document.fonts.ready
  })
}

async function dress(page: Page, scheme: string, size: number): Promise<void> {
  await page.evaluate(
    ([nextScheme, nextSize]) => {
      document.documentElement.dataset.scheme = String(nextScheme)
      document.documentElement.dataset.text = String(nextSize)
    },
    [scheme, size] as const,
  )
  await settle(page)
}

describe.each(STATES)('the screen $name', ({ name, path, letters }) => {
  it('keeps sizes, gaps, contrast and whole words on every glass, in every scheme and size of letters', async () => {
    const page = await open(path)
    const found: string[] = []
    for (const glass of GLASS) {
      await page.setViewportSize(glass)
      for (const size of letters ? SIZES : ([100] as const))
        for (const scheme of SCHEMES) {
          await dress(page, scheme, size)
          const problems = await page.evaluate(measurePage, size)
          found.push(
            ...problems.map(
              (problem) => `${glass.name} ${scheme} ${size}: ${problem.rule} "${problem.text}" ${problem.found}`,
            ),
          )
          if (PICTURES !== undefined && (size === 100 || scheme === 'day'))
            await page.screenshot({ path: `${PICTURES}/${name}-${glass.name}-${scheme}-${size}.png` })
        }
    }
    await page.close()
    expect(found).toEqual([])
  })

  it('is painted in the faces that ship with the terminal, and in no other', async () => {
    const page = await open(path)
    const painted = await paintedFaces(page)
    await page.close()
    expect(painted.length).toBeGreaterThan(0)
    const strange = painted.filter((face) => !face.custom || !/^Noto (Sans|Serif) SC/.test(face.family))
    expect(strange).toEqual([])
  })
})
