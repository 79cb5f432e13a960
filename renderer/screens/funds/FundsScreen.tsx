// Welfare funds of a village: what it received in the chosen year, the way in by household, and all funds by class.
import type { ReactNode } from 'react'
import type { FundRow, RollupRow } from '../../../sync/contract/rows.ts'
import type { Village } from '../../data/county-data.ts'
import { Answered, Said } from '../../hall/Answered.tsx'
import { Key } from '../../hall/Key.tsx'
import { Screen } from '../../hall/Screen.tsx'
import { useAnswer, useValue } from '../../hall/use-answer.ts'
import { useText } from '../../text/use-text.tsx'
import type { ScreenProps } from '../screen.ts'
import { ClassFunds } from './ClassFunds.tsx'
import { ClassWall } from './ClassWall.tsx'
import { FundRows } from './FundRows.tsx'
import './funds.css'
import { YearKeys } from './YearKeys.tsx'

export interface PaidFund {
  fund: FundRow
  sum: RollupRow
}

export function FundsScreen(props: ScreenProps<'funds'>): ReactNode {
  const { data, place, visit } = props
  const code = visit.village
  const village = useValue(async () => (code === null ? null : data.village(code)), [data, code])
  if (code === null) return <NoVillage visit={visit} />
  if (village === null) return <Screen name="funds">{null}</Screen>
  return <VillageFunds key={`${code}${place.year}`} screen={props} village={village} />
}

function NoVillage(props: { visit: ScreenProps<'funds'>['visit'] }): ReactNode {
  const text = useText()
  const choose = () =>
    props.visit.go({ screen: 'place', tab: 'townships', township: null, letters: '', onward: 'funds' })
  return (
    <Screen name="funds">
      <h1>{text('funds.title')}</h1>
      <Said
        icon="pin"
        head={text('funds.noVillage')}
        says={text('funds.noVillageMore')}
        after={<Key icon="pin" word={text('hall.choosePlace')} onTap={choose} />}
      />
    </Screen>
  )
}

function VillageFunds(props: { screen: ScreenProps<'funds'>; village: Village }): ReactNode {
  const text = useText()
  const { data, place, visit } = props.screen
  const code = props.village.place.code
  const paid = useAnswer(() => data.fundsOf(code, place.year), [data, code, place.year])
  const all = useAnswer(() => data.funds(), [data])
  const own: readonly PaidFund[] = paid.state === 'here' ? paid.value : []
  const onFund = (fund: string): void => visit.go({ screen: 'fund', fund, year: place.year, question: 1 })
  return (
    <Screen name="funds" moreUnit={text('funds.fundUnit')} aside={<Head {...props} />}>
      {place.class === null ? (
        <>
          <FundRows village={props.village} year={place.year} paid={paid} onFund={onFund} />
          <Answered asked={all}>
            {(funds) => (
              <ClassWall
                funds={funds}
                paid={own}
                onClass={(name) => visit.go({ screen: 'funds', class: name, year: place.year })}
              />
            )}
          </Answered>
        </>
      ) : (
        <Answered asked={all}>
          {(funds) => (
            <ClassFunds name={place.class ?? ''} funds={funds} paid={own} year={place.year} onFund={onFund} />
          )}
        </Answered>
      )}
    </Screen>
  )
}

function Head(props: { screen: ScreenProps<'funds'>; village: Village }): ReactNode {
  const text = useText()
  const { data, place, visit } = props.screen
  const { place: village, township } = props.village
  return (
    <>
      <header>
        <h1>{place.class ?? text('funds.title')}</h1>
        <p className="second">{text('hall.ofVillage', { township: township.name, village: village.name })}</p>
      </header>
      <YearKeys data={data} year={place.year} onYear={(year) => visit.replace({ ...place, year })} />
      {place.class === null ? (
        <Key
          icon="house"
          word={text('funds.byHousehold')}
          note={text('funds.byHouseholdNote')}
          after="forward"
          tone="fir"
          size="big"
          onTap={() => visit.go({ screen: 'households', village: village.code, group: null, surname: null })}
        />
      ) : (
        <Key
          icon="list"
          word={text('funds.allClasses')}
          onTap={() => visit.replace({ screen: 'funds', class: null, year: place.year })}
        />
      )}
    </>
  )
}
