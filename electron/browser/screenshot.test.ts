// A picture of the kiosk's page, and the browser's own name, out of a real Chromium through its pipe.
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { findChromium } from './find-chromium.ts'
import { startKiosk } from './kiosk.ts'

const chromium = findChromium(process.env, process.platform)

it.skipIf(chromium === null)('is a PNG of the page, taken while the page goes on', { timeout: 60_000 }, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'sunhall-picture-'))
  const server = createServer((_, response) => response.end('<body style="background:#0f4d3f">'))
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
  const kiosk = startKiosk({
    ...{ chromium: chromium ?? '', url: () => url, profile: join(folder, 'profile'), headless: true },
    flags: ['--disable-gpu'],
    log: () => undefined,
  })
  try {
    const png = Buffer.from((await kiosk.screenshot()) ?? [])
    expect(png.subarray(1, 4).toString()).toBe('PNG')
    expect(png.readUInt32BE(16)).toBeGreaterThan(800)
    await expect.poll(() => kiosk.product(), { timeout: 30_000 }).toMatch(/^(Headless)?Chrome\/\d+/)
  } finally {
    await kiosk.stop()
    server.close()
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  }
})
