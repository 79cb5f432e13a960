// Attract: what this is and that it costs nothing, in three seconds. Two dated facts, one large key; any tap starts.
import type { ReactNode } from 'react'
import type { TerminalProfile } from '../../../sync/contract/host-api.ts'
import type { CountyData } from '../../data/county-data.ts'
import { Dateline } from '../../hall/Dateline.tsx'
import { Key } from '../../hall/Key.tsx'
import { Wordmark } from '../../hall/Masthead.tsx'
import { useTap } from '../../hall/tap.ts'
import { useText } from '../../text/use-text.tsx'
import './attract.css'
import { type Fact, useFacts } from './facts.ts'
import { Hills } from './Hills.tsx'

export interface AttractScreenProps {
  data: CountyData
  profile: TerminalProfile
  onStart: () => void
}

export function AttractScreen(props: AttractScreenProps): ReactNode {
  const text = useText()
  const facts = useFacts(props.data, props.profile)
  const anywhere = useTap(props.onStart)
  return (
    <div className="attract" data-screen="attract">
      <header className="attract-head">
        <Wordmark over={text('hall.county')} name={text('hall.wordmark')} />
      </header>
      <Dateline />
      <div className="attract-scene">
        <h1 className="attract-headline">
          <span>{text('attract.line1')}</span>
          <span>{text('attract.line2')}</span>
          <span>{text('attract.line3')}</span>
        </h1>
        <Hills />
        {/* Any tap on the picture starts too; the key below is for those who look for one. */}
        <button
          type="button"
          className="attract-anywhere"
          tabIndex={-1}
          aria-label={text('attract.start')}
          {...anywhere}
        />
      </div>
      <footer className="attract-foot">
        <div className="attract-facts">
          {facts.map((fact) => (
            <FactBox key={fact.name} fact={fact} />
          ))}
        </div>
        <Key icon="hand" word={text('attract.start')} tone="sun" size="big" onTap={props.onStart} />
        <p className="attract-free">{text('attract.free')}</p>
      </footer>
    </div>
  )
}

function FactBox(props: { fact: Fact }): ReactNode {
  const { name, figure, unit } = props.fact
  return (
    <p className="attract-fact">
      <span className="attract-fact-name">{name}</span>
      <span className="attract-figure">
        {figure}
        {unit === '' ? null : <span className="attract-unit">{unit}</span>}
      </span>
    </p>
  )
}
