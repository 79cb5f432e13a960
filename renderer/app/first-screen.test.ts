import { expect, test, vi } from 'vitest'
import { firstScreen } from './first-screen.ts'

/** A page whose timers fire when the test says so, and that is idle at once. */
function page() {
  const timers: (() => void)[] = []
  const made = {
    requestIdleCallback: (work: () => void) => queueMicrotask(work),
    setTimeout: (work: () => void) => timers.push(work),
  }
  return { timers, window: made as unknown as Window }
}
const settled = () => new Promise((done) => setTimeout(done))

test('The rest begins when the first answer is here, be it a release, none, or a failure.', async () => {
  const release = { data: {}, reader: {} } as never
  const answers = [
    [async () => release, true],
    [async () => null, false],
    [async () => Promise.reject(new Error('E-STORE')), false],
  ] as const
  for (const [open, isThere] of answers) {
    const begun = vi.fn()
    const first = firstScreen(open, page().window)
    void first.stands.then(begun)
    await settled()
    expect(begun).not.toHaveBeenCalled()
    await first.openData(null).catch(() => null)
    await settled()
    expect(begun.mock.calls).toEqual([[isThere]])
  }
})

test('Where no release is ever asked for, the rest begins by itself.', async () => {
  const begun = vi.fn()
  const { timers, window } = page()
  void firstScreen(async () => null, window).stands.then(begun)
  for (const due of timers) due()
  await settled()
  expect(begun).toHaveBeenCalledOnce()
})
