// The rest of a page, drawn when its head has been painted: the head answers the tap (P7).
import { type ReactNode, startTransition, useLayoutEffect, useState } from 'react'

/** Stands last on its page, so that nothing already seen moves when it comes. */
export function Rest(props: { children: ReactNode }): ReactNode {
  const [painted, setPainted] = useState(false)
  useLayoutEffect(() => {
    let timer = 0
    // A task that a frame has queued runs once that frame is on its way to the glass.
    const frame = requestAnimationFrame(() => {
      timer = window.setTimeout(() => startTransition(() => setPainted(true)))
    })
    return () => {
      cancelAnimationFrame(frame)
      window.clearTimeout(timer)
    }
  }, [])
  return painted ? props.children : null
}
