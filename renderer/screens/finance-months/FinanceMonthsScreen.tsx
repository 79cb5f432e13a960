// The wall of months by year: which month's account to read. One that is not published stays in its place and says so.
import type { ReactNode } from 'react'
import type { Month } from '../../../sync/contract/rows.ts'
import { type MonthTile, monthWall } from '../../../sync/core/months.ts'
import { Answered } from '../../hall/Answered.tsx'
import { Screen } from '../../hall/Screen.tsx'
import { SectionHead } from '../../hall/SectionHead.tsx'
import { Tile } from '../../hall/Tile.tsx'
import { useAnswer } from '../../hall/use-answer.ts'
import { shortMonth } from '../../text/dates.ts'
import { useText } from '../../text/use-text.tsx'
import type { ScreenProps } from '../screen.ts'

export function FinanceMonthsScreen(props: ScreenProps<'finance-months'>): ReactNode {
  const text = useText()
  const { data, place, visit } = props
  const asked = useAnswer(() => data.month(place.village, null), [data, place.village])
  const open = (month: Month): void => visit.go({ screen: 'finance', village: place.village, month })
  return (
    <Screen name="finance-months" moreUnit={text('finance.monthUnit')}>
      <h1>{text('finance.monthsTitle')}</h1>
      <Answered asked={asked}>
        {(view) => (
          <>
            <p className="second">
              {view.village.place.name}
              {text.language === 'en' ? ', ' : '，'}
              {text('finance.monthsNote', { count: view.months.length })}
            </p>
            {monthWall(view.months, data.record.dataUntil).map(({ year, months }) => (
              <Year key={year} year={year} months={months} onMonth={open} />
            ))}
          </>
        )}
      </Answered>
    </Screen>
  )
}

function Year(props: { year: number; months: readonly MonthTile[]; onMonth: (month: Month) => void }): ReactNode {
  const text = useText()
  return (
    <section className="stack">
      <SectionHead title={text('hall.year', { year: props.year })} />
      <div className="grid4">
        {props.months.map(({ month, published }) => (
          <Tile
            key={month}
            name={shortMonth(month, text.language)}
            dashed={!published}
            {...(published ? {} : { sub: text('finance.monthMissing') })}
            onTap={() => props.onMonth(month)}
          />
        ))}
      </div>
    </section>
  )
}
