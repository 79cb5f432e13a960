// The allocation documents behind a level: number, date, from whom to whom, and how much.
import type { ReactNode } from 'react'
import type { AllocationRow, PlaceCode } from '../../../sync/contract/rows.ts'
import { Amount } from '../../hall/Amount.tsx'
import { SayRow } from '../../hall/Row.tsx'
import { longDay } from '../../text/dates.ts'
import type { Text } from '../../text/text.ts'
import { useText } from '../../text/use-text.tsx'

export function Documents(props: { allocations: readonly AllocationRow[] }): ReactNode {
  const text = useText()
  return (
    <div className="flow-documents">
      {props.allocations.map((row) => (
        <SayRow
          key={`${row.document}${row.from}${row.to}${row.origin}-${row.row}`}
          title={row.document || text('funds.documentUnknown')}
          meta={
            <>
              <span>{row.date === null ? text('funds.dateUnknown') : longDay(row.date, text.language)}</span>
              <span>{text('funds.documentFromTo', { from: nameOf(row.from, text), to: nameOf(row.to, text) })}</span>
            </>
          }
          amount={<Amount fen={row.amount} unit="auto" />}
        />
      ))}
    </div>
  )
}

/** A department carries its name in its code (contract: `dept:` + name). */
function nameOf(code: PlaceCode, text: Text): string {
  if (code.startsWith('dept:')) return code.slice(5)
  return code.length < 6 ? text('funds.province') : text('hall.county')
}
