// The vouchers of one class in one month, largest first, with the class's share of the month.
import type { ReactNode } from 'react'
import type { EntryRow } from '../../../sync/contract/rows.ts'
import type { MonthView } from '../../data/county-data.ts'
import { Amount } from '../../hall/Amount.tsx'
import { Answered } from '../../hall/Answered.tsx'
import { ReportKey } from '../../hall/ReportKey.tsx'
import { WayRow } from '../../hall/Row.tsx'
import { Screen } from '../../hall/Screen.tsx'
import { SectionHead } from '../../hall/SectionHead.tsx'
import { voucherSubject } from '../../hall/subjects.ts'
import { useAnswer } from '../../hall/use-answer.ts'
import { longMonth, shortDay } from '../../text/dates.ts'
import { useText } from '../../text/use-text.tsx'
import type { ScreenProps } from '../screen.ts'
import './finance-class.css'

export function FinanceClassScreen(props: ScreenProps<'finance-class'>): ReactNode {
  const text = useText()
  const { data, place } = props
  const asked = useAnswer(() => data.month(place.village, place.month), [data, place.village, place.month])
  return (
    <Screen name="finance-class" moreUnit={text('finance.voucherUnit')}>
      <h1>{text('finance.classTitle', { month: longMonth(place.month, text.language), class: place.class })}</h1>
      <Answered asked={asked}>{(view) => <Body view={view} screen={props} />}</Answered>
    </Screen>
  )
}

function Body(props: { view: MonthView; screen: ScreenProps<'finance-class'> }): ReactNode {
  const text = useText()
  const { data, place, visit } = props.screen
  const total = props.view.period[place.direction]
  const entries = props.view.entries.filter(
    (entry) => entry.direction === place.direction && entry.class === place.class,
  )
  const sum = entries.reduce((all, entry) => all + entry.amount, 0)
  return (
    <>
      <div className="class-sum" data-direction={place.direction}>
        <Amount fen={sum} size="sum" />
        {total <= 0 ? null : (
          <span className="second">
            {text('finance.classShare', {
              direction: text(`finance.${place.direction}`),
              percent: Math.round((sum / total) * 100),
            })}
          </span>
        )}
      </div>
      <section>
        <SectionHead title={text('finance.vouchers')} note={text('finance.classNote', { count: entries.length })} />
        {entries.map((entry) => (
          <WayRow
            key={`${entry.voucher} ${entry.row}`}
            title={entry.summary}
            meta={<Said entry={entry} />}
            amount={<Amount fen={entry.amount} showUnit={false} />}
            keys={
              <ReportKey
                subject={async () =>
                  voucherSubject(text, entry, place.village, props.view.village, await data.origin(entry.origin))
                }
              />
            }
            onTap={() =>
              visit.go({ screen: 'voucher', village: place.village, month: place.month, voucher: entry.voucher })
            }
          />
        ))}
      </section>
    </>
  )
}

function Said(props: { entry: EntryRow }): ReactNode {
  const text = useText()
  const { entry } = props
  return (
    <>
      <span>{shortDay(entry.date, text.language)}</span>
      {entry.counterpart === '' ? null : <span>{entry.counterpart}</span>}
      <span>
        {entry.approver === '' ? text('finance.approverUnknown') : text('finance.approvedBy', { who: entry.approver })}
      </span>
    </>
  )
}
