// Searching policies without a keyboard: words by their first letters, kinds by tiles, a day by tiles; what is chosen
// stands above the results and each part can be taken away again.
//
//   [按字找] [按类找] [哪天有效]      one pane is open, or none
//   正在找: [耕地 ×] [补贴 ×]         each word added searches within what was found
//   找到 3 份 …
import { type ReactNode, useState } from 'react'
import { Key } from '../../hall/Key.tsx'
import { Screen } from '../../hall/Screen.tsx'
import type { Place } from '../../navigation/place.ts'
import { useText } from '../../text/use-text.tsx'
import type { ScreenProps } from '../screen.ts'
import { Chosen } from './Chosen.tsx'
import { DayPane } from './DayPane.tsx'
import './policies.css'
import { Results } from './Results.tsx'
import { TagPane } from './TagPane.tsx'
import { WordPane } from './WordPane.tsx'
import { queryWords } from './words.ts'

export type Query = Extract<Place, { screen: 'policies' }>
type Pane = 'words' | 'tags' | 'day'

export function PoliciesScreen(props: ScreenProps<'policies'>): ReactNode {
  const text = useText()
  const { data, place, visit, today } = props
  const empty = place.text === '' && place.tags.length === 0 && place.on === null
  const [pane, setPane] = useState<Pane | null>(empty ? 'words' : null)
  const change = (query: Query): void => visit.replace(query)
  /** A choice made closes its pane, so that the results are seen. */
  const choose = (query: Query): void => {
    setPane(null)
    change(query)
  }
  return (
    <Screen
      name="policies"
      moreUnit={text('policies.unit')}
      aside={
        <>
          <h1>{text('policies.title')}</h1>
          <PaneKeys pane={pane} words={queryWords(place.text).length} onPane={setPane} />
          {empty ? null : <Chosen query={place} onChange={change} />}
        </>
      }
    >
      {pane === 'words' ? <WordPane data={data} query={place} onChoose={choose} /> : null}
      {pane === 'tags' ? <TagPane data={data} query={place} onChoose={change} /> : null}
      {pane === 'day' ? <DayPane query={place} today={today} onChoose={choose} /> : null}
      <Results data={data} query={place} today={today} visit={visit} />
    </Screen>
  )
}

function PaneKeys(props: { pane: Pane | null; words: number; onPane: (pane: Pane | null) => void }): ReactNode {
  const text = useText()
  const key = (pane: Pane, icon: 'letters' | 'tag' | 'calendar', word: string): ReactNode => (
    <Key
      icon={icon}
      word={word}
      layout="stack"
      chosen={props.pane === pane}
      onTap={() => props.onPane(props.pane === pane ? null : pane)}
    />
  )
  return (
    <div className="policies-panes">
      {key('words', 'letters', text(props.words === 0 ? 'policies.byWords' : 'policies.addWord'))}
      {key('tags', 'tag', text('policies.byTags'))}
      {key('day', 'calendar', text('policies.byDate'))}
    </div>
  )
}
