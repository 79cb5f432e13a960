// Whether a policy holds on a day, as a chip. Unknown stays unknown and is said to be so.
import type { ReactNode } from 'react'
import type { ValidityOnDay } from '../../sync/core/validity.ts'
import { useText } from '../text/use-text.tsx'
import { Chip, type ChipProps } from './Chip.tsx'
import type { PictogramName } from './pictograms.ts'

const LOOKS: Record<ValidityOnDay, { tone: ChipProps['tone']; icon: PictogramName }> = {
  'in-force': { tone: 'good', icon: 'ticked' },
  'not-yet': { tone: 'warn', icon: 'clock' },
  repealed: { tone: 'off', icon: 'minused' },
  unknown: { tone: 'warn', icon: 'question' },
}

/** `then` true: the day is a chosen one and not today. */
export function ValidityChip(props: { validity: ValidityOnDay; then?: boolean }): ReactNode {
  const text = useText()
  const { validity } = props
  return (
    <Chip
      {...LOOKS[validity]}
      word={text(props.then === true ? `policies.then-${validity}` : `policies.${validity}`)}
    />
  )
}
