// Where there is nothing: says what would stand here, and what to do.
import './empty.css'
import type { ReactNode } from 'react'

export function Empty({ children }: { children: ReactNode }) {
  return <div className="c-empty">{children}</div>
}
