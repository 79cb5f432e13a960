// The bars of the flow: money by level of government in patterns, and places to scale with the own one in the sun.
import type { CSSProperties, ReactNode } from 'react'
import type { FlowStep } from '../../data/county-data.ts'
import type { PlaceShare } from './flow-view.ts'

/** Widths are to scale within one level; the smallest drawn is 6 px. */
function share(amount: number): CSSProperties {
  return { flexGrow: Math.max(amount, 0) }
}

export function SourceBar(props: { shares: FlowStep['shares'] }): ReactNode {
  return (
    <span className="level-bar" data-solid="">
      {props.shares.map(({ level, amount }) => (
        <span key={level} className="level-piece" data-level={level} style={share(amount)} />
      ))}
    </span>
  )
}

/** `pointer`: the own share is pointed at from below. */
export function PlaceBar(props: { shares: readonly PlaceShare[]; pointer?: boolean }): ReactNode {
  return (
    <span className="level-bar">
      {props.shares.map(({ code, amount, own }) => (
        <span key={code} className="level-piece" data-own={own ? '' : undefined} style={share(amount)}>
          {own && props.pointer === true ? <span className="level-pointer" /> : null}
        </span>
      ))}
    </span>
  )
}
