// Each payment of a fund in a village: first which group, then the list, a stretch at a time so that no tap ever waits.
import { type ReactNode, useState } from 'react'
import type { PaymentView, Village } from '../../data/county-data.ts'
import { Answered } from '../../hall/Answered.tsx'
import { Key } from '../../hall/Key.tsx'
import { Screen } from '../../hall/Screen.tsx'
import { SectionHead } from '../../hall/SectionHead.tsx'
import { askFund } from '../../hall/subjects.ts'
import { Tile } from '../../hall/Tile.tsx'
import { useAnswer, useValue } from '../../hall/use-answer.ts'
import { compareGroups } from '../../text/groups.ts'
import { useText } from '../../text/use-text.tsx'
import type { ScreenProps } from '../screen.ts'
import './fund-payments.css'
import { PaymentLine } from './PaymentLine.tsx'

type Props = ScreenProps<'fund-payments'>

/** Payments drawn at first and by each 'show more': a village of 4,000 rows stays as quick as one of forty. */
export const STRETCH = 60

export function FundPaymentsScreen(props: Props): ReactNode {
  const text = useText()
  const { data, place } = props
  const asked = useAnswer(
    () => data.fundPayments(place.fund, place.year, place.village),
    [data, place.fund, place.year, place.village],
  )
  const village = useValue(() => data.village(place.village), [data, place.village])
  const name = village?.place.name ?? ''
  return (
    <Screen
      name="fund-payments"
      subject={askFund(text, data, place.fund, place.year)}
      moreUnit={text(place.group === null ? 'hall.moreRows' : 'funds.paymentUnit')}
      aside={<Head screen={props} village={name} />}
    >
      <Answered asked={asked} none={text('funds.spreadNone', { place: name, year: place.year })}>
        {(payments) => <Payments payments={payments} village={village} screen={props} />}
      </Answered>
    </Screen>
  )
}

function Head(props: { screen: Props; village: string }): ReactNode {
  const text = useText()
  const { data, place, visit } = props.screen
  const asked = useAnswer(() => data.fund(place.fund, place.year), [data, place.fund, place.year])
  return (
    <>
      <header>
        <h1>{asked.state === 'here' ? asked.value.fund.name : text('funds.payments')}</h1>
        <p className="second">
          {props.village} {text('funds.yearNow', { year: place.year })}
        </p>
      </header>
      {place.group === null ? null : (
        <Key
          icon="people"
          word={place.group || text('funds.groupNone')}
          note={text('funds.allGroups')}
          onTap={() => visit.replace({ ...place, group: null })}
        />
      )}
    </>
  )
}

interface PaymentsProps {
  payments: readonly PaymentView[]
  village: Village | null
  screen: Props
}

function Payments(props: PaymentsProps): ReactNode {
  const { place } = props.screen
  const groups = new Set(props.payments.map((payment) => payment.person.group))
  // A village without groups has nothing to choose between.
  if (place.group === null && groups.size > 1) return <Groups {...props} />
  const chosen =
    place.group === null ? props.payments : props.payments.filter((payment) => payment.person.group === place.group)
  return <List key={place.group} payments={chosen} village={props.village} screen={props.screen} />
}

function Groups(props: { payments: readonly PaymentView[]; screen: Props }): ReactNode {
  const text = useText()
  const { place, visit } = props.screen
  const counts = new Map<string, number>()
  for (const { person } of props.payments) counts.set(person.group, (counts.get(person.group) ?? 0) + 1)
  return (
    <section className="stack">
      <SectionHead title={text('funds.groupsHead')} note={text('funds.groupCount', { count: props.payments.length })} />
      <div className="grid3">
        {[...counts]
          .sort(([a], [b]) => compareGroups(a, b))
          .map(([group, count]) => (
            <Tile
              key={group}
              name={group || text('funds.groupNone')}
              sub={text('funds.groupCount', { count })}
              onTap={() => visit.go({ ...place, group })}
            />
          ))}
      </div>
    </section>
  )
}

function List(props: PaymentsProps): ReactNode {
  const text = useText()
  const [shown, setShown] = useState(STRETCH)
  const { payments } = props
  const { place, visit } = props.screen
  const drawn = payments.slice(0, shown)
  const rest = payments.length - drawn.length
  return (
    <section>
      <SectionHead
        title={text('funds.payments')}
        note={text('funds.showing', { shown: drawn.length, count: payments.length })}
      />
      {drawn.map((payment) => (
        <PaymentLine
          key={`${payment.row.person}-${payment.row.batch}-${payment.row.serial}-${payment.row.row}`}
          payment={payment}
          village={props.village}
          onTap={() =>
            visit.go({
              screen: 'household',
              village: place.village,
              head: payment.person.household,
              year: place.year,
              open: null,
            })
          }
        />
      ))}
      {rest === 0 ? null : (
        <div className="payments-more">
          <Key
            icon="down"
            word={text('funds.showMore', { count: Math.min(rest, STRETCH) })}
            size="big"
            onTap={() => setShown(shown + STRETCH)}
          />
        </div>
      )}
    </section>
  )
}
