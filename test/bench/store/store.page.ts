// The bench's page: starts an engine's worker, hands it what the driver asks, and watches its own frames meanwhile.
import type { Call } from './engine.page.ts'

let worker: Worker | null = null

function start(engine: string): void {
  worker?.terminate()
  worker = new Worker(`/built/${engine}.js`, { type: 'module' })
}

/** One call at a time. */
function call(given: Call): Promise<unknown> {
  const to = worker
  if (to === null) throw new Error('Expected a started engine')
  return new Promise((done, failed) => {
    to.onerror = (event) => failed(new Error(event.message))
    to.onmessage = ({ data }: MessageEvent<{ result: unknown } | { error: string }>) =>
      'error' in data ? failed(new Error(data.error)) : done(data.result)
    to.postMessage(given)
  })
}

let longest: number[] = []
let last = 0
function frame(now: number): void {
  if (last > 0) longest.push(now - last)
  last = now
  requestAnimationFrame(frame)
}
requestAnimationFrame(frame)

/** Gaps between frames since it was last asked, ms. */
function frames(): number[] {
  const found = longest
  longest = []
  return found
}

async function disk(): Promise<number> {
  const { usage = 0 } = await navigator.storage.estimate()
  return usage
}

Object.assign(window, { bench: { start, call, frames, disk } })
