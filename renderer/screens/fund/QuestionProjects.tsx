// Third to fifth question over the same projects: what was done, what came of it, whether problems were published.
import { type ReactNode, useState } from 'react'
import type { ProjectRow } from '../../../sync/contract/rows.ts'
import { Answered, Said } from '../../hall/Answered.tsx'
import { Key } from '../../hall/Key.tsx'
import { SectionHead } from '../../hall/SectionHead.tsx'
import { useAnswer } from '../../hall/use-answer.ts'
import { longDay } from '../../text/dates.ts'
import { useText } from '../../text/use-text.tsx'
import type { QuestionProps } from './FundScreen.tsx'
import { GoalsOf } from './GoalsOf.tsx'
import { ProblemsOf } from './ProblemsOf.tsx'
import { ProjectCard } from './ProjectCard.tsx'

interface Shown {
  question: QuestionProps
  none: ReactNode
  draw: (projects: readonly ProjectRow[]) => ReactNode
}

/** The village's projects, or the whole county's by a key of its own. */
function Projects(props: Shown): ReactNode {
  const text = useText()
  const [everywhere, setEverywhere] = useState(false)
  const { data, place } = props.question.screen
  const village = props.question.village.place
  const asked = useAnswer(
    () => data.projects(place.fund, place.year, everywhere ? null : village.code),
    [data, place.fund, place.year, village.code, everywhere],
  )
  const count = asked.state === 'here' ? `${asked.value.length} ${text('funds.projectUnit')}` : undefined
  return (
    <section className="stack">
      <SectionHead
        title={everywhere ? text('funds.projectsEverywhere') : text('funds.projectsHere', { village: village.name })}
        {...(count === undefined ? {} : { note: count })}
      />
      {asked.state === 'none' ? props.none : <Answered asked={asked}>{props.draw}</Answered>}
      <Key
        icon={everywhere ? 'pin' : 'land'}
        word={everywhere ? text('funds.projectsOwn', { village: village.name }) : text('funds.projectsAll')}
        onTap={() => setEverywhere(!everywhere)}
      />
    </section>
  )
}

export function QuestionDone(props: QuestionProps): ReactNode {
  const text = useText()
  const { place, visit, data } = props.screen
  const none = text('funds.projectsNone', { village: props.village.place.name, year: place.year })
  return (
    <Projects
      question={props}
      none={<Said icon="question" head={text('hall.none')} says={none} />}
      draw={(projects) =>
        projects.map((project) => (
          <ProjectCard
            key={project.code}
            project={project}
            picture={data.picture}
            onTap={() => visit.go({ screen: 'project', project: project.code })}
          />
        ))
      }
    />
  )
}

export function QuestionResults(props: QuestionProps): ReactNode {
  const text = useText()
  const none = <Said icon="question" head={text('hall.none')} says={text('funds.goalsNone')} />
  return (
    <Projects
      question={props}
      none={none}
      draw={(projects) => {
        const withGoals = projects.filter((project) => project.goals.length > 0)
        if (withGoals.length === 0) return none
        return withGoals.map((project) => <GoalsOf key={project.code} project={project} />)
      }}
    />
  )
}

/** Without published problems it says "no published problems" with the date, never "no problems". */
export function QuestionProblems(props: QuestionProps): ReactNode {
  const text = useText()
  const day = longDay(props.screen.data.record.dataUntil, text.language)
  const none = <Said icon="shielded" head={text('funds.problemsNone')} says={text('funds.problemsNoneMore', { day })} />
  return (
    <Projects
      question={props}
      none={none}
      draw={(projects) => {
        const withProblems = projects.filter((project) => project.problems.length > 0)
        if (withProblems.length === 0) return none
        return withProblems.map((project) => <ProblemsOf key={project.code} project={project} />)
      }}
    />
  )
}
