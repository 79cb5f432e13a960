// How much of a page lies below what is seen: rows are counted, so that the bar can say 还有 4 个村.
import { type RefObject, useEffect, useState } from 'react'

export interface Below {
  /** Rows (elements with `data-more`) that are wholly or mostly hidden; 0 where there are none to count. */
  rows: number
}

/** Pixels that may hang over without the bar appearing: less than half a line. */
const SLACK = 12

/** null when the end of the page is in sight. */
export function useBelow(content: RefObject<HTMLElement | null>): Below | null {
  const [below, setBelow] = useState<Below | null>(null)
  useEffect(() => {
    const element = content.current
    if (element === null) return
    const look = () => setBelow((was) => same(was, measure(element)))
    const resized = new ResizeObserver(look)
    resized.observe(element)
    for (const child of element.children) resized.observe(child)
    element.addEventListener('scroll', look, { passive: true })
    return () => {
      resized.disconnect()
      element.removeEventListener('scroll', look)
    }
  }, [content])
  return below
}

function same(was: Below | null, now: Below | null): Below | null {
  return was !== null && now !== null && was.rows === now.rows ? was : now
}

function measure(element: HTMLElement): Below | null {
  // Measured against the room that there is without the bar: else the bar itself would keep the bar.
  const room = element.parentElement?.clientHeight ?? element.clientHeight
  if (element.scrollHeight <= room + 1) return null
  if (element.scrollHeight - element.clientHeight - element.scrollTop <= SLACK) return null
  const edge = element.getBoundingClientRect().bottom
  let rows = 0
  for (const row of element.querySelectorAll('[data-more]')) {
    const box = row.getBoundingClientRect()
    if (box.top + box.height / 2 > edge) rows += 1
  }
  return { rows }
}
