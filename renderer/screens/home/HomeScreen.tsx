// Home: one question, three doors, and the fourth where this terminal takes messages. Each door states one true, dated figure; what is not known yet is said, never zero.
import type { ReactNode } from 'react'
import { Door } from '../../hall/Door.tsx'
import { Key } from '../../hall/Key.tsx'
import { Pictogram } from '../../hall/Pictogram.tsx'
import { Screen } from '../../hall/Screen.tsx'
import { useTap } from '../../hall/tap.ts'
import { useAnswer, useValue } from '../../hall/use-answer.ts'
import { NOTHING_PARTICULAR, type Reporting } from '../../navigation/report.ts'
import { longDay, shortDay, shortMonth } from '../../text/dates.ts'
import type { Text } from '../../text/text.ts'
import { useText } from '../../text/use-text.tsx'
import type { ScreenProps } from '../screen.ts'
import './home.css'

export function HomeScreen(props: ScreenProps<'home'>): ReactNode {
  const text = useText()
  return (
    <Screen name="home">
      <h1>{text('home.question')}</h1>
      <div className="home-doors" data-four={props.visit.reporting === null ? undefined : ''}>
        <FundsDoor {...props} />
        <FinanceDoor {...props} />
        <PoliciesDoor {...props} />
      </div>
      <div className="home-more">
        {props.visit.reporting === null ? null : <ReportDoor reporting={props.visit.reporting} />}
        <NoticesKey {...props} />
        <AnswersKey {...props} />
      </div>
    </Screen>
  )
}

function FundsDoor(props: ScreenProps<'home'>): ReactNode {
  const text = useText()
  const { data, visit } = props
  const asked = useAnswer(() => data.funds(), [data])
  const years = useValue(() => data.years(), [data])
  const year = years?.[0] ?? Number(data.record.dataUntil.slice(0, 4))
  const count = asked.state === 'here' ? asked.value.length : null
  return (
    <Door
      tone="fir"
      icon="coin"
      name={text('home.funds')}
      says={text('home.fundsSay')}
      fact={count === null ? pendingFact(text, asked.state) : text('home.fundsFact', { count })}
      onTap={() =>
        visit.go(
          visit.village === null
            ? { screen: 'place', tab: 'townships', township: null, letters: '', onward: 'funds' }
            : { screen: 'funds', class: null, year },
        )
      }
    />
  )
}

function FinanceDoor(props: ScreenProps<'home'>): ReactNode {
  const text = useText()
  const { data, visit } = props
  const { village } = visit
  const asked = useAnswer(
    async () => (village === null ? { state: 'none' as const } : data.month(village, null)),
    [data, village],
  )
  const period = asked.state === 'here' ? asked.value.period : null
  const fact = () => {
    if (village === null) return text('home.financePlace')
    if (asked.state === 'none') return text('home.financeNone')
    if (period === null) return pendingFact(text, asked.state)
    const month = shortMonth(period.month, text.language)
    const day = shortDay(period.publishedOn ?? data.record.dataUntil, text.language)
    return text('home.financeFact', { month, day })
  }
  return (
    <Door
      tone="indigo"
      icon="abacus"
      name={text('home.finance')}
      says={text('home.financeSay')}
      fact={fact()}
      onTap={() =>
        visit.go(
          village === null
            ? { screen: 'place', tab: 'townships', township: null, letters: '', onward: 'finance' }
            : { screen: 'finance', village, month: null },
        )
      }
    />
  )
}

function PoliciesDoor(props: ScreenProps<'home'>): ReactNode {
  const text = useText()
  const { data, visit, today } = props
  const asked = useAnswer(() => data.policies({ text: '', tags: [], on: today }, 1), [data, today])
  const count = asked.state === 'here' ? asked.value.total : null
  return (
    <Door
      tone="tea"
      icon="paper"
      name={text('home.policies')}
      says={text('home.policiesSay')}
      fact={count === null ? pendingFact(text, asked.state) : text('home.policiesFact', { count })}
      onTap={() => visit.go({ screen: 'policies', text: '', tags: [], on: null })}
    />
  )
}

function pendingFact(text: Text, state: string): string | null {
  return state === 'pending' ? text('home.pendingFact') : null
}

/** The fourth door: lower than the others and not filled, so that it is seen and doesn't shout. */
function ReportDoor(props: { reporting: Reporting }): ReactNode {
  const text = useText()
  const tap = useTap(() => props.reporting.begin(NOTHING_PARTICULAR))
  return (
    <button type="button" className="home-report" {...tap}>
      <Pictogram name="speech" />
      <span className="home-report-words">
        <span className="home-report-name">{text('home.report')}</span>
        <span>{text('home.reportSay')}</span>
      </span>
      <Pictogram name="right" />
    </button>
  )
}

/** Answers stay readable where no message can be taken just now; where there never were any, no key asks for them. */
function AnswersKey(props: ScreenProps<'home'>): ReactNode {
  const text = useText()
  const { answers = 0 } = props.data.record.kinds
  if (props.visit.reporting === null && answers === 0) return null
  return <Key icon="words" word={text('home.answers')} onTap={() => props.visit.go({ screen: 'answers' })} />
}

/** A plain key, not a door: it must not compete. Absent where there is nothing to read. */
function NoticesKey(props: ScreenProps<'home'>): ReactNode {
  const text = useText()
  const { data, visit } = props
  const asked = useAnswer(() => data.notices(visit.village), [data, visit.village])
  const newest = asked.state === 'here' ? asked.value[0] : undefined
  if (newest === undefined) return null
  return (
    <Key
      icon="notice"
      word={text('home.notices')}
      {...(visit.reporting === null
        ? { note: text('home.noticesNote', { day: longDay(newest.date, text.language) }) }
        : {})}
      after="right"
      onTap={() => visit.go({ screen: 'notices' })}
    />
  )
}
