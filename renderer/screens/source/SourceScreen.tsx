// Where a figure comes from (P8): the published cells of its row, and the row's way from file to release. Never the sheet.
import type { ReactNode } from 'react'
import type { Answer, HouseholdView, PaymentView } from '../../data/county-data.ts'
import { Amount } from '../../hall/Amount.tsx'
import { Answered } from '../../hall/Answered.tsx'
import { quantity, yuan } from '../../hall/money.ts'
import { Screen } from '../../hall/Screen.tsx'
import { SectionHead } from '../../hall/SectionHead.tsx'
import { paymentSubject } from '../../hall/subjects.ts'
import { useAnswer } from '../../hall/use-answer.ts'
import { paymentKey } from '../../navigation/payment-key.ts'
import { NOTHING_PARTICULAR, type ReportSubject } from '../../navigation/report.ts'
import { longDay } from '../../text/dates.ts'
import type { Text } from '../../text/text.ts'
import { useText } from '../../text/use-text.tsx'
import type { ScreenProps } from '../screen.ts'
import './source.css'

export function SourceScreen(props: ScreenProps<'source'>): ReactNode {
  const text = useText()
  const { data, place } = props
  const asked = useAnswer(() => find(props), [data, place.village, place.head, place.payment])
  return (
    <Screen
      name="source"
      subject={() => (asked.state === 'here' ? subjectOf(text, asked.value) : NOTHING_PARTICULAR)}
      aside={<h1>{text('funds.sourceTitle')}</h1>}
    >
      <Answered asked={asked} none={text('funds.sourceMissing')}>
        {({ payment }) => (
          <>
            <Cells title={text('funds.sourceCells')} cells={cellsOf(payment, text)} />
            <Cells title={text('funds.sourceOrigin')} cells={originOf(payment, data.record.number, text)} />
            <p className="second">{text('funds.sourceNote')}</p>
          </>
        )}
      </Answered>
    </Screen>
  )
}

interface Found {
  payment: PaymentView
  household: HouseholdView
}

function subjectOf(text: Text, { payment, household }: Found): ReportSubject {
  return paymentSubject(text, payment, household.head.name, household.village)
}

async function find({ data, place }: ScreenProps<'source'>): Promise<Answer<Found>> {
  const household = await data.household(place.village, place.head)
  if (household.state !== 'here') return household
  const payments = household.value.years.flatMap((year) => year.payments)
  const payment = payments.find(({ row }) => paymentKey(row) === place.payment)
  return payment === undefined ? { state: 'none' } : { state: 'here', value: { payment, household: household.value } }
}

type Cell = readonly [name: string, value: ReactNode]

function cellsOf({ row, fund, person, policy }: PaymentView, text: Text): Cell[] {
  const none = text('funds.cellNone')
  const basis = [policy === null ? row.policy : policy.number || policy.title, row.clauses].filter(
    (part) => part !== '',
  )
  return [
    [text('funds.cell.fund'), fund.name],
    [text('funds.cell.payee'), person.name],
    [text('funds.cell.group'), person.group || none],
    [text('funds.cell.batch'), row.batch || none],
    [text('funds.cell.serial'), String(row.serial)],
    [text('funds.standard'), row.standard === null ? none : `${yuan(row.standard)} ${perUnit(row.unit, text)}`],
    [text('funds.quantity'), row.quantity === null ? none : `${quantity(row.quantity)} ${row.unit}`],
    [text('funds.due'), <Amount key="due" fen={row.due} />],
    [text('funds.paid'), <Amount key="paid" fen={row.amount} />],
    [text('funds.cell.date'), longDay(row.date, text.language)],
    [text('funds.cell.status'), text(`hall.status.${row.status}`)],
    ...(row.earlier === null ? [] : [[text('funds.cell.earlier'), longDay(row.earlier, text.language)] as const]),
    [text('funds.cell.policy'), basis.join(' ') || none],
  ]
}

function perUnit(unit: string, text: Text): string {
  return unit === '' ? text('hall.yuan') : text('funds.perUnit', { unit })
}

function originOf({ row, origin }: PaymentView, release: number, text: Text): Cell[] {
  const number: Cell = [text('funds.cell.release'), text('hall.issue', { number: release })]
  const sheetRow: Cell = [text('funds.cell.row'), String(row.row)]
  if (origin === null) return [[text('funds.cell.origin'), text('hall.pending')], sheetRow, number]
  const by = (who: string, day: string): string => text('funds.byOn', { who, day: longDay(day, text.language) })
  const approved =
    origin.approvedBy === '' || origin.approvedOn === null
      ? text('hall.notReviewed')
      : by(origin.approvedBy, origin.approvedOn)
  return [
    [text('funds.cell.origin'), origin.sample ? `${origin.file} ${text('hall.sample')}` : origin.file],
    sheetRow,
    [text('funds.cell.importedBy'), by(origin.importedBy, origin.importedOn)],
    [text('funds.cell.approvedBy'), approved],
    number,
  ]
}

function Cells(props: { title: string; cells: readonly Cell[] }): ReactNode {
  return (
    <section>
      <SectionHead title={props.title} />
      <dl className="source-cells">
        {props.cells.map(([name, value]) => (
          <div key={name} className="source-cell" data-more="">
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
