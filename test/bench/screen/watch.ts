// Runs inside the built page, before its own code: what was painted when. One closed function, since the browser gets
// its text only.
import type { SyncStatus } from '../../../sync/contract/sync-status.ts'

export interface PageWatch {
  /** ms after the navigation began; 0 while not painted yet. */
  attractAt: number
  /** ms that the page has shown anything but an empty screen since. */
  firstAt: number
  /** When each frame began, ms. */
  frames: number[]
  /** Tasks of the main thread over 50 ms: when they began and how long they took, ms. */
  longTasks: { at: number; ms: number }[]
  /** How much later than asked each of the main thread's ticks came, ms. */
  ticks: { at: number; late: number }[]
  status: SyncStatus | null
  /** Arms the next tap: resolves with ms from the finger to the frame that first paints a new element like this. */
  answer(selector: string): void
  answered: Promise<number>
  /** Lets go of what has been noted: a day's notes would count as the page's memory. */
  forget(): void
  /** What the technician's screen tells the worker. */
  tell(type: 'sync-now' | 'scrub-now'): void
}
export type WatchedWindow = typeof window & { watch: PageWatch }

export function watchPage(): void {
  let worker: Worker | null = null
  let begun = 0
  let wanted: { selector: string; known: Set<Element>; done: (ms: number) => void } | null = null
  const watch: PageWatch = {
    attractAt: 0,
    firstAt: 0,
    frames: [],
    longTasks: [],
    ticks: [],
    status: null,
    answered: Promise.resolve(0),
    answer(selector) {
      begun = 0
      this.answered = new Promise((done) => {
        wanted = { selector, known: new Set(document.querySelectorAll(selector)), done }
      })
    },
    forget() {
      this.frames = []
      this.longTasks = []
      this.ticks = []
      performance.clearMarks()
    },
    tell: (type) => worker?.postMessage({ type }),
  }
  /** After this frame has been handed to the compositor. */
  const painted = (then: (at: number) => void): void => {
    const channel = new MessageChannel()
    channel.port1.onmessage = () => then(performance.now())
    channel.port2.postMessage(null)
  }
  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries()) watch.longTasks.push({ at: startTime, ms: duration })
  }).observe({ entryTypes: ['longtask'] })
  const TICK_MS = 10
  const tick = (due: number): void => {
    const now = performance.now()
    watch.ticks.push({ at: now, late: Math.max(0, now - due) })
    setTimeout(tick, TICK_MS, now + TICK_MS)
  }
  tick(performance.now())
  const look = (): void => {
    watch.frames.push(performance.now())
    if (watch.firstAt === 0 && document.querySelector('[data-screen]:not([data-screen="starting"])') !== null)
      painted((at) => {
        watch.firstAt = at
      })
    if (watch.attractAt === 0 && document.querySelector('[data-screen="attract"] .attract-foot button') !== null)
      painted((at) => {
        watch.attractAt ||= at
      })
    const { selector, known, done } = wanted ?? { selector: '', known: new Set(), done: () => undefined }
    if (begun > 0 && selector !== '' && [...document.querySelectorAll(selector)].some((each) => !known.has(each))) {
      wanted = null
      const from = begun
      painted((at) => {
        performance.mark('tap-painted')
        done(at - from)
      })
    }
    requestAnimationFrame(look)
  }
  requestAnimationFrame(look)
  addEventListener(
    'pointerdown',
    (event) => {
      if (begun > 0) return
      begun = event.timeStamp
      performance.mark('tap-down', { startTime: begun })
    },
    true,
  )
  const Plain = Worker
  window.Worker = class extends Plain {
    constructor(address: string | URL, options?: WorkerOptions) {
      super(address, options)
      // The page has a reading worker beside it.
      if (options?.name !== 'sunhall-sync') return
      worker = this
      this.addEventListener('message', ({ data }: MessageEvent<{ type: string; status: SyncStatus }>) => {
        if (data.type === 'status') watch.status = data.status
      })
    }
  }
  Object.assign(window, { watch })
}
