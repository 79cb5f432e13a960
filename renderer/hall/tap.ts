// A tap: the pressed state shows at pointer-down, for 120 ms, so that a finger sees that it has been felt.
import { type PointerEvent, useCallback, useEffect, useRef } from 'react'

/** Milliseconds that colours stay swapped (visual tokens, "Pressed"). */
export const PRESS_MS = 120

export interface TapHandlers {
  onPointerDown: (event: PointerEvent<HTMLElement>) => void
  onClick: () => void
}

/** Handlers of a key. Pressing is written to the element itself: no render stands between finger and colour. */
export function useTap(onTap: () => void): TapHandlers {
  const timer = useRef(0)
  useEffect(() => () => window.clearTimeout(timer.current), [])
  const onPointerDown = useCallback((event: PointerEvent<HTMLElement>) => {
    const key = event.currentTarget
    key.toggleAttribute('data-pressed', true)
    window.clearTimeout(timer.current)
    timer.current = window.setTimeout(() => key.toggleAttribute('data-pressed', false), PRESS_MS)
  }, [])
  return { onPointerDown, onClick: onTap }
}
