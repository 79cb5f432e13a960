// The Electron shell's window, against a typed fake of Electron: it has no door, and comes back from every trouble (P10).
import { describe, expect, test, vi } from 'vitest'
import { afterTrouble, FINE, HANG_MS, HEALTHY_MS, MAX_TROUBLES, MAX_WAIT_MS } from '../../electron/shell/recovery.ts'
import { fakeEvent } from '../e2e/electron-fake.ts'
import { shellForEachTest } from './shell-bench.ts'

const shell = shellForEachTest()

describe('the window', () => {
  test('is a kiosk with sandbox and isolation, without Node, and shows when it is ready', async () => {
    await shell.start()
    expect(shell.window().options).toMatchObject({
      kiosk: true,
      webPreferences: {
        ...{ sandbox: true, contextIsolation: true, nodeIntegration: false, nodeIntegrationInWorker: false },
        ...{ webSecurity: true, webviewTag: false, devTools: false, preload: '/preload.cjs' },
      },
    })
    expect(shell.window().loads).toEqual(['app://kiosk/'])
    shell.window().emit('ready-to-show')
    expect(shell.window().calls).toEqual(['show'])
  })

  test('has no door: it can be neither closed, minimised nor taken out of full screen', async () => {
    await shell.start()
    const close = fakeEvent({})
    shell.window().emit('close', close)
    shell.window().emit('minimize')
    shell.window().emit('leave-full-screen')
    expect(close.prevented).toBe(true)
    expect(shell.window().calls).toEqual(['restore', 'kiosk true'])
  })

  test.each([
    ['a crashed renderer', () => shell.contents().emit('render-process-gone', {}, { reason: 'crashed' })],
    ['a failed load', () => shell.contents().emit('did-fail-load', {}, -6, 'ERR_FILE_NOT_FOUND', 'app://kiosk/', true)],
    ['a crashed GPU process', () => shell.fake.app.emit('child-process-gone', {}, { type: 'GPU', reason: 'crashed' })],
  ])('loads the attract screen afresh after %s, with nothing left of a visit (P6, P10)', async (_name, trouble) => {
    await shell.start()
    vi.useFakeTimers()
    trouble()
    trouble()
    expect(shell.window().loads).toHaveLength(1)
    await vi.advanceTimersByTimeAsync(1000)
    expect(shell.window().loads).toEqual(['app://kiosk/', 'app://kiosk/'])
  })

  test('stays calm at aborted loads, frames and helpers that end', async () => {
    await shell.start()
    vi.useFakeTimers()
    shell.contents().emit('did-fail-load', {}, -3, 'ERR_ABORTED', 'app://kiosk/', true)
    shell.contents().emit('did-fail-load', {}, -6, 'ERR', 'app://kiosk/x', false)
    shell.fake.app.emit('child-process-gone', {}, { type: 'Utility', reason: 'crashed' })
    shell.fake.app.emit('child-process-gone', {}, { type: 'GPU', reason: 'clean-exit' })
    await vi.advanceTimersByTimeAsync(60_000)
    expect(shell.window().loads).toHaveLength(1)
  })

  test('ends a page that hangs for ten seconds (P10), and leaves one alone that answers again', async () => {
    await shell.start()
    vi.useFakeTimers()
    shell.contents().emit('unresponsive')
    await vi.advanceTimersByTimeAsync(HANG_MS - 1)
    shell.contents().emit('responsive')
    await vi.advanceTimersByTimeAsync(HANG_MS)
    expect(shell.contents().calls).toEqual([])
    shell.contents().emit('unresponsive')
    await vi.advanceTimersByTimeAsync(HANG_MS)
    expect(shell.contents().calls).toEqual(['forcefullyCrashRenderer'])
  })

  test('comes back when it was destroyed, and is relaunched when nothing helps', async () => {
    await shell.start()
    vi.useFakeTimers()
    shell.window().destroyed = true
    shell.window().emit('closed')
    await vi.advanceTimersByTimeAsync(1000)
    expect(shell.window(1).loads).toEqual(['app://kiosk/'])
    for (let trouble = 2; trouble <= MAX_TROUBLES; trouble += 1) {
      shell.window(1).webContents.emit('render-process-gone', {}, { reason: 'crashed' })
      await vi.advanceTimersByTimeAsync(MAX_WAIT_MS)
    }
    expect(shell.fake.app.calls.slice(-2)).toEqual(['relaunch', 'exit 0'])
  })

  test('stays closed once the program ends', async () => {
    await shell.start()
    vi.useFakeTimers()
    shell.fake.app.emit('before-quit', fakeEvent({}))
    const close = fakeEvent({})
    shell.window().emit('close', close)
    shell.window().emit('closed')
    await vi.advanceTimersByTimeAsync(60_000)
    expect([close.prevented, shell.fake.windows.length]).toEqual([false, 1])
  })
})

test('Troubles in a row wait 1, 2, 4 … 30 s; a page that lived a minute starts anew', () => {
  let recovery = FINE
  const waits: unknown[] = []
  for (let trouble = 1; trouble < MAX_TROUBLES; trouble += 1) {
    const next = afterTrouble(recovery, trouble * 1000)
    recovery = next.recovery
    waits.push(next.step.kind === 'reload' ? next.step.afterMs : next.step.kind)
  }
  expect(waits).toEqual([1000, 2000, 4000, 8000, 16_000, 30_000, 30_000])
  expect(afterTrouble(recovery, 8000).step).toEqual({ kind: 'relaunch' })
  expect(afterTrouble(recovery, 7000 + HEALTHY_MS + 1).step).toEqual({ kind: 'reload', afterMs: 1000 })
})
