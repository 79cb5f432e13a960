// The head of a voucher: what for, in or out, how much.
import type { ReactNode } from 'react'
import type { EntryRow } from '../../../sync/contract/rows.ts'
import { Amount } from '../../hall/Amount.tsx'
import { Pictogram } from '../../hall/Pictogram.tsx'
import { longDay } from '../../text/dates.ts'
import { useText } from '../../text/use-text.tsx'
import { voucherSum } from './sum.ts'

export function VoucherHead(props: { lines: readonly EntryRow[] }): ReactNode {
  const text = useText()
  const first = props.lines[0]
  if (first === undefined) return null
  const income = first.direction === 'income'
  return (
    <header className="voucher-head">
      <h1>{first.summary}</h1>
      <p className="voucher-sum" data-direction={first.direction}>
        <span className="voucher-direction">
          <Pictogram name={income ? 'plus' : 'minus'} />
          {text(income ? 'finance.income' : 'finance.expense')}
        </span>
        <Amount fen={voucherSum(props.lines)} size="sum" />
      </p>
      <p className="second">{longDay(first.date, text.language)}</p>
    </header>
  )
}
