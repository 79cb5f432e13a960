// What a start leaves for later: whatever the first screen doesn't need waits until that screen stands (P7).
import type { OpenData } from './use-county.ts'

/** ms after which the rest is begun although no release was opened: a terminal without a config has none to open. */
const PATIENCE_MS = 10_000

export interface FirstScreen {
  openData: OpenData
  /** Never fails. Whether there is a release to read. */
  stands: Promise<boolean>
}

/** `stands`: the first answer to `openData` is drawn, whatever it was, and the page has nothing to do. */
export function firstScreen(openData: OpenData, page: Window): FirstScreen {
  const answered = Promise.withResolvers<boolean>()
  const idle = (): Promise<void> => new Promise((done) => page.requestIdleCallback(() => done()))
  const stands = answered.promise.then((release) => idle().then(() => release))
  page.setTimeout(() => answered.resolve(false), PATIENCE_MS)
  return {
    stands,
    openData: async (own) => {
      try {
        const opened = await openData(own)
        answered.resolve(opened !== null)
        return opened
      } finally {
        answered.resolve(false)
      }
    },
  }
}
