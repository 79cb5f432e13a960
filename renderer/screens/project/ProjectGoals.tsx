// Goals beside results, and published problems with their repair. Unknown is said, never guessed.
import type { ReactNode } from 'react'
import type { Day, Goal, ProjectRow } from '../../../sync/contract/rows.ts'
import { Chip } from '../../hall/Chip.tsx'
import { Fact } from '../../hall/Row.tsx'
import { Ruled, SectionHead } from '../../hall/SectionHead.tsx'
import { longDay } from '../../text/dates.ts'
import { useText } from '../../text/use-text.tsx'

export function ProjectGoals(props: { goals: readonly Goal[] }): ReactNode {
  const text = useText()
  return (
    <section className="stack">
      <SectionHead title={text('funds.goalsHead')} />
      {props.goals.length === 0 ? <p>{text('funds.goalsNone')}</p> : null}
      {props.goals.map((goal) => (
        <div key={`${goal.kind}${goal.name}`} className="project-goal">
          <p className="strong">
            {text(`funds.goal.${goal.kind}`)} {goal.name} <Met met={goal.met} />
          </p>
          <Fact name={text('funds.target')}>{goal.target || text('funds.unknown')}</Fact>
          <Fact name={text('funds.result')}>{goal.result || text('funds.resultNone')}</Fact>
        </div>
      ))}
    </section>
  )
}

function Met(props: { met: boolean | null }): ReactNode {
  const text = useText()
  if (props.met === null) return <Chip tone="off" icon="hourglass" word={text('funds.metUnknown')} />
  return props.met ? (
    <Chip tone="good" icon="ticked" word={text('funds.met')} />
  ) : (
    <Chip tone="bad" icon="shield" word={text('funds.metNot')} />
  )
}

/** Without published problems: "no published problems" with the date, never "no problems". */
export function ProjectProblems(props: { problems: ProjectRow['problems']; until: Day }): ReactNode {
  const text = useText()
  const day = (value: Day): string => longDay(value, text.language)
  return (
    <section className="stack">
      <SectionHead title={text('funds.problemsHead')} />
      {props.problems.length === 0 ? (
        <p>
          {text('funds.problemsNone')} {text('hall.dataUntil', { day: day(props.until) })}
        </p>
      ) : null}
      {props.problems.map((item) => (
        <Ruled key={`${item.found}${item.problem}`} tone={item.repaired === null ? 'bad' : 'fir'}>
          <Fact name={text('funds.problem')}>
            {item.problem}
            {item.found === null ? '' : ` ${text('funds.found', { day: day(item.found) })}`}
          </Fact>
          <Fact name={text('funds.repair')}>
            {item.repair || text('funds.repairNone')}
            {item.repaired === null ? '' : ` ${text('funds.repaired', { day: day(item.repaired) })}`}
          </Fact>
        </Ruled>
      ))}
    </section>
  )
}
