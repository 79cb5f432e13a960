// How a payment was reckoned: standard × quantity = due, as the policy says it, and whether it was paid in full.
import type { ReactNode } from 'react'
import type { PaymentRow } from '../../../sync/contract/rows.ts'
import { quantity, yuan } from '../../hall/money.ts'
import { Pictogram } from '../../hall/Pictogram.tsx'
import type { Text } from '../../text/text.ts'
import { useText } from '../../text/use-text.tsx'
import { productOf, verdictOf } from './due.ts'

export function Reckoning(props: { row: PaymentRow }): ReactNode {
  const text = useText()
  const { row } = props
  const product = productOf(row)
  return (
    <div className="reckoning">
      <div className="reckoning-line">
        {product === null || row.standard === null || row.quantity === null ? null : (
          <>
            <Figure name={text('funds.standard')} figure={yuan(row.standard)} unit={perUnit(row.unit, text)} />
            <Pictogram name="times" />
            <Figure name={text('funds.quantity')} figure={quantity(row.quantity)} unit={row.unit} />
            {product === row.due ? <Pictogram name="equals" /> : null}
          </>
        )}
        <Figure name={text('funds.due')} figure={yuan(row.due)} unit={text('hall.yuan')} />
      </div>
      {product === null ? <p className="second">{text('funds.noStandard')}</p> : null}
      {product === null || product === row.due ? null : (
        <p className="second">{text('funds.dueOff', { amount: yuan(product) })}</p>
      )}
      <Verdict row={row} />
    </div>
  )
}

function perUnit(unit: string, text: Text): string {
  return unit === '' ? text('hall.yuan') : text('funds.perUnit', { unit })
}

function Figure(props: { name: string; figure: string; unit: string }): ReactNode {
  return (
    <span className="reckoning-figure">
      <span className="reckoning-name">{props.name}</span>
      <span className="amount">
        <span className="amount-figure">{props.figure}</span>
        <span className="amount-unit">{props.unit}</span>
      </span>
    </span>
  )
}

function Verdict(props: { row: PaymentRow }): ReactNode {
  const text = useText()
  const verdict = verdictOf(props.row)
  const good = verdict.says === 'equal'
  const words = {
    equal: 'funds.paidEqual',
    less: 'funds.paidLess',
    more: 'funds.paidMore',
    returned: 'funds.paidReturned',
    reversed: 'funds.paidReversed',
  } as const
  const values = 'by' in verdict ? { amount: yuan(verdict.by) } : {}
  return (
    <p className="reckoning-verdict" data-good={good ? '' : undefined}>
      <Pictogram name={good ? 'tick' : verdict.says === 'returned' ? 'turning' : 'minused'} />
      {text(words[verdict.says], values)}
    </p>
  )
}
