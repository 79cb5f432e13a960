// What the office may ask for: a picture of the kiosk's page through Chromium's own pipe, and which browser shows it.
import { z } from 'zod'
import type { DevtoolsPipe } from './devtools-pipe.ts'
import { attachTo } from './window.ts'

const picture = z.object({ data: z.base64() })
const version = z.object({ product: z.string() })

/** PNG of the page as it is painted; null where the page isn't up. Errors: E-STATE with what Chromium answered. */
export async function capturePage(pipe: DevtoolsPipe, origin: string): Promise<Uint8Array | null> {
  const page = await attachTo(pipe, origin)
  if (page === null) return null
  try {
    const { data } = picture.parse(await pipe.call('Page.captureScreenshot', { format: 'png' }, page.sessionId))
    return Buffer.from(data, 'base64')
  } finally {
    await pipe.call('Target.detachFromTarget', { sessionId: page.sessionId })
  }
}

/** 'Chrome/140.0.7339.80'. */
export async function browserProduct(pipe: DevtoolsPipe): Promise<string> {
  return version.parse(await pipe.call('Browser.getVersion', {})).product
}
