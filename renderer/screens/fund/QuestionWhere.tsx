// Second question: where the money went. The village's sum, its months to one scale, and the ways down to each payment.
import type { ReactNode } from 'react'
import { COUNTY } from '../../../sync/contract/tree.ts'
import type { FundSpread } from '../../data/county-data.ts'
import { Amount } from '../../hall/Amount.tsx'
import { Answered } from '../../hall/Answered.tsx'
import { Key } from '../../hall/Key.tsx'
import { SectionHead } from '../../hall/SectionHead.tsx'
import { useAnswer } from '../../hall/use-answer.ts'
import { shortMonth } from '../../text/dates.ts'
import { useText } from '../../text/use-text.tsx'
import type { QuestionProps } from './FundScreen.tsx'
import { MaskedList } from './MaskedList.tsx'

export function QuestionWhere(props: QuestionProps): ReactNode {
  const text = useText()
  const { data, place } = props.screen
  const village = props.village.place
  const asked = useAnswer(
    () => data.fundSpread(place.fund, place.year, village.code),
    [data, place.fund, place.year, village.code],
  )
  return (
    <>
      <Answered asked={asked} none={text('funds.q2None', { village: village.name, year: place.year })}>
        {(spread) =>
          spread.masked === null ? (
            <Months spread={spread} question={props} />
          ) : (
            <MaskedList masked={spread.masked} question={props} />
          )
        }
      </Answered>
      <Ways {...props} listed={asked.state === 'here' && asked.value.masked === null} />
    </>
  )
}

function Months(props: { spread: FundSpread; question: QuestionProps }): ReactNode {
  const text = useText()
  const { rows } = props.spread
  const sum = rows.reduce((total, row) => total + row.rollup.amount, 0)
  const largest = Math.max(1, ...rows.map((row) => row.rollup.amount))
  const { place } = props.question.screen
  return (
    <section className="stack">
      <div className="where-sum">
        <span>{text('funds.q2Sum', { year: place.year, village: props.question.village.place.name })}</span>
        <Amount fen={sum} size="sum" />
      </div>
      <SectionHead title={text('funds.q2Months')} note={text('hall.unitYuan')} />
      <ul className="where-months">
        {rows.map(({ month, rollup }) => (
          <li key={month} className="where-month" data-more="">
            <span className="where-line">
              <span className="strong">{shortMonth(month, text.language)}</span>
              <span className="where-facts">{text('funds.q2Facts', { payees: rollup.payees, rows: rollup.rows })}</span>
              <Amount fen={rollup.amount} showUnit={false} />
            </span>
            <span className="where-bar">
              <span style={{ inlineSize: `${Math.max(0, (rollup.amount * 100) / largest)}%` }} />
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** Down to each payment, and out to township and county, to compare. A masked fund has no list of names. */
function Ways(props: QuestionProps & { listed: boolean }): ReactNode {
  const text = useText()
  const { place, visit } = props.screen
  const { place: village, township } = props.village
  const spread = (code: string): void =>
    visit.go({ screen: 'fund-spread', fund: place.fund, year: place.year, place: code })
  const list = (): void =>
    visit.go({ screen: 'fund-payments', fund: place.fund, year: place.year, village: village.code, group: null })
  return (
    <section className="stack">
      <SectionHead title={text('funds.q2Ways')} />
      {props.listed ? (
        <Key
          icon="people"
          word={text('funds.seePayments')}
          note={text('funds.seePaymentsNote')}
          after="right"
          tone="ink"
          size="big"
          onTap={list}
        />
      ) : null}
      <div className="where-ways">
        <Key
          icon="pin"
          word={text('funds.seeTownship', { township: township.name })}
          after="right"
          onTap={() => spread(township.code)}
        />
        <Key icon="land" word={text('funds.seeCounty')} after="right" onTap={() => spread(COUNTY)} />
      </div>
    </section>
  )
}
