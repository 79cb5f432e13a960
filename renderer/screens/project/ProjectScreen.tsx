// One project: pictures before, during and after, what it cost, how far it is, goals beside results, problems, source.
import type { ReactNode } from 'react'
import type { ProjectRow } from '../../../sync/contract/rows.ts'
import { Answered } from '../../hall/Answered.tsx'
import { Key } from '../../hall/Key.tsx'
import { OriginFacts } from '../../hall/OriginFacts.tsx'
import { ReportKey } from '../../hall/ReportKey.tsx'
import { Fact } from '../../hall/Row.tsx'
import { Screen } from '../../hall/Screen.tsx'
import { SectionHead } from '../../hall/SectionHead.tsx'
import { projectSubject } from '../../hall/subjects.ts'
import { useAnswer, useValue } from '../../hall/use-answer.ts'
import { longDay } from '../../text/dates.ts'
import { useText } from '../../text/use-text.tsx'
import type { ScreenProps } from '../screen.ts'
import './project.css'
import { ProjectGoals, ProjectProblems } from './ProjectGoals.tsx'
import { ProjectMoney } from './ProjectMoney.tsx'
import { ProjectPhotos } from './ProjectPhotos.tsx'

type Props = ScreenProps<'project'>

export function ProjectScreen(props: Props): ReactNode {
  const text = useText()
  const { data, place } = props
  const asked = useAnswer(() => data.project(place.project), [data, place.project])
  if (asked.state !== 'here')
    return (
      <Screen name="project">
        <Answered asked={asked}>{() => null}</Answered>
      </Screen>
    )
  const project = asked.value
  const subject = async () =>
    projectSubject(text, project, await data.village(project.village), await data.origin(project.origin))
  return (
    <Screen
      name="project"
      subject={subject}
      aside={
        <>
          <Head project={project} screen={props} />
          <ReportKey subject={subject} word={text('report.thisProject')} layout="row" />
        </>
      }
    >
      <ProjectPhotos photos={project.photos} name={project.name} screen={props} />
      <Facts project={project} />
      <ProjectMoney project={project} />
      <Progress project={project} />
      <ProjectGoals goals={project.goals} />
      <ProjectProblems problems={project.problems} until={data.record.dataUntil} />
      <Origin project={project} screen={props} />
    </Screen>
  )
}

function Head(props: { project: ProjectRow; screen: Props }): ReactNode {
  const text = useText()
  const { project } = props
  const { data, visit } = props.screen
  const village = useValue(() => data.village(project.village), [data, project.village])
  const where = village === null ? '' : `${village.township.name} ${village.place.name}`
  return (
    <>
      <header>
        <h1>{project.name}</h1>
        <p className="second">
          {where} {text('funds.yearNow', { year: project.year })}
        </p>
      </header>
      <Key
        icon="coin"
        word={text('funds.fundKey')}
        after="right"
        onTap={() => visit.go({ screen: 'fund', fund: project.fund, year: project.year, question: 1 })}
      />
    </>
  )
}

function Facts(props: { project: ProjectRow }): ReactNode {
  const text = useText()
  const { project } = props
  const day = (value: string | null): string => (value === null ? text('funds.unknown') : longDay(value, text.language))
  const said = (words: string): string => words || text('funds.unknown')
  return (
    <section className="stack">
      <SectionHead title={text('funds.project')} />
      <dl className="stack">
        <Fact name={text('funds.place')}>{said(project.place)}</Fact>
        <Fact name={text('funds.content')}>{said(project.content)}</Fact>
        <Fact name={text('funds.beneficiaries')}>{said(project.beneficiaries)}</Fact>
        <Fact name={text('funds.contractor')}>{said(project.contractor)}</Fact>
        <Fact name={text('funds.responsible')}>{said(project.responsible)}</Fact>
        <Fact name={text('funds.officePhone')}>{said(project.officePhone)}</Fact>
        <Fact name={text('funds.days')}>
          {text('funds.daysFromTo', { start: day(project.start), end: day(project.end) })}
        </Fact>
        <Fact name={text('funds.acceptance')}>
          {project.accepted === null ? text('funds.acceptedNot') : `${day(project.accepted)} ${project.acceptance}`}
        </Fact>
      </dl>
    </section>
  )
}

function Progress(props: { project: ProjectRow }): ReactNode {
  const text = useText()
  const { progress } = props.project
  return (
    <section className="stack">
      <SectionHead title={text('funds.progressHead')} />
      {progress.length === 0 ? <p>{text('funds.progressNone')}</p> : null}
      {progress.map((step) => (
        <div key={`${step.date}${step.percent}`} className="progress-step">
          <p className="progress-words">
            <span className="strong">{longDay(step.date, text.language)}</span>
            <span>{text('funds.progress', { percent: step.percent })}</span>
            <span>{step.note}</span>
          </p>
          <span className="progress-line">
            <span style={{ inlineSize: `${Math.min(100, Math.max(0, step.percent))}%` }} />
          </span>
        </div>
      ))}
    </section>
  )
}

/** P8: the project's row leads back to its file. */
function Origin(props: { project: ProjectRow; screen: Props }): ReactNode {
  const text = useText()
  const { data } = props.screen
  const { project } = props
  const origin = useValue(() => data.origin(project.origin), [data, project.origin])
  return (
    <section className="stack">
      <SectionHead title={text('funds.whence')} />
      <OriginFacts origin={origin} row={project.row} />
    </section>
  )
}
