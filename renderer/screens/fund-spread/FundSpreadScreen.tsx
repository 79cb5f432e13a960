// Where a fund went, one level at a time: county by township, township by village, village by month; bars to one scale.
import type { ReactNode } from 'react'
import type { PlaceRow } from '../../../sync/contract/rows.ts'
import { COUNTY } from '../../../sync/contract/tree.ts'
import type { FundSpread } from '../../data/county-data.ts'
import { Answered } from '../../hall/Answered.tsx'
import { Key } from '../../hall/Key.tsx'
import { Screen } from '../../hall/Screen.tsx'
import { askFund } from '../../hall/subjects.ts'
import { useAnswer, useValue } from '../../hall/use-answer.ts'
import { useText } from '../../text/use-text.tsx'
import type { ScreenProps } from '../screen.ts'
import './fund-spread.css'
import { MaskedTotals } from './MaskedTotals.tsx'
import { SpreadRows } from './SpreadRows.tsx'

type Props = ScreenProps<'fund-spread'>
/** The place looked at, and what stands above it. */
export interface Ladder {
  township: PlaceRow | null
  village: PlaceRow | null
}

export function FundSpreadScreen(props: Props): ReactNode {
  const text = useText()
  const { data, place, visit } = props
  const asked = useAnswer(
    () => data.fundSpread(place.fund, place.year, place.place),
    [data, place.fund, place.year, place.place],
  )
  const ladder = useValue(() => ladderOf(props), [data, place.place])
  if (ladder === null) return <Screen name="fund-spread">{null}</Screen>
  const name = ladder.village?.name ?? ladder.township?.name ?? text('hall.county')
  const toPlace = (code: string): void => visit.go({ ...place, place: code })
  return (
    <Screen
      name="fund-spread"
      subject={askFund(text, data, place.fund, place.year)}
      moreUnit={text(ladder.village === null ? 'funds.placeUnit' : 'funds.monthUnit')}
      aside={<Head screen={props} ladder={ladder} />}
    >
      <Answered asked={asked} none={text('funds.spreadNone', { place: name, year: place.year })}>
        {(spread) => <Spread spread={spread} screen={props} ladder={ladder} onPlace={toPlace} />}
      </Answered>
      {ladder.village === null ? null : <PaymentsKey screen={props} />}
    </Screen>
  )
}

function Spread(props: {
  spread: FundSpread
  screen: Props
  ladder: Ladder
  onPlace: (code: string) => void
}): ReactNode {
  const { visit, data, place } = props.screen
  const { masked } = props.spread
  if (masked !== null)
    return (
      <MaskedTotals masked={masked} data={data} onWhy={() => visit.go({ screen: 'masked-why', fund: place.fund })} />
    )
  return <SpreadRows spread={props.spread} ladder={props.ladder} own={visit.village} onPlace={props.onPlace} />
}

function PaymentsKey(props: { screen: Props }): ReactNode {
  const text = useText()
  const { place, visit } = props.screen
  return (
    <Key
      icon="people"
      word={text('funds.seePayments')}
      note={text('funds.seePaymentsNote')}
      after="right"
      tone="ink"
      size="big"
      onTap={() =>
        visit.go({ screen: 'fund-payments', fund: place.fund, year: place.year, village: place.place, group: null })
      }
    />
  )
}

async function ladderOf({ data, place }: Props): Promise<Ladder> {
  const { townships, villages } = await data.places()
  const village = villages.find((row) => row.code === place.place) ?? null
  const township = townships.find((row) => row.code === (village?.parent ?? place.place)) ?? null
  return { township, village }
}

/** Title, year, and the steps back up as keys. */
function Head(props: { screen: Props; ladder: Ladder }): ReactNode {
  const text = useText()
  const { data, place, visit } = props.screen
  const { township, village } = props.ladder
  const asked = useAnswer(() => data.fund(place.fund, place.year), [data, place.fund, place.year])
  const title =
    village === null
      ? township === null
        ? text('funds.spreadCounty')
        : text('funds.spreadTownship', { township: township.name })
      : text('funds.spreadVillage', { village: village.name })
  return (
    <>
      <header>
        <h1>{title}</h1>
        <p className="spread-fund">
          <span>{asked.state === 'here' ? asked.value.fund.name : ''}</span>
          <span>{text('funds.yearNow', { year: place.year })}</span>
        </p>
      </header>
      {asked.state === 'here' && asked.value.years.length > 1 ? (
        <div className="spread-years">
          {asked.value.years.map((year) => (
            <Key
              key={year}
              word={text('hall.year', { year })}
              chosen={year === place.year}
              onTap={() => visit.replace({ ...place, year })}
            />
          ))}
        </div>
      ) : null}
      {township === null ? null : (
        <div className="spread-ladder">
          <Key
            icon="up"
            word={text('funds.spreadCountyKey')}
            onTap={() => visit.replace({ ...place, place: COUNTY })}
          />
          {village === null ? null : (
            <Key icon="up" word={township.name} onTap={() => visit.replace({ ...place, place: township.code })} />
          )}
        </div>
      )}
    </>
  )
}
