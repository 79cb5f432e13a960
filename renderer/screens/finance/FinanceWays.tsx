// Where one goes on from a month: comparing months, what the village owns, and where the month's figures come from (P8).
import { type ReactNode, useState } from 'react'
import type { PlaceCode } from '../../../sync/contract/rows.ts'
import type { CountyData, MonthView } from '../../data/county-data.ts'
import { Key } from '../../hall/Key.tsx'
import { OriginFacts } from '../../hall/OriginFacts.tsx'
import { Ruled } from '../../hall/SectionHead.tsx'
import { useValue } from '../../hall/use-answer.ts'
import { useText } from '../../text/use-text.tsx'
import type { Visit } from '../screen.ts'

export function FinanceWays(props: { view: MonthView; data: CountyData }): ReactNode {
  const text = useText()
  const [open, setOpen] = useState(false)
  const { period } = props.view
  return (
    <>
      <Key icon={open ? 'up' : 'down'} word={text('finance.whereFrom')} onTap={() => setOpen(!open)} />
      {open ? (
        <Ruled tone="indigo">
          <Origin data={props.data} origin={period.origin} row={period.row} />
        </Ruled>
      ) : null}
    </>
  )
}

/** Two ways on, before the vouchers: in sight without scrolling. */
export function FinanceKeys(props: { view: MonthView; village: PlaceCode; visit: Visit }): ReactNode {
  const text = useText()
  const { village, visit } = props
  return (
    <div className="finance-ways">
      <Key
        icon="calendar"
        word={text('finance.toCompare')}
        onTap={() => visit.go({ screen: 'compare', village, month: props.view.period.month })}
      />
      <Key
        icon="land"
        word={text('finance.toHoldings')}
        onTap={() => visit.go({ screen: 'holdings', village, tab: 'assets' })}
      />
    </div>
  )
}

function Origin(props: { data: CountyData; origin: number; row: number }): ReactNode {
  const { data, origin } = props
  const found = useValue(() => data.origin(origin), [data, origin])
  return <OriginFacts origin={found} row={props.row} />
}
