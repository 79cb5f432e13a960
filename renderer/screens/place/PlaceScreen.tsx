// Place: township → village by large tiles, own township already open; or by the letters of the village's name.
import type { ReactNode } from 'react'
import type { PlaceCode, PlaceRow } from '../../../sync/contract/rows.ts'
import { Key } from '../../hall/Key.tsx'
import { Screen } from '../../hall/Screen.tsx'
import { useValue } from '../../hall/use-answer.ts'
import { useText } from '../../text/use-text.tsx'
import type { ScreenProps } from '../screen.ts'
import { ByLetters } from './ByLetters.tsx'
import { ByTownship } from './ByTownship.tsx'
import './place.css'

export interface Choice {
  townships: readonly PlaceRow[]
  villages: readonly PlaceRow[]
  /** The terminal's own; '' where it has none. */
  ownTownship: PlaceCode
  ownVillage: PlaceCode
  choose: (village: PlaceRow) => void
}

export function PlaceScreen(props: ScreenProps<'place'>): ReactNode {
  const text = useText()
  const { place, data, visit, profile } = props
  const known = useValue(() => data.places(), [data])
  const choose = useChoose(props)
  const choice: Choice = {
    townships: known?.townships ?? [],
    villages: known?.villages ?? [],
    ownTownship: profile.township,
    ownVillage: profile.village,
    choose,
  }
  return (
    <Screen name="place" moreUnit={text('place.villages')} topWhen={`${place.tab}${place.township ?? ''}`}>
      <h1>{text('place.question')}</h1>
      <div className="grid2 place-tabs">
        <Key
          icon="pin"
          word={text('place.byTownship')}
          chosen={place.tab === 'townships'}
          onTap={() => visit.replace({ ...place, tab: 'townships' })}
        />
        <Key
          icon="letters"
          word={text('place.byLetters')}
          chosen={place.tab === 'letters'}
          onTap={() => visit.replace({ ...place, tab: 'letters' })}
        />
      </div>
      {known === null ? null : place.tab === 'townships' ? (
        <ByTownship
          choice={choice}
          open={place.township}
          onOpen={(township) => visit.replace({ ...place, township })}
        />
      ) : (
        <ByLetters
          choice={choice}
          letters={place.letters}
          onLetters={(letters) => visit.replace({ ...place, letters })}
        />
      )}
    </Screen>
  )
}

/** The chosen village becomes the visit's, and the way goes on where it was meant to, or back. */
function useChoose(props: ScreenProps<'place'>): (village: PlaceRow) => void {
  const { place, data, visit } = props
  const years = useValue(() => data.years(), [data])
  const year = years?.[0] ?? Number(data.record.dataUntil.slice(0, 4))
  return (village) => {
    visit.chooseVillage(village.code)
    if (place.onward === 'funds') visit.replace({ screen: 'funds', class: null, year })
    else if (place.onward === 'finance') visit.replace({ screen: 'finance', village: village.code, month: null })
    else visit.back()
  }
}
