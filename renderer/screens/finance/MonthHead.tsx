// The head of a month: whose account, does it add up, which month, who checked it. The month is an explicit choice.
import type { ReactNode } from 'react'
import type { Month } from '../../../sync/contract/rows.ts'
import { monthsEarlier } from '../../../sync/core/months.ts'
import type { MonthView } from '../../data/county-data.ts'
import { Chip } from '../../hall/Chip.tsx'
import { Key } from '../../hall/Key.tsx'
import { Pictogram } from '../../hall/Pictogram.tsx'
import { longMonth, shortDay, shortMonth } from '../../text/dates.ts'
import { useText } from '../../text/use-text.tsx'

export interface MonthHeadProps {
  view: MonthView
  onMonth: (month: Month) => void
  onMonths: () => void
}

export function MonthHead(props: MonthHeadProps): ReactNode {
  const text = useText()
  const { period, months, adds, village } = props.view
  const before = monthsEarlier(period.month, 1)
  const published = months.includes(before)
  return (
    <>
      <header className="finance-title">
        <h1>{text('finance.title', { village: village.place.name })}</h1>
        {adds ? (
          <Chip tone="good" icon="ticked" word={text('finance.adds')} />
        ) : (
          <Chip tone="bad" icon="cross" word={text('finance.addsNot')} />
        )}
      </header>
      <div className="finance-month">
        <Key
          icon="left"
          word={shortMonth(before, text.language)}
          dashed={!published}
          onTap={() => props.onMonth(before)}
        />
        <span className="finance-month-name">{longMonth(period.month, text.language)}</span>
        <Key word={text('finance.changeMonth')} onTap={props.onMonths} />
      </div>
      <Checked view={props.view} />
    </>
  )
}

function Checked(props: { view: MonthView }): ReactNode {
  const text = useText()
  const { checkedBy, checkedOn, publishedOn } = props.view.period
  const comma = text.language === 'en' ? ', ' : '，'
  const day = (value: string | null): string => (value === null ? '' : shortDay(value, text.language))
  return (
    <p className="finance-checked second">
      <Pictogram name="people" />
      <span>
        {[
          checkedBy === ''
            ? text('finance.checkedNot')
            : text('finance.checked', { who: checkedBy, day: day(checkedOn) }),
          ...(publishedOn === null ? [] : [text('finance.published', { day: day(publishedOn) })]),
        ].join(comma)}
        <span className="finance-unit">
          {comma}
          {text('hall.unitYuan')}
        </span>
      </span>
    </p>
  )
}
