// An amount: money paid, received, held or owed. 56 px or more, two decimals, thousands separated, its right edge aligned.
import type { ReactNode } from 'react'
import type { Fen } from '../../sync/contract/rows.ts'
import { useText } from '../text/use-text.tsx'
import './amount.css'
import { fitsWan, wan, yuan } from './money.ts'

export interface AmountProps {
  fen: Fen
  /** auto: 万元 from 10,000 yuan. Default yuan. */
  unit?: 'yuan' | 'wan' | 'auto'
  /** sum: the one figure of a screen, 80 px. */
  size?: 'row' | 'sum'
  /** False where the unit stands once in the head. */
  showUnit?: boolean
}

export function Amount(props: AmountProps): ReactNode {
  const text = useText()
  const inWan = props.unit === 'wan' || (props.unit === 'auto' && fitsWan(props.fen))
  return (
    <span className="amount" data-size={props.size ?? 'row'}>
      <span className="amount-figure">{inWan ? wan(props.fen) : yuan(props.fen)}</span>
      {props.showUnit === false ? null : (
        <span className="amount-unit">{inWan ? text('hall.wan') : text('hall.yuan')}</span>
      )}
    </span>
  )
}
