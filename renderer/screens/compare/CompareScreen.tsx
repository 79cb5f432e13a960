// Three months side by side, class by class: this one, the one before, the same month last year. One scale throughout;
// a month that isn't published is said to be so in its place, and is never a bar of no length.
import type { ReactNode } from 'react'
import type { Fen, Month, PeriodRow } from '../../../sync/contract/rows.ts'
import { monthsEarlier } from '../../../sync/core/months.ts'
import type { MonthView } from '../../data/county-data.ts'
import { Answered } from '../../hall/Answered.tsx'
import { Screen } from '../../hall/Screen.tsx'
import { SectionHead } from '../../hall/SectionHead.tsx'
import { useAnswer } from '../../hall/use-answer.ts'
import { useText } from '../../text/use-text.tsx'
import type { ScreenProps } from '../screen.ts'
import './compare.css'
import { Trio } from './Trio.tsx'

export function CompareScreen(props: ScreenProps<'compare'>): ReactNode {
  const { data, place } = props
  const asked = useAnswer(() => data.month(place.village, place.month), [data, place.village, place.month])
  return (
    <Screen name="compare">
      <Answered asked={asked}>{(view) => <Body view={view} />}</Answered>
    </Screen>
  )
}

function Body(props: { view: MonthView }): ReactNode {
  const text = useText()
  const { view } = props
  const { month } = view.period
  const months: [Month, Month, Month] = [month, monthsEarlier(month, 1), monthsEarlier(month, 12)]
  return (
    <>
      <h1>{text('finance.compareTitle', { village: view.village.place.name })}</h1>
      <p className="second">{text('hall.unitYuan')}</p>
      <section className="stack">
        <SectionHead title={text('finance.compareSums')} />
        <div className="compare-trios">
          <Trio name={text('finance.income')} months={months} sums={sumsOf(view, 'income')} series="income" />
          <Trio name={text('finance.expense')} months={months} sums={sumsOf(view, 'expense')} series="expense" />
        </div>
      </section>
      <Classes view={view} months={months} direction="income" />
      <Classes view={view} months={months} direction="expense" />
    </>
  )
}

function Classes(props: {
  view: MonthView
  months: [Month, Month, Month]
  direction: 'income' | 'expense'
}): ReactNode {
  const text = useText()
  const { view, direction } = props
  const rows = view[direction]
  const longest = Math.max(0, ...rows.flatMap((row) => [row.amount, row.before ?? 0, row.yearBefore ?? 0]))
  return (
    <section className="stack">
      <SectionHead title={text(`finance.${direction}`)} />
      <div className="compare-trios">
        {rows.map((row) => (
          <Trio
            key={row.class}
            name={row.class}
            months={props.months}
            sums={[row.amount, row.before, row.yearBefore]}
            longest={longest}
            series={direction}
          />
        ))}
      </div>
    </section>
  )
}

function sumsOf(view: MonthView, part: 'income' | 'expense'): [Fen, Fen | null, Fen | null] {
  const of = (period: PeriodRow | null): Fen | null => period?.[part] ?? null
  return [view.period[part], of(view.before), of(view.yearBefore)]
}
