// Village finance, one month: opening + in − out = closing, classes to one scale, vouchers largest first.
import type { ReactNode } from 'react'
import type { Month } from '../../../sync/contract/rows.ts'
import type { MonthView } from '../../data/county-data.ts'
import { Answered } from '../../hall/Answered.tsx'
import { Rest } from '../../hall/Rest.tsx'
import { Screen } from '../../hall/Screen.tsx'
import { useAnswer } from '../../hall/use-answer.ts'
import { useText } from '../../text/use-text.tsx'
import type { ScreenProps } from '../screen.ts'
import { Balance } from './Balance.tsx'
import { ClassColumns } from './ClassColumns.tsx'
import { FinanceKeys, FinanceWays } from './FinanceWays.tsx'
import { MonthHead } from './MonthHead.tsx'
import './finance.css'
import { Vouchers } from './Vouchers.tsx'

export function FinanceScreen(props: ScreenProps<'finance'>): ReactNode {
  const text = useText()
  const { data, place } = props
  const asked = useAnswer(() => data.month(place.village, place.month), [data, place.village, place.month])
  if (asked.state !== 'here')
    return (
      <Screen name="finance">
        <Answered asked={asked}>{() => null}</Answered>
      </Screen>
    )
  const view = asked.value
  return (
    <Screen name="finance" moreUnit={text('finance.voucherUnit')} aside={<Head view={view} screen={props} />}>
      <Rest>
        <ClassColumns
          view={view}
          onClass={(direction, name) =>
            props.visit.go({
              screen: 'finance-class',
              village: place.village,
              month: view.period.month,
              direction,
              class: name,
            })
          }
        />
        <FinanceKeys view={view} village={place.village} visit={props.visit} />
        <Vouchers key={view.period.month} view={view} village={place.village} data={data} visit={props.visit} />
        <FinanceWays view={view} data={data} />
      </Rest>
    </Screen>
  )
}

function Head(props: { view: MonthView; screen: ScreenProps<'finance'> }): ReactNode {
  const { place, visit } = props.screen
  return (
    <>
      <MonthHead
        view={props.view}
        onMonth={(month: Month) => visit.replace({ ...place, month })}
        onMonths={() => visit.go({ screen: 'finance-months', village: place.village })}
      />
      <Balance view={props.view} />
    </>
  )
}
