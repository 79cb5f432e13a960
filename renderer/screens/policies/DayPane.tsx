// In force on which day: today, the first day of a year, or any day by tiles (year, month, day).
import { type ReactNode, useState } from 'react'
import type { Day, Month } from '../../../sync/contract/rows.ts'
import { Key } from '../../hall/Key.tsx'
import { longMonth, shortMonth } from '../../text/dates.ts'
import { useText } from '../../text/use-text.tsx'
import { daysOf, monthsOf, yearsBack } from './days.ts'
import type { Query } from './PoliciesScreen.tsx'

/** First days of a year that are offered at once. */
const FIRST_DAYS = 6
const YEARS_A_STEP = 20

interface DayPaneProps {
  query: Query
  today: Day
  onChoose: (query: Query) => void
}

export function DayPane(props: DayPaneProps): ReactNode {
  const text = useText()
  const [other, setOther] = useState(false)
  const { query, today } = props
  const choose = (on: Day | null): void => props.onChoose({ ...query, on })
  if (other) return <OtherDay today={today} onDay={choose} />
  return (
    <div className="policies-words">
      <Key word={text('policies.anyDay')} chosen={query.on === null} onTap={() => choose(null)} />
      <Key word={text('policies.todayDay')} chosen={query.on === today} onTap={() => choose(today)} />
      {yearsBack(today, FIRST_DAYS).map((year) => (
        <Key
          key={year}
          word={text('policies.firstOf', { year })}
          chosen={query.on === `${year}-01-01`}
          onTap={() => choose(`${year}-01-01`)}
        />
      ))}
      <Key word={text('policies.otherDay')} onTap={() => setOther(true)} />
    </div>
  )
}

function OtherDay(props: { today: Day; onDay: (day: Day) => void }): ReactNode {
  const text = useText()
  const [year, setYear] = useState<number | null>(null)
  const [month, setMonth] = useState<Month | null>(null)
  const [years, setYears] = useState(YEARS_A_STEP)
  if (year === null)
    return (
      <Choice title={text('policies.whichYear')}>
        {yearsBack(props.today, years).map((one) => (
          <Key key={one} word={text('hall.year', { year: one })} onTap={() => setYear(one)} />
        ))}
        <Key word={text('policies.earlier')} onTap={() => setYears(years + YEARS_A_STEP)} />
      </Choice>
    )
  if (month === null)
    return (
      <Choice title={text('policies.whichMonth', { year })}>
        {monthsOf(year).map((one) => (
          <Key key={one} word={shortMonth(one, text.language)} onTap={() => setMonth(one)} />
        ))}
      </Choice>
    )
  return (
    <Choice title={text('policies.whichDay', { month: longMonth(month, text.language) })}>
      {daysOf(month).map((day) => (
        <Key
          key={day}
          word={text('policies.dayOfMonth', { day: Number(day.slice(8)) })}
          onTap={() => props.onDay(day)}
        />
      ))}
    </Choice>
  )
}

function Choice(props: { title: string; children: ReactNode }): ReactNode {
  return (
    <section className="stack">
      <p className="strong">{props.title}</p>
      <div className="policies-words">{props.children}</div>
    </section>
  )
}
