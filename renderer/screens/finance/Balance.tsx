// The equation of a month, read in Z order: opening + in − out = closing. Where it doesn't hold, that is said plainly.
import type { ReactNode } from 'react'
import type { MonthView } from '../../data/county-data.ts'
import { Amount } from '../../hall/Amount.tsx'
import { Pictogram } from '../../hall/Pictogram.tsx'
import type { PictogramName } from '../../hall/pictograms.ts'
import { Ruled } from '../../hall/SectionHead.tsx'
import { useText } from '../../text/use-text.tsx'
import { type Mismatch, mismatches } from './adding-up.ts'

export function Balance(props: { view: MonthView }): ReactNode {
  const text = useText()
  const { period, entries } = props.view
  return (
    <>
      <div className="balance">
        <Cell part="opening" word={text('finance.opening')} fen={period.opening} />
        <Cell part="income" icon="plus" word={text('finance.in')} fen={period.income} />
        <Cell part="expense" icon="minus" word={text('finance.out')} fen={period.expense} />
        <Cell part="closing" icon="equals" word={text('finance.closing')} fen={period.closing} />
      </div>
      {mismatches(period, entries).map((one) => (
        <DoesNotAdd key={one.where} mismatch={one} />
      ))}
    </>
  )
}

interface CellProps {
  part: 'opening' | 'income' | 'expense' | 'closing'
  icon?: PictogramName
  word: string
  fen: number
}

function Cell(props: CellProps): ReactNode {
  return (
    <div className="balance-cell" data-part={props.part}>
      <span className="balance-word">
        {props.icon === undefined ? null : <Pictogram name={props.icon} />}
        {props.word}
      </span>
      <Amount fen={props.fen} showUnit={false} />
    </div>
  )
}

const SAYS = {
  balance: 'finance.offBalance',
  income: 'finance.offIncome',
  expense: 'finance.offExpense',
} as const

function DoesNotAdd(props: { mismatch: Mismatch }): ReactNode {
  const text = useText()
  const { where, should, written } = props.mismatch
  return (
    <Ruled tone="bad">
      <p>{text(SAYS[where])}</p>
      <dl className="balance-off">
        <OffLine word={text('finance.shouldBe')} fen={should} />
        <OffLine word={text('finance.written')} fen={written} />
        <OffLine word={text('finance.difference')} fen={Math.abs(should - written)} />
      </dl>
    </Ruled>
  )
}

function OffLine(props: { word: string; fen: number }): ReactNode {
  return (
    <div className="balance-off-line">
      <dt>{props.word}</dt>
      <dd>
        <Amount fen={props.fen} showUnit={false} />
      </dd>
    </div>
  )
}
