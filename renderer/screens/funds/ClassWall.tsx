// All funds of the county as a wall of classes, each saying how many it holds and how many reached this village.
import type { ReactNode } from 'react'
import type { FundRow } from '../../../sync/contract/rows.ts'
import { SectionHead } from '../../hall/SectionHead.tsx'
import { Tile } from '../../hall/Tile.tsx'
import { useText } from '../../text/use-text.tsx'
import type { PaidFund } from './FundsScreen.tsx'

export interface ClassWallProps {
  funds: readonly FundRow[]
  paid: readonly PaidFund[]
  onClass: (name: string) => void
}

export function ClassWall(props: ClassWallProps): ReactNode {
  const text = useText()
  const classes = [...new Set(props.funds.map((fund) => fund.class))]
  const countOf = (name: string): number => props.funds.filter((fund) => fund.class === name).length
  const paidOf = (name: string): number => props.paid.filter((entry) => entry.fund.class === name).length
  return (
    <section className="stack">
      <SectionHead title={text('funds.byClass', { count: props.funds.length })} />
      <div className="funds-classes">
        {classes.map((name) => (
          <Tile
            key={name}
            name={name}
            sub={text(paidOf(name) === 0 ? 'funds.classSub' : 'funds.classSubPaid', {
              count: countOf(name),
              paid: paidOf(name),
            })}
            align="start"
            onTap={() => props.onClass(name)}
          />
        ))}
      </div>
    </section>
  )
}
