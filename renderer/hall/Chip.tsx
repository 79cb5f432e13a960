// A chip: a state in pictogram, word and outline, never in colour alone. Not a target.
import type { ReactNode } from 'react'
import type { PaymentStatus } from '../../sync/contract/rows.ts'
import { useText } from '../text/use-text.tsx'
import './chip.css'
import { Pictogram } from './Pictogram.tsx'
import type { PictogramName } from './pictograms.ts'

export interface ChipProps {
  tone: 'good' | 'warn' | 'bad' | 'off' | 'ink'
  icon?: PictogramName
  word: string
}

export function Chip(props: ChipProps): ReactNode {
  return (
    <span className="chip" data-tone={props.tone}>
      {props.icon === undefined ? null : <Pictogram name={props.icon} />}
      {props.word}
    </span>
  )
}

const STATUS: Record<PaymentStatus, { tone: ChipProps['tone']; icon: PictogramName }> = {
  已发: { tone: 'good', icon: 'ticked' },
  补发: { tone: 'warn', icon: 'plussed' },
  退回: { tone: 'warn', icon: 'turning' },
  冲销: { tone: 'off', icon: 'minused' },
}

/** The status of a payment (domain: 已发, 退回, 补发, 冲销). */
export function StatusChip(props: { status: PaymentStatus }): ReactNode {
  const text = useText()
  return <Chip {...STATUS[props.status]} word={text(`hall.status.${props.status}`)} />
}
