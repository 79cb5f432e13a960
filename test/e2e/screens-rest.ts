// When a page has come to rest: nothing of it has changed for a while, its pictures are here and its faces are read. A fixed
// wait would be too short on a busy machine, and too long on every other.
import type { Page } from 'playwright'

/** ms without a change. Answers over invented data take one turn each; a seconds' count changes more rarely. */
const QUIET_MS = 300

export function atRest(page: Page): Promise<void> {
  return page.evaluate(async (quietMs) => {
    const still = (): Promise<void> =>
      new Promise((done) => {
        const end = (): void => {
          watching.disconnect()
          done()
        }
        let timer = setTimeout(end, quietMs)
        const watching = new MutationObserver(() => {
          clearTimeout(timer)
          timer = setTimeout(end, quietMs)
        })
        watching.observe(document, { subtree: true, childList: true, characterData: true, attributes: true })
      })
    const isHere = (): boolean =>
      document.fonts.status === 'loaded' && [...document.images].every(({ complete }) => complete)
    do await still()
    while (!isHere())
  }, QUIET_MS)
}
