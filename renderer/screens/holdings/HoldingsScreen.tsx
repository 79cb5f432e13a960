// What the village owns, lets and owes: assets and resources, contracts with what is owed first, debts both ways.
import type { ReactNode } from 'react'
import { Key } from '../../hall/Key.tsx'
import { Screen } from '../../hall/Screen.tsx'
import { useValue } from '../../hall/use-answer.ts'
import type { TextKey } from '../../text/catalogue.ts'
import { useText } from '../../text/use-text.tsx'
import type { ScreenProps } from '../screen.ts'
import { Assets } from './Assets.tsx'
import { Contracts } from './Contracts.tsx'
import { Debts } from './Debts.tsx'
import './holdings.css'

const TABS = ['assets', 'contracts', 'debts'] as const
const WORDS = {
  assets: 'finance.assets',
  contracts: 'finance.contracts',
  debts: 'finance.debts',
} as const satisfies Record<(typeof TABS)[number], TextKey>

export function HoldingsScreen(props: ScreenProps<'holdings'>): ReactNode {
  const text = useText()
  const { data, place, visit } = props
  const village = useValue(() => data.village(place.village), [data, place.village])
  return (
    <Screen name="holdings" moreUnit={text(place.tab === 'contracts' ? 'finance.contractUnit' : 'finance.itemUnit')}>
      <h1>{text('finance.holdingsTitle', { village: village?.place.name ?? '' })}</h1>
      <div className="grid3">
        {TABS.map((tab) => (
          <Key
            key={tab}
            word={text(WORDS[tab])}
            chosen={tab === place.tab}
            onTap={() => visit.replace({ ...place, tab })}
          />
        ))}
      </div>
      {place.tab === 'assets' ? <Assets data={data} village={place.village} /> : null}
      {place.tab === 'contracts' ? <Contracts data={data} village={place.village} /> : null}
      {place.tab === 'debts' ? <Debts data={data} village={place.village} today={props.today} /> : null}
    </Screen>
  )
}
