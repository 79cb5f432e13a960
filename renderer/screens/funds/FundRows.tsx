// What the village received in the year, largest first. With nothing published it says so: never a zero.
import type { ReactNode } from 'react'
import type { FundRow } from '../../../sync/contract/rows.ts'
import type { Village } from '../../data/county-data.ts'
import { Amount } from '../../hall/Amount.tsx'
import { Answered } from '../../hall/Answered.tsx'
import { Chip } from '../../hall/Chip.tsx'
import { WayRow } from '../../hall/Row.tsx'
import { SectionHead } from '../../hall/SectionHead.tsx'
import type { Asked } from '../../hall/use-answer.ts'
import { useFirstPiece } from '../../hall/use-first-piece.ts'
import { useText } from '../../text/use-text.tsx'
import type { PaidFund } from './FundsScreen.tsx'

export interface FundRowsProps {
  village: Village
  year: number
  paid: Asked<PaidFund[]>
  onFund: (fund: string) => void
}

export function FundRows(props: FundRowsProps): ReactNode {
  const text = useText()
  const values = { village: props.village.place.name, year: props.year }
  const count = props.paid.state === 'here' ? text('funds.count', { count: props.paid.value.length }) : undefined
  return (
    <section>
      <SectionHead title={text('funds.received', values)} note={count} />
      <Answered asked={props.paid} none={text('funds.nonePublished', values)}>
        {(paid) => <PaidRows key={props.year} paid={paid} onFund={props.onFund} />}
      </Answered>
    </section>
  )
}

/** Rows that a screen shows without being pushed, and some. */
const IN_SIGHT = 12

function PaidRows(props: { paid: readonly PaidFund[]; onFund: (fund: string) => void }): ReactNode {
  const rows = useFirstPiece(props.paid, IN_SIGHT)
  return rows.map((entry) => (
    <PaidRow key={entry.fund.code} entry={entry} onTap={() => props.onFund(entry.fund.code)} />
  ))
}

export function PaidRow(props: { entry: PaidFund; onTap: () => void }): ReactNode {
  const text = useText()
  const { fund, sum } = props.entry
  return (
    <WayRow
      title={fund.name}
      meta={
        <>
          <span>{fund.department}</span>
          <span>{text('funds.payees', { count: sum.payees })}</span>
        </>
      }
      amount={<Amount fen={sum.amount} />}
      onTap={props.onTap}
    />
  )
}

/** A fund without a published sum here: masked and totals-only funds say why, the rest that nothing is published yet. */
export function UnpaidRow(props: { fund: FundRow; year: number; onTap: () => void }): ReactNode {
  const { fund } = props
  return (
    <WayRow
      title={fund.name}
      meta={
        <>
          <span>{fund.department}</span>
          <Said fund={fund} year={props.year} />
        </>
      }
      onTap={props.onTap}
    />
  )
}

function Said(props: { fund: FundRow; year: number }): ReactNode {
  const text = useText()
  if (props.fund.masked) return <Chip tone="off" icon="lock" word={text('funds.masked')} />
  if (props.fund.tier === 'A') return <Chip tone="off" icon="list" word={text('funds.totalsOnly')} />
  return <span>{text('funds.notPublished', { year: props.year })}</span>
}
