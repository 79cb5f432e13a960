// The published problems of a project, each with how and when it was repaired.
import type { ReactNode } from 'react'
import type { ProjectRow } from '../../../sync/contract/rows.ts'
import { Chip } from '../../hall/Chip.tsx'
import { Fact } from '../../hall/Row.tsx'
import { Ruled } from '../../hall/SectionHead.tsx'
import { longDay } from '../../text/dates.ts'
import { useText } from '../../text/use-text.tsx'

export function ProblemsOf(props: { project: ProjectRow }): ReactNode {
  const text = useText()
  const day = (value: string): string => longDay(value, text.language)
  return (
    <article className="stack" data-more="">
      <h3 className="project-name">{props.project.name}</h3>
      {props.project.problems.map((item) => (
        <Ruled key={`${item.found}${item.problem}`} tone={item.repaired === null ? 'bad' : 'fir'}>
          <dl className="stack">
            <Fact name={text('funds.problem')}>
              {item.problem}
              {item.found === null ? '' : ` ${text('funds.found', { day: day(item.found) })}`}
            </Fact>
            <Fact name={text('funds.repair')}>{item.repair || text('funds.repairNone')}</Fact>
          </dl>
          <p>
            {item.repaired === null ? (
              <Chip tone="bad" icon="hourglass" word={text('funds.repairedNot')} />
            ) : (
              <Chip tone="good" icon="ticked" word={text('funds.repaired', { day: day(item.repaired) })} />
            )}
          </p>
        </Ruled>
      ))}
    </article>
  )
}
