// What the kiosk's window needs from Chromium beyond its flags: storage that lasts, and all of the screen.
import { setTimeout as pause } from 'node:timers/promises'
import { z } from 'zod'
import type { DevtoolsPipe } from './devtools-pipe.ts'

/** How often, and how long, the page is looked for after a launch, in ms. */
const LOOK_MS = 250
const PATIENCE_MS = 20_000

const targets = z.object({
  targetInfos: z.array(z.object({ targetId: z.string(), type: z.string(), url: z.string() })),
})
const attached = z.object({ sessionId: z.string() })
const screenSize = z.object({ result: z.object({ value: z.tuple([z.int().positive(), z.int().positive()]) }) })
const placed = z.object({
  windowId: z.int(),
  bounds: z.object({ left: z.int(), top: z.int(), width: z.int(), height: z.int() }),
})

/** Lets the page's navigator.storage.persist() succeed, which Chromium otherwise decides by its own taste. */
export async function grantDurableStorage(pipe: DevtoolsPipe, origin: string): Promise<void> {
  await pipe.call('Browser.grantPermissions', { permissions: ['durableStorage'], origin })
}

/**
 * Makes the window as large as the screen. `--kiosk` asks the window manager for that, and on a bare X server there is
 * none to do it. Does nothing where the window fills the screen already.
 */
export async function fillScreen(pipe: DevtoolsPipe, origin: string): Promise<void> {
  const page = await attachTo(pipe, origin)
  if (page === null) return
  const { targetId, sessionId } = page
  const asked = { expression: '[screen.width, screen.height]', returnByValue: true }
  const [width, height] = screenSize.parse(await pipe.call('Runtime.evaluate', asked, sessionId)).result.value
  await pipe.call('Target.detachFromTarget', { sessionId })
  const { windowId, bounds } = placed.parse(await pipe.call('Browser.getWindowForTarget', { targetId }))
  if (bounds.left <= 0 && bounds.top <= 0 && bounds.width >= width && bounds.height >= height) return
  // Bounds can't be set together with, or during, a full screen that is only said to be one.
  await pipe.call('Browser.setWindowBounds', { windowId, bounds: { windowState: 'normal' } })
  await pipe.call('Browser.setWindowBounds', { windowId, bounds: { left: 0, top: 0, width, height } })
}

/** A session with the kiosk's page, to be detached again; null where none comes up. */
export async function attachTo(
  pipe: DevtoolsPipe,
  origin: string,
): Promise<{ targetId: string; sessionId: string } | null> {
  const targetId = await findPage(pipe, origin)
  if (targetId === null) return null
  const { sessionId } = attached.parse(await pipe.call('Target.attachToTarget', { targetId, flatten: true }))
  return { targetId, sessionId }
}

async function findPage(pipe: DevtoolsPipe, origin: string): Promise<string | null> {
  for (let waited = 0; waited < PATIENCE_MS; waited += LOOK_MS) {
    const { targetInfos } = targets.parse(await pipe.call('Target.getTargets', {}))
    const page = targetInfos.find(({ type, url }) => type === 'page' && url.startsWith(`${origin}/`))
    if (page !== undefined) return page.targetId
    await pause(LOOK_MS)
  }
  return null
}
