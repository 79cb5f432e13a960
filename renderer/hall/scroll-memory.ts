// Going back finds the list where it was left. The answer may come after the first paint, so the place is sought again
// as the page grows, until a finger takes over. The memory itself belongs to the visit and ends with it (P6).
import { type RefObject, useEffect, useRef } from 'react'

export interface ScrollPlace {
  top: number
  remember: (top: number) => void
}

export function useScrollMemory(content: RefObject<HTMLElement | null>, place: ScrollPlace): void {
  const { top, remember } = place
  useEffect(() => {
    const element = content.current
    if (element === null || top === 0) return
    const seek = new ResizeObserver(() => {
      element.scrollTop = top
      if (element.scrollTop >= top - 1) seek.disconnect()
    })
    for (const child of element.children) seek.observe(child)
    const stop = () => seek.disconnect()
    element.addEventListener('pointerdown', stop, { once: true })
    return stop
  }, [content, top])
  useEffect(() => {
    const element = content.current
    if (element === null) return
    const keep = () => remember(element.scrollTop)
    element.addEventListener('scroll', keep, { passive: true })
    return () => element.removeEventListener('scroll', keep)
  }, [content, remember])
}

/** Back to the top when the page has become another one without a step. */
export function useTopWhen(content: RefObject<HTMLElement | null>, mark: string | undefined): void {
  const was = useRef(mark)
  useEffect(() => {
    if (was.current === mark) return
    was.current = mark
    content.current?.scrollTo({ top: 0 })
  }, [content, mark])
}
