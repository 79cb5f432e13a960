// Idle: an opaque sheet over everything. The sun holds the seconds that remain; one huge key keeps the visit as it was.
import type { CSSProperties, ReactNode } from 'react'
import { Key } from '../../hall/Key.tsx'
import { useText } from '../../text/use-text.tsx'
import './idle.css'

export interface IdleSheetProps {
  /** Seconds that remain, and of how many. */
  seconds: number
  total: number
  onStay: () => void
  onDone: () => void
}

const RADIUS = 136
const ROUND = 2 * Math.PI * RADIUS

export function IdleSheet(props: IdleSheetProps): ReactNode {
  const text = useText()
  return (
    <div className="idle" role="alertdialog" aria-label={text('idle.question')}>
      <div className="idle-sheet">
        <Ring seconds={props.seconds} total={props.total} />
        <div className="idle-words">
          <h1>{text('idle.question')}</h1>
          <p>
            <b>{text('idle.seconds', { seconds: props.seconds })}</b>
            {text('idle.after')}
            <br />
            {text('idle.cleared')}
          </p>
        </div>
        <div className="idle-keys">
          <Key icon="hand" word={text('idle.stay')} tone="ink" size="big" onTap={props.onStay} />
          <Key icon="tick" word={text('idle.done')} onTap={props.onDone} />
        </div>
      </div>
    </div>
  )
}

function Ring(props: { seconds: number; total: number }): ReactNode {
  const left = props.total === 0 ? 0 : Math.max(0, Math.min(1, props.seconds / props.total))
  const style = { strokeDasharray: `${ROUND * left} ${ROUND}` } satisfies CSSProperties
  return (
    <div className="idle-ring">
      <svg viewBox="0 0 284 284" aria-hidden="true">
        <circle className="idle-round" cx="142" cy="142" r={RADIUS} />
        <circle className="idle-left" cx="142" cy="142" r={RADIUS} style={style} />
        <circle className="idle-sun" cx="142" cy="142" r="121" />
      </svg>
      <span className="idle-seconds">{props.seconds}</span>
    </div>
  )
}
