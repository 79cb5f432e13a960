// What a project cost: budget, contract, paid so far, audited. What isn't published is said to be so, never a zero.
import type { ReactNode } from 'react'
import type { Fen, ProjectRow } from '../../../sync/contract/rows.ts'
import { Amount } from '../../hall/Amount.tsx'
import { SayRow } from '../../hall/Row.tsx'
import { SectionHead } from '../../hall/SectionHead.tsx'
import { useText } from '../../text/use-text.tsx'

export function ProjectMoney(props: { project: ProjectRow }): ReactNode {
  const text = useText()
  const { project } = props
  const sums: [string, Fen | null][] = [
    [text('funds.budget'), project.budget],
    [text('funds.contractPrice'), project.contractPrice],
    [text('funds.projectPaid'), project.paid],
    [text('funds.auditedPrice'), project.auditedPrice],
  ]
  return (
    <section>
      <SectionHead title={text('funds.moneyHead')} />
      {sums.map(([name, fen]) => (
        <SayRow key={name} title={name} amount={fen === null ? text('funds.unknown') : <Amount fen={fen} />} />
      ))}
    </section>
  )
}
