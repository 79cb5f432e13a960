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
  onTap: () => void
}

export function FlowLevel(props: FlowLevelProps): ReactNode {
  return (
    <div className="flow-level" data-kind={props.magnified === undefined ? 'plain' : 'magnified'}>
      {props.band === undefined ? null : <Band band={props.band} />}
      {props.magnified === undefined ? null : <Trapezium from={props.magnified} />}
      <WayLine {...props} />
      {props.bar}
    </div>
  )
}

/** The line is the key; band and bar lie between it and the next, so that neighbours are well apart. */
function WayLine(props: FlowLevelProps): ReactNode {
  const tap = useTap(props.onTap)
  return (
    <button type="button" className="flow-line" {...tap}>
      <Words {...props} />
    </button>
  )
}

function Words(props: FlowLevelProps): ReactNode {
  const arrow = props.open === undefined ? 'right' : props.open ? 'up' : 'down'
  return (
    <>
      <span className="flow-words">
        <span className="flow-title">{props.title}</span>
        <span className="flow-detail">{props.says}</span>
      </span>
      <span className="flow-amount">
        <Amount fen={props.amount} unit="auto" />
        <Pictogram name={arrow} />
      </span>
    </>
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
