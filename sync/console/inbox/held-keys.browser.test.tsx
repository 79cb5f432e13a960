// The inspector's keys go by themselves, in a real page: after ten minutes of rest, out of sight, with the page. Only the
// clock is false.
import { act } from 'react'
import { createRoot, type Root } from 'react-dom/client'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { OpeningKey } from '../../contract/inbox.ts'
import { type HeldKeys, REST_MS, spanInWords, useHeldKeys } from './use-held-keys.ts'

const KEY: OpeningKey = { kty: 'OKP', crv: 'X25519', x: 'x'.repeat(43), d: 'd'.repeat(43), kid: 'k' }
const MINUTE = 60_000
let root: Root
let held: HeldKeys
const onDrop = vi.fn()

function Page() {
  held = useHeldKeys(onDrop)
  return <p>{held.left === null ? '锁着' : spanInWords(held.left)}</p>
}
const text = (): string => document.querySelector('#stage')?.textContent ?? ''
const pass = (ms: number): Promise<void> => act(async () => void vi.advanceTimersByTime(ms))

beforeEach(async () => {
  Reflect.set(globalThis, 'IS_REACT_ACT_ENVIRONMENT', true)
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'Date'] })
  onDrop.mockClear()
  document.body.innerHTML = '<div id="stage"></div>'
  root = createRoot(document.querySelector('#stage') ?? document.body)
  await act(async () => root.render(<Page />))
  await act(async () => held.hold([KEY]))
})
afterEach(async () => {
  await act(async () => root.unmount())
  vi.useRealTimers()
  vi.restoreAllMocks()
})

test('The time that is left is shown, runs down, and takes the keys with it.', async () => {
  expect([held.keys, text()]).toEqual([[KEY], '10 分 00 秒'])
  await pass(MINUTE)
  expect(text()).toBe('9 分 00 秒')
  await pass(REST_MS - MINUTE - 1_000)
  expect([held.keys, text()]).toEqual([[KEY], '0 分 01 秒'])
  await pass(1_000)
  expect([held.keys, text()]).toEqual([null, '锁着'])
  expect(onDrop).toHaveBeenCalledTimes(1)
})

test('A touch of mouse or keyboard begins the ten minutes anew, even inside a field that keeps the event to itself.', async () => {
  const field = document.body.appendChild(document.createElement('input'))
  field.addEventListener('keydown', (event) => event.stopPropagation())
  for (const event of [
    new KeyboardEvent('keydown', { bubbles: true }),
    new PointerEvent('pointerdown', { bubbles: true }),
  ]) {
    await pass(9 * MINUTE)
    expect(held.keys).toEqual([KEY])
    field.dispatchEvent(event)
  }
  await pass(9 * MINUTE)
  expect(held.keys).toEqual([KEY])
  await pass(MINUTE)
  expect(held.keys).toBeNull()
})

test('A page that is out of sight holds no keys.', async () => {
  vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden')
  await act(async () => void document.dispatchEvent(new Event('visibilitychange')))
  expect(held.keys).toBeNull()
})

test('A page that is left holds no keys, and one that is locked starts no clock.', async () => {
  await act(async () => void window.dispatchEvent(new Event('pagehide')))
  expect(held.keys).toBeNull()
  await pass(REST_MS * 2)
  expect(onDrop).toHaveBeenCalledTimes(1)
})

test('A machine that slept has counted nothing: the clock decides at the first look.', async () => {
  vi.setSystemTime(Date.now() + 3 * 60 * MINUTE)
  await pass(1_000)
  expect(held.keys).toBeNull()
})
