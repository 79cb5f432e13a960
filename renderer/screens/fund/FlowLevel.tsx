// One level of the flow: a wide key with words and figure on the band that falls into it, and its bar at the bottom.
import type { ReactNode } from 'react'
import type { Fen } from '../../../sync/contract/rows.ts'
import { Amount } from '../../hall/Amount.tsx'
import { Pictogram } from '../../hall/Pictogram.tsx'
import { useTap } from '../../hall/tap.ts'
import type { Span } from './flow-view.ts'

export interface FlowLevelProps {
  title: string
  says: string
  amount: Fen
  bar: ReactNode
  /** The band from the level above: its whole width, or with the own share's column lit. Absent at the top. */
  band?: 'whole' | Span
  /** The own piece of the level above, from which the dotted trapezium opens. */
  magnified?: Span
  /** This level's documents are open below it. */
  open?: boolean
  /** null: the level leads nowhere. */
  onTap: (() => void) | null
}

export function FlowLevel(props: FlowLevelProps): ReactNode {
  const tap = useTap(() => props.onTap?.())
  const inside = (
    <>
      {props.band === undefined ? null : <Band band={props.band} />}
      {props.magnified === undefined ? null : <Trapezium from={props.magnified} />}
      <span className="flow-line">
        <span className="flow-words">
          <span className="flow-title">{props.title}</span>
          <span className="flow-detail">{props.says}</span>
        </span>
        <span className="flow-amount">
          <Amount fen={props.amount} unit="auto" />
          {props.onTap === null ? null : <Pictogram name={props.open === undefined ? 'right' : props.open ? 'up' : 'down'} />}
        </span>
      </span>
      {props.bar}
    </>
  )
  const kind = props.magnified === undefined ? 'plain' : 'magnified'
  if (props.onTap === null)
    return (
      <div className="flow-level" data-kind={kind}>
        {inside}
      </div>
    )
  return (
    <button type="button" className="flow-level" data-kind={kind} data-way="" {...tap}>
      {inside}
    </button>
  )
}

/** Bands carry no figure: they only lead the eye from bar to bar. */
function Band(props: { band: 'whole' | Span }): ReactNode {
  const { band } = props
  return (
    <svg className="flow-band" viewBox="0 0 1000 100" preserveAspectRatio="none" aria-hidden="true">
      <rect className="flow-band-ground" width="1000" height="100" />
      {band === 'whole' ? null : (
        <rect className="flow-band-own" x={band.start} width={Math.max(6, band.end - band.start)} height="100" />
      )}
    </svg>
  )
}

/** Opens from the own piece above to the full width: the magnifying is seen, not silent. */
function Trapezium(props: { from: Span }): ReactNode {
  const { start, end } = props.from
  return (
    <svg className="flow-band" viewBox="0 0 1000 100" preserveAspectRatio="none" aria-hidden="true">
      <path className="flow-trapezium" d={`M${start} 0L0 22V100H1000V22L${end} 0z`} />
    </svg>
  )
}
