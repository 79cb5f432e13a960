// One household: name, year, sum, and every payment, each opening to how it was reckoned, its basis and its source (P8).
import type { ReactNode } from 'react'
import type { HouseholdView } from '../../data/county-data.ts'
import { Answered } from '../../hall/Answered.tsx'
import { Screen } from '../../hall/Screen.tsx'
import { useAnswer } from '../../hall/use-answer.ts'
import { paymentKey } from '../../navigation/payment-key.ts'
import { useText } from '../../text/use-text.tsx'
import type { ScreenProps } from '../screen.ts'
import { HouseholdHead } from './HouseholdHead.tsx'
import './household.css'
import { MaskedNote } from './MaskedNote.tsx'
import { PaymentRowView } from './PaymentRowView.tsx'

export function HouseholdScreen(props: ScreenProps<'household'>): ReactNode {
  const text = useText()
  const { data, place, visit } = props
  const asked = useAnswer(() => data.household(place.village, place.head), [data, place.village, place.head])
  const note = <MaskedNote onWhy={() => visit.go({ screen: 'masked-why', fund: null })} />
  if (asked.state !== 'here')
    return (
      <Screen name="household">
        <Answered asked={asked}>{() => null}</Answered>
        {note}
      </Screen>
    )
  const view = asked.value
  const year = place.year ?? view.years[0]?.year ?? null
  return (
    <Screen
      name="household"
      moreUnit={text('funds.paymentUnit')}
      aside={<HouseholdHead view={view} year={year} record={data.record} onYear={choose} />}
    >
      <Payments view={view} year={year} screen={props} />
      {note}
    </Screen>
  )

  function choose(chosen: number): void {
    visit.replace({ ...place, year: chosen, open: null })
  }
}

function Payments(props: { view: HouseholdView; year: number | null; screen: ScreenProps<'household'> }): ReactNode {
  const text = useText()
  const { place, visit } = props.screen
  const payments = props.view.years.find((entry) => entry.year === props.year)?.payments ?? []
  if (payments.length === 0) return <p>{text('funds.householdNone')}</p>
  return (
    <div className="household-rows">
      {payments.map((payment) => {
        const key = paymentKey(payment.row)
        const open = place.open === key
        return (
          <PaymentRowView
            key={key}
            payment={payment}
            household={props.view}
            open={open}
            onToggle={() => visit.replace({ ...place, year: props.year, open: open ? null : key })}
            onPolicy={(index) => visit.go({ screen: 'policy', index, because: payment.fund.code })}
            onSource={() => visit.go({ screen: 'source', village: place.village, head: place.head, payment: key })}
          />
        )
      })}
    </div>
  )
}
