// The one drawing besides attract's: an envelope, and the seal that comes down on it once.
import type { ReactNode } from 'react'
import { shortDay } from '../../text/dates.ts'
import { useText } from '../../text/use-text.tsx'

export function Envelope(props: { today: string }): ReactNode {
  const text = useText()
  return (
    <div className="receipt-envelope">
      <svg viewBox="0 0 660 300" aria-hidden="true">
        <rect className="receipt-paper" x="3" y="3" width="654" height="294" rx="12" />
        <path className="receipt-fold" d="M8 292L250 132M652 292L410 132" />
        <path className="receipt-flap" d="M6 8L330 200L654 8" />
      </svg>
      <p className="receipt-stamp">
        <span>{text('receipt.seal')}</span>
        <span className="receipt-stamp-day">{shortDay(props.today, text.language)}</span>
      </p>
    </div>
  )
}
