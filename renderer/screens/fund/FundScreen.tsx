// One fund along the five questions: a line with five stations, the one you stand at lit, the next one the large key.
import { type ReactNode, useState } from 'react'
import type { FundYear, Village } from '../../data/county-data.ts'
import { Answered } from '../../hall/Answered.tsx'
import { Key } from '../../hall/Key.tsx'
import { Screen } from '../../hall/Screen.tsx'
import { fundSubject } from '../../hall/subjects.ts'
import { useAnswer, useValue } from '../../hall/use-answer.ts'
import { useLandscape } from '../../hall/use-landscape.ts'
import type { Question } from '../../navigation/place.ts'
import { useText } from '../../text/use-text.tsx'
import type { ScreenProps } from '../screen.ts'
import { About } from './About.tsx'
import './fund.css'
import { NextKey } from './NextKey.tsx'
import { QuestionFrom } from './QuestionFrom.tsx'
import { QuestionDone, QuestionProblems, QuestionResults } from './QuestionProjects.tsx'
import { QuestionWhere } from './QuestionWhere.tsx'
import { Stations } from './Stations.tsx'

export interface QuestionProps {
  screen: ScreenProps<'fund'>
  about: FundYear
  village: Village
}

export function FundScreen(props: ScreenProps<'fund'>): ReactNode {
  const text = useText()
  const { data, place, visit } = props
  const landscape = useLandscape()
  const code = visit.village
  const asked = useAnswer(() => data.fund(place.fund, place.year), [data, place.fund, place.year])
  const village = useValue(async () => (code === null ? null : data.village(code)), [data, code])
  const toQuestion = (question: Question): void => visit.replace({ ...place, question })
  if (asked.state !== 'here' || village === null)
    return (
      <Screen name="fund">
        {asked.state === 'here' ? null : <Answered asked={asked}>{() => null}</Answered>}
        {code === null ? <ChooseVillage visit={visit} /> : null}
      </Screen>
    )
  const question: QuestionProps = { screen: props, about: asked.value, village }
  const next = <NextKey question={place.question} onNext={toQuestion} onList={() => visit.go(listOf(question))} />
  return (
    <Screen
      name="fund"
      subject={() => fundSubject(text, asked.value.fund, place.year)}
      aside={<Head {...question} next={landscape ? next : null} />}
      {...(landscape ? {} : { foot: next })}
    >
      <Stations question={place.question} onQuestion={toQuestion} />
      <Answer {...question} />
    </Screen>
  )
}

function listOf({ screen, village }: QuestionProps): Parameters<ScreenProps<'fund'>['visit']['go']>[0] {
  const { fund, year } = screen.place
  return { screen: 'fund-payments', fund, year, village: village.place.code, group: null }
}

function ChooseVillage(props: { visit: ScreenProps<'fund'>['visit'] }): ReactNode {
  const text = useText()
  const choose = (): void =>
    props.visit.go({ screen: 'place', tab: 'townships', township: null, letters: '', onward: null })
  return <Key icon="pin" word={text('hall.choosePlace')} onTap={choose} />
}

function Answer(props: QuestionProps): ReactNode {
  switch (props.screen.place.question) {
    case 1:
      return (
        <>
          <QuestionFrom {...props} />
          <About {...props} />
        </>
      )
    case 2:
      return <QuestionWhere {...props} />
    case 3:
      return <QuestionDone {...props} />
    case 4:
      return <QuestionResults {...props} />
    case 5:
      return <QuestionProblems {...props} />
  }
}

/** Name, department, year and who is paid; the year can always be changed, and is always in sight. */
function Head(props: QuestionProps & { next: ReactNode }): ReactNode {
  const text = useText()
  const [choosing, setChoosing] = useState(false)
  const { fund, years } = props.about
  const { place, visit } = props.screen
  const listed = years.includes(place.year) ? years : [place.year, ...years]
  return (
    <>
      <header className="fund-head">
        <div className="fund-name">
          <h1>{fund.name}</h1>
          <p className="fund-facts">
            <span>{fund.department}</span>
            <span>{text('funds.yearNow', { year: place.year })}</span>
            <span>{text(`funds.toPayee.${fund.payee}`)}</span>
          </p>
        </div>
        <Key
          icon="calendar"
          word={text('funds.changeYear')}
          {...(choosing ? { chosen: true } : {})}
          onTap={() => setChoosing(!choosing)}
        />
      </header>
      {choosing ? (
        <div className="fund-years">
          {listed.map((year) => (
            <Key
              key={year}
              word={text('hall.year', { year })}
              chosen={year === place.year}
              onTap={() => visit.replace({ ...place, year })}
            />
          ))}
        </div>
      ) : null}
      {props.next}
    </>
  )
}
