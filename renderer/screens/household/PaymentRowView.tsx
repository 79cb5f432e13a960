// One payment of a household: closed, name, status, dates and amount; open, how it was reckoned and where it comes from.
import type { ReactNode } from 'react'
import type { PaymentRow } from '../../../sync/contract/rows.ts'
import type { HouseholdView, PaymentView } from '../../data/county-data.ts'
import { Amount } from '../../hall/Amount.tsx'
import { StatusChip } from '../../hall/Chip.tsx'
import { Key } from '../../hall/Key.tsx'
import { Pictogram } from '../../hall/Pictogram.tsx'
import { ReportKey } from '../../hall/ReportKey.tsx'
import { Fact, OpeningRow } from '../../hall/Row.tsx'
import { paymentSubject } from '../../hall/subjects.ts'
import { longDay, shortDay } from '../../text/dates.ts'
import type { Text } from '../../text/text.ts'
import { useText } from '../../text/use-text.tsx'
import { Reckoning } from './Reckoning.tsx'

export interface PaymentRowViewProps {
  payment: PaymentView
  household: HouseholdView
  open: boolean
  onToggle: () => void
  onPolicy: (index: string) => void
  onSource: () => void
}

export function PaymentRowView(props: PaymentRowViewProps): ReactNode {
  const text = useText()
  const { row, fund } = props.payment
  const { head, village } = props.household
  const subject = () => paymentSubject(text, props.payment, head.name, village)
  return (
    <OpeningRow
      title={fund.name}
      meta={
        <>
          <StatusChip status={row.status} />
          <span>{datesOf(row, text)}</span>
        </>
      }
      amount={<Amount fen={row.amount} />}
      open={props.open}
      onToggle={props.onToggle}
      keys={<ReportKey subject={subject} />}
    >
      <Reckoning row={row} />
      <Facts payment={props.payment} household={props.household} />
      <div className="household-keys">
        {props.payment.policy === null ? null : <Key icon="paper" word={text('funds.seePolicy')} onTap={onPolicy} />}
        <Key icon="document" word={text('funds.seeSource')} onTap={props.onSource} />
        <ReportKey subject={subject} word={text('report.thisPayment')} layout="row" />
      </div>
    </OpeningRow>
  )

  function onPolicy(): void {
    if (props.payment.policy !== null) props.onPolicy(props.payment.policy.index)
  }
}

/** A returned or repaid payment keeps both of its dates. */
function datesOf(row: PaymentRow, text: Text): string {
  const date = shortDay(row.date, text.language)
  if (row.earlier === null) return date
  const earlier = shortDay(row.earlier, text.language)
  if (row.status === '补发') return text('funds.repaid', { earlier, date })
  return row.status === '退回' ? text('funds.returned', { earlier, date }) : date
}

function Facts(props: { payment: PaymentView; household: HouseholdView }): ReactNode {
  const text = useText()
  const { row, policy, person } = props.payment
  const basis = [policy === null ? row.policy : policy.number || policy.title, row.clauses].filter(
    (part) => part !== '',
  )
  return (
    <dl className="stack household-facts">
      {person.number === props.household.head.number ? null : (
        <Fact name={<Named icon="person" word={text('funds.payee')} />}>
          {person.relation === '' ? person.name : `${person.name}（${person.relation}）`}
        </Fact>
      )}
      <Fact name={<Named icon="paper" word={text('funds.basis')} />}>
        {basis.length === 0 ? text('funds.basisNone') : basis.join(' ')}
      </Fact>
      <Fact name={<Named icon="link" word={text('funds.whence')} />}>{whence(props.payment, text)}</Fact>
    </dl>
  )
}

function Named(props: { icon: 'paper' | 'link' | 'person'; word: string }): ReactNode {
  return (
    <>
      <Pictogram name={props.icon} />
      {props.word}
    </>
  )
}

/** P8: each figure leads back to its file and row, and says who approved it, or that nobody has. */
function whence({ origin, row }: PaymentView, text: Text): string {
  if (origin === null) return text('hall.pendingMore')
  const review =
    origin.approvedBy === '' || origin.approvedOn === null
      ? text('hall.notReviewed')
      : text('funds.reviewedBy', { who: origin.approvedBy, day: longDay(origin.approvedOn, text.language) })
  return text('funds.whenceSays', { file: origin.file, row: row.row, review })
}
