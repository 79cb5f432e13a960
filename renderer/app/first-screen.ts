// What a start leaves for later: whatever the first screen doesn't need waits until that screen stands (P7).
import type { OpenData } from './use-county.ts'

/** ms after which the rest is begun although no release was opened: a terminal without a config has none to open. */
const PATIENCE_MS = 10_000

export interface FirstScreen {
  openData: OpenData
  /** Never fails. */
  stands: Promise<void>
}

/** `stands`: the first answer to `openData` is drawn, whatever it was, and the page has nothing to do. */
export function firstScreen(openData: OpenData, page: Window): FirstScreen {
  const answered = Promise.withResolvers<void>()
  const stands = answered.promise.then(() => new Promise<void>((done) => page.requestIdleCallback(() => done())))
  page.setTimeout(answered.resolve, PATIENCE_MS)
  return {
    stands,
    openData: async (own) => {
      try {
        return await openData(own)
      } finally {
        answered.resolve()
      }
    },
  }
}
