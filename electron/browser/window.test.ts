import { expect, it } from 'vitest'
import type { DevtoolsPipe } from './devtools-pipe.ts'
import { fillScreen } from './window.ts'

const ORIGIN = 'http://127.0.0.1:47117'

/** A Chromium that answers from a script; what it is told to place is in `placed`. */
function chromium(bounds: { left: number; top: number; width: number; height: number }, url = `${ORIGIN}/`) {
  const placed: unknown[] = []
  const answers: Record<string, object> = {
    'Target.getTargets': { targetInfos: [{ targetId: 'T', type: 'page', url }] },
    'Target.attachToTarget': { sessionId: 'S' },
    'Runtime.evaluate': { result: { type: 'object', value: [1080, 1920] } },
    'Browser.getWindowForTarget': { windowId: 7, bounds: { ...bounds, windowState: 'fullscreen' } },
  }
  const pipe: DevtoolsPipe = {
    async call(method, params) {
      if (method === 'Browser.setWindowBounds') placed.push(params)
      return { ...answers[method] }
    },
  }
  return { pipe, placed }
}

it('stretches a kiosk window that no window manager made full screen', async () => {
  const { pipe, placed } = chromium({ left: 10, top: 10, width: 1050, height: 786 })
  await fillScreen(pipe, ORIGIN)
  expect(placed).toEqual([
    { windowId: 7, bounds: { windowState: 'normal' } },
    { windowId: 7, bounds: { left: 0, top: 0, width: 1080, height: 1920 } },
  ])
})

it('leaves a window alone that fills the screen already', async () => {
  const { pipe, placed } = chromium({ left: 0, top: 0, width: 1080, height: 1920 })
  await fillScreen(pipe, ORIGIN)
  expect(placed).toEqual([])
})
