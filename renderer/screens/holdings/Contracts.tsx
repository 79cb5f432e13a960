// Contracts: what each lessee should have paid, has paid and still owes. What is owed stands first and is counted up.
import { type ReactNode, useState } from 'react'
import type { ContractRow, PlaceCode } from '../../../sync/contract/rows.ts'
import type { CountyData } from '../../data/county-data.ts'
import { Amount } from '../../hall/Amount.tsx'
import { Answered } from '../../hall/Answered.tsx'
import { Chip } from '../../hall/Chip.tsx'
import { contractSubject } from '../../hall/holding-subjects.ts'
import { Fact, OpeningRow } from '../../hall/Row.tsx'
import { Ruled, SectionHead } from '../../hall/SectionHead.tsx'
import { useAnswer } from '../../hall/use-answer.ts'
import { longDay } from '../../text/dates.ts'
import type { Text } from '../../text/text.ts'
import { useText } from '../../text/use-text.tsx'
import { FactAmount, HoldingKey, RowOrigin } from './parts.tsx'

export function Contracts(props: { data: CountyData; village: PlaceCode }): ReactNode {
  const { data, village } = props
  const asked = useAnswer(() => data.contracts(village), [data, village])
  return <Answered asked={asked}>{(rows) => <List rows={rows} data={data} />}</Answered>
}

function List(props: { rows: readonly ContractRow[]; data: CountyData }): ReactNode {
  const text = useText()
  const rows = props.rows.toSorted((a, b) => b.owed - a.owed)
  const owed = rows.reduce((sum, row) => sum + Math.max(0, row.owed), 0)
  return (
    <>
      {owed > 0 ? (
        <Ruled tone="bad">
          <FactAmount name={text('finance.owedSum')} fen={owed} strong />
        </Ruled>
      ) : (
        <p>
          <Chip tone="good" icon="ticked" word={text('finance.owedNone')} />
        </p>
      )}
      <section>
        <SectionHead title={text('finance.contracts')} note={text('finance.contractCount', { count: rows.length })} />
        {rows.map((row) => (
          <Contract key={row.number} row={row} data={props.data} />
        ))}
      </section>
    </>
  )
}

function Contract(props: { row: ContractRow; data: CountyData }): ReactNode {
  const text = useText()
  const [open, setOpen] = useState(false)
  const { row } = props
  const owes = row.owed > 0
  return (
    <OpeningRow
      title={row.subject}
      meta={
        <>
          {owes ? (
            <Chip tone="bad" icon="hourglass" word={text('finance.owes')} />
          ) : (
            <Chip tone="good" icon="ticked" word={text('finance.paidUp')} />
          )}
          <span>{row.lessee}</span>
        </>
      }
      amount={<Amount fen={owes ? row.owed : row.received} />}
      open={open}
      tone="indigo"
      onToggle={() => setOpen(!open)}
      keys={<HoldingKey data={props.data} row={row} subjectOf={contractSubject} />}
    >
      <dl className="stack">
        <FactAmount name={text('finance.yearlyRent')} fen={row.yearlyRent} />
        <FactAmount name={text('finance.due')} fen={row.due} />
        <FactAmount name={text('finance.received')} fen={row.received} />
        <FactAmount name={text('finance.owed')} fen={row.owed} strong={owes} />
        <Fact name={text('finance.lessee')}>{written(text, row.lessee)}</Fact>
        <Fact name={text('finance.asset')}>{written(text, row.asset)}</Fact>
        <Fact name={text('finance.term')}>{term(text, row)}</Fact>
        <Fact name={text('finance.awarded')}>{written(text, row.awarded)}</Fact>
        <Fact name={text('finance.number')}>{written(text, row.number)}</Fact>
      </dl>
      <RowOrigin data={props.data} origin={row.origin} row={row.row} />
      <HoldingKey data={props.data} row={row} subjectOf={contractSubject} word="report.thisContract" />
    </OpeningRow>
  )
}

function written(text: Text, value: string): string {
  return value === '' ? text('finance.notWritten') : value
}

function term(text: Text, row: ContractRow): string {
  if (row.start === null && row.end === null) return text('finance.notWritten')
  const day = (value: string | null): string =>
    value === null ? text('finance.dayUnknown') : longDay(value, text.language)
  return text('finance.termSays', { start: day(row.start), end: day(row.end) })
}
