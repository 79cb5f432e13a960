// The inspector's keys in this page's memory, and when they go: after ten minutes in which nobody touched the page, as soon as
// the page is out of sight, and with the page itself (signing out takes it away).
//
//   none ─ opened with the passphrase ─► held ─ lock │ ten minutes of rest │ out of sight │ signed out ─► none
import { useCallback, useEffect, useState } from 'react'
import type { OpeningKey } from '../../contract/inbox.ts'

/** Ms without a touch of mouse or keyboard after which the keys go. */
export const REST_MS = 10 * 60_000
const TICK_MS = 1_000
const TOUCHES = ['pointerdown', 'keydown', 'wheel'] as const

export interface HeldKeys {
  keys: readonly OpeningKey[] | null
  /** Seconds left; null while none are held. */
  left: number | null
  hold(keys: readonly OpeningKey[]): void
  drop(): void
}

/** `onDrop`: called whenever held keys go, whatever the reason. */
export function useHeldKeys(onDrop: () => void): HeldKeys {
  const [keys, setKeys] = useState<readonly OpeningKey[] | null>(null)
  const [left, setLeft] = useState<number | null>(null)
  const drop = useCallback((): void => {
    setKeys(null)
    setLeft(null)
    onDrop()
  }, [onDrop])
  useEffect(() => {
    if (keys === null) return
    let touched = Date.now()
    const touch = (): void => {
      touched = Date.now()
    }
    const look = (): void => {
      const rest = REST_MS - (Date.now() - touched)
      // By the clock, not by counted ticks: a machine that slept has counted none.
      if (rest <= 0) drop()
      else setLeft(Math.ceil(rest / 1000))
    }
    const onHide = (): void => {
      if (document.visibilityState === 'hidden') drop()
    }
    look()
    const timer = setInterval(look, TICK_MS)
    for (const event of TOUCHES) window.addEventListener(event, touch, { passive: true, capture: true })
    document.addEventListener('visibilitychange', onHide)
    window.addEventListener('pagehide', drop)
    return () => {
      clearInterval(timer)
      for (const event of TOUCHES) window.removeEventListener(event, touch, { capture: true })
      document.removeEventListener('visibilitychange', onHide)
      window.removeEventListener('pagehide', drop)
    }
  }, [keys, drop])
  return { keys, left, hold: setKeys, drop }
}

/** '9 分 58 秒'. */
export function spanInWords(seconds: number): string {
  return `${Math.floor(seconds / 60)} 分 ${String(seconds % 60).padStart(2, '0')} 秒`
}
