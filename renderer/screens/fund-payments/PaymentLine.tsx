// One payment in the village's list: who, status, day, standard × quantity, amount. The whole line leads to the household.
import type { ReactNode } from 'react'
import type { PaymentRow } from '../../../sync/contract/rows.ts'
import type { PaymentView, Village } from '../../data/county-data.ts'
import { Amount } from '../../hall/Amount.tsx'
import { StatusChip } from '../../hall/Chip.tsx'
import { quantity, yuan } from '../../hall/money.ts'
import { ReportKey } from '../../hall/ReportKey.tsx'
import { WayRow } from '../../hall/Row.tsx'
import { paymentSubject } from '../../hall/subjects.ts'
import { shortDay } from '../../text/dates.ts'
import { useText } from '../../text/use-text.tsx'

export function PaymentLine(props: { payment: PaymentView; village: Village | null; onTap: () => void }): ReactNode {
  const text = useText()
  const { row, person } = props.payment
  const { village } = props
  const reckoned = reckonedOf(row)
  return (
    <WayRow
      title={person.name}
      meta={
        <>
          <StatusChip status={row.status} />
          <span>{shortDay(row.date, text.language)}</span>
          {reckoned === null ? null : <span>{reckoned}</span>}
        </>
      }
      amount={<Amount fen={row.amount} />}
      {...(village === null
        ? {}
        : { keys: <ReportKey subject={() => paymentSubject(text, props.payment, person.name, village)} /> })}
      onTap={props.onTap}
    />
  )
}

/** '105.00 × 4.20 亩'; null where standard or quantity isn't published. */
function reckonedOf(row: PaymentRow): string | null {
  if (row.standard === null || row.quantity === null) return null
  return `${yuan(row.standard)} × ${quantity(row.quantity)} ${row.unit}`
}
