// A tap: the pressed state shows at pointer-down, for 120 ms, so that a finger sees that it has been felt. The browser
// says what a tap is (a click: not a scroll, not the touch that stops a moving list, also the keyboard's Enter). One thing
// it doesn't call a tap: a finger that rests. Past its long-press time Chromium gives `contextmenu` and no click, and old
// hands rest; here that counts as well, when the finger is lifted within the key.
//
//   down ─► up ─► click: tap                      short press, mouse, keyboard
//   down ─► contextmenu ─► up within the key: tap   long press (Linux, Android)
//   down ─► up within the key ─► contextmenu: tap   long press (Windows)
//   down ─► cancel, or up elsewhere: nothing        scrolled, slid off
import { type MouseEvent, type PointerEvent, useCallback, useEffect, useRef } from 'react'

/** Milliseconds that colours stay swapped (visual tokens, "Pressed"). */
export const PRESS_MS = 120
/** CSS pixels that a resting finger may wander inside a wide key: about a fingertip on the terminals' glass. */
const WANDER_PX = 48

export interface TapHandlers {
  onPointerDown: (event: PointerEvent<HTMLElement>) => void
  onPointerUp: (event: PointerEvent<HTMLElement>) => void
  onPointerCancel: () => void
  onContextMenu: (event: MouseEvent<HTMLElement>) => void
  onClick: (event: MouseEvent<HTMLElement>) => void
}

/** A finger on the key; `rested`: the browser has called it a long press; `lifted`: it went up within the key. */
interface Press {
  pointer: number
  x: number
  y: number
  state: 'down' | 'rested' | 'lifted' | 'spent'
}

/** Handlers of a key. Pressing is written to the element itself: no render stands between finger and colour. */
export function useTap(onTap: () => void): TapHandlers {
  const press = useRef<Press | null>(null)
  const show = usePressedColours()
  return handlersOf(press, show, onTap)
}

function handlersOf(press: { current: Press | null }, show: (key: HTMLElement) => void, tap: () => void): TapHandlers {
  const spend = (key: HTMLElement, spent: Press) => {
    press.current = { ...spent, state: 'spent' }
    if (!key.matches(':disabled, [inert] *')) tap()
  }
  return {
    onPointerDown(event) {
      const { isPrimary, button, pointerId, clientX, clientY } = event
      press.current = isPrimary && button === 0 ? { pointer: pointerId, x: clientX, y: clientY, state: 'down' } : null
      show(event.currentTarget)
    },
    onPointerUp(event) {
      const now = press.current
      if (now === null || now.pointer !== event.pointerId) return
      if (!isWithin(event, now)) press.current = null
      else if (now.state === 'rested') spend(event.currentTarget, now)
      else press.current = { ...now, state: 'lifted' }
    },
    onPointerCancel() {
      press.current = null
    },
    onContextMenu(event) {
      event.preventDefault()
      const now = press.current
      if (now?.state === 'down') press.current = { ...now, state: 'rested' }
      else if (now?.state === 'lifted') spend(event.currentTarget, now)
    },
    onClick(event) {
      // detail is 0 for the keyboard, assistive technology and scripts: those are presses of their own.
      const twice = press.current?.state === 'spent' && event.detail > 0
      press.current = null
      if (!twice) tap()
    },
  }
}

/** A touch is delivered to the key where it began, wherever it ends: so its place is compared. */
function isWithin(event: PointerEvent<HTMLElement>, { x, y }: Press): boolean {
  const { left, right, top, bottom } = event.currentTarget.getBoundingClientRect()
  const inside = event.clientX >= left && event.clientX <= right && event.clientY >= top && event.clientY <= bottom
  return inside && Math.hypot(event.clientX - x, event.clientY - y) <= WANDER_PX
}

function usePressedColours(): (key: HTMLElement) => void {
  const timer = useRef(0)
  useEffect(() => () => window.clearTimeout(timer.current), [])
  return useCallback((key) => {
    key.toggleAttribute('data-pressed', true)
    window.clearTimeout(timer.current)
    timer.current = window.setTimeout(() => key.toggleAttribute('data-pressed', false), PRESS_MS)
  }, [])
}
