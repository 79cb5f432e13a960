// Parts that the three tabs share: a fact that is an amount, and the origin of a row (P8).
import type { ReactNode } from 'react'
import type { Fen } from '../../../sync/contract/rows.ts'
import type { CountyData } from '../../data/county-data.ts'
import { Amount } from '../../hall/Amount.tsx'
import { OriginFacts } from '../../hall/OriginFacts.tsx'
import { SectionHead } from '../../hall/SectionHead.tsx'
import { useValue } from '../../hall/use-answer.ts'
import { useText } from '../../text/use-text.tsx'

export function FactAmount(props: { name: string; fen: Fen; strong?: boolean }): ReactNode {
  return (
    <div className="fact-amount" data-strong={props.strong === true ? '' : undefined}>
      <dt>{props.name}</dt>
      <dd>
        <Amount fen={props.fen} />
      </dd>
    </div>
  )
}

export function RowOrigin(props: { data: CountyData; origin: number; row: number }): ReactNode {
  const text = useText()
  const { data, origin } = props
  const found = useValue(() => data.origin(origin), [data, origin])
  return (
    <>
      <SectionHead title={text('finance.source')} />
      <OriginFacts origin={found} row={props.row} />
    </>
  )
}
