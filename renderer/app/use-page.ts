// The page itself: what it wears (scheme, size of letters, language) and the touches that keep a visit awake.
import { useEffect, useState } from 'react'
import type { Letters } from '../navigation/letters.ts'

/** Dresses the root element; everything else follows by CSS. */
export function useDress(letters: Letters, evening: boolean, language: 'zh' | 'en'): void {
  useEffect(() => {
    const root = document.documentElement
    root.lang = language === 'en' ? 'en' : 'zh-CN'
    root.dataset.scheme = letters.contrast ? 'contrast' : evening ? 'evening' : 'day'
    root.dataset.text = String(letters.size)
  }, [letters, evening, language])
}

/** The scheme changes only in attract: never under somebody's eyes. */
export function useHeldInVisit<T>(value: T, inAttract: boolean): T {
  const [held, setHeld] = useState(value)
  if (inAttract && held !== value) setHeld(value)
  return inAttract ? value : held
}

/** ms in which many touches count as one. */
const TOUCH_MS = 500
const KINDS = ['pointerdown', 'scroll', 'keydown', 'wheel'] as const

export function useTouches(onTouch: () => void): void {
  useEffect(() => {
    let last = 0
    const heard = (event: Event) => {
      if (event.timeStamp - last < TOUCH_MS) return
      last = event.timeStamp
      onTouch()
    }
    for (const kind of KINDS) window.addEventListener(kind, heard, { capture: true, passive: true })
    const stay = (event: Event) => event.preventDefault()
    window.addEventListener('contextmenu', stay)
    window.addEventListener('dragstart', stay)
    return () => {
      for (const kind of KINDS) window.removeEventListener(kind, heard, { capture: true })
      window.removeEventListener('contextmenu', stay)
      window.removeEventListener('dragstart', stay)
    }
  }, [onTouch])
}
