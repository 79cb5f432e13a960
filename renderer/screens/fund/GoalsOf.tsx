// What was promised beside what was reached. A result that isn't known is said to be so, never shown as missed.
import type { ReactNode } from 'react'
import type { Goal, ProjectRow } from '../../../sync/contract/rows.ts'
import { Chip } from '../../hall/Chip.tsx'
import { useText } from '../../text/use-text.tsx'

export function GoalsOf(props: { project: ProjectRow }): ReactNode {
  return (
    <article className="goals" data-more="">
      <h3 className="project-name">{props.project.name}</h3>
      {props.project.goals.map((goal) => (
        <GoalLine key={`${goal.kind}${goal.name}`} goal={goal} />
      ))}
    </article>
  )
}

function GoalLine(props: { goal: Goal }): ReactNode {
  const text = useText()
  const { goal } = props
  return (
    <div className="goal">
      <p className="goal-head">
        <span className="strong">
          {text(`funds.goal.${goal.kind}`)} {goal.name}
        </span>
        <Met met={goal.met} />
      </p>
      <dl className="goal-pair">
        <div>
          <dt>{text('funds.target')}</dt>
          <dd>{goal.target || text('funds.unknown')}</dd>
        </div>
        <div>
          <dt>{text('funds.result')}</dt>
          <dd>{goal.result || text('funds.resultNone')}</dd>
        </div>
      </dl>
    </div>
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
