// Debts both ways: what others owe the village, and what the village owes. One past its day says so.
import { type ReactNode, useState } from 'react'
import type { Day, DebtRow, PlaceCode } from '../../../sync/contract/rows.ts'
import type { CountyData } from '../../data/county-data.ts'
import { Amount } from '../../hall/Amount.tsx'
import { Answered } from '../../hall/Answered.tsx'
import { Chip } from '../../hall/Chip.tsx'
import { debtSubject } from '../../hall/holding-subjects.ts'
import { Fact, OpeningRow } from '../../hall/Row.tsx'
import { SectionHead } from '../../hall/SectionHead.tsx'
import { useAnswer } from '../../hall/use-answer.ts'
import { longDay } from '../../text/dates.ts'
import { useText } from '../../text/use-text.tsx'
import { FactAmount, HoldingKey, RowOrigin } from './parts.tsx'

interface DebtsProps {
  data: CountyData
  village: PlaceCode
  today: Day
}

export function Debts(props: DebtsProps): ReactNode {
  const { data, village } = props
  const asked = useAnswer(() => data.debts(village), [data, village])
  return (
    <Answered asked={asked}>
      {(rows) => (
        <>
          <Side {...props} rows={rows} direction="receivable" />
          <Side {...props} rows={rows} direction="payable" />
        </>
      )}
    </Answered>
  )
}

function Side(props: DebtsProps & { rows: readonly DebtRow[]; direction: DebtRow['direction'] }): ReactNode {
  const text = useText()
  const { direction } = props
  const own = props.rows.filter((row) => row.direction === direction).toSorted((a, b) => b.amount - a.amount)
  const none = direction === 'receivable' ? 'finance.noReceivable' : 'finance.noPayable'
  return (
    <section>
      <SectionHead title={text(`finance.${direction}`)} note={text('finance.count', { count: own.length })} />
      {own.length === 0 ? (
        <p className="holding-none">{text(none)}</p>
      ) : (
        <FactAmount name={text('finance.compareSums')} fen={own.reduce((sum, row) => sum + row.amount, 0)} />
      )}
      {own.map((row) => (
        <Debt key={row.number} row={row} data={props.data} today={props.today} />
      ))}
    </section>
  )
}

function Debt(props: { row: DebtRow; data: CountyData; today: Day }): ReactNode {
  const text = useText()
  const [open, setOpen] = useState(false)
  const { row, today } = props
  const overdue = row.dueDate !== null && row.dueDate < today
  const day = (value: Day): string => longDay(value, text.language)
  return (
    <OpeningRow
      title={row.counterpart}
      meta={
        <>
          {overdue ? <Chip tone="bad" icon="hourglass" word={text('finance.overdue')} /> : null}
          <span>{row.reason}</span>
        </>
      }
      amount={<Amount fen={row.amount} />}
      open={open}
      tone="indigo"
      onToggle={() => setOpen(!open)}
      keys={<HoldingKey data={props.data} row={row} subjectOf={debtSubject} />}
    >
      <dl className="stack">
        <Fact name={text('finance.date')}>
          {row.date === null ? text('finance.dayUnknown') : text('finance.since', { day: day(row.date) })}
        </Fact>
        <Fact name={text('finance.term')}>
          {row.dueDate === null ? text('finance.notWritten') : text('finance.dueDay', { day: day(row.dueDate) })}
        </Fact>
        <Fact name={text('finance.number')}>{row.number}</Fact>
      </dl>
      <RowOrigin data={props.data} origin={row.origin} row={row.row} />
      <HoldingKey data={props.data} row={row} subjectOf={debtSubject} word="report.thisDebt" />
    </OpeningRow>
  )
}
