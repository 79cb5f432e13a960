// By letters: only letters that still lead to a village are solid; results carry their township, since names repeat.
import type { ReactNode } from 'react'
import { Key } from '../../hall/Key.tsx'
import { Tile } from '../../hall/Tile.tsx'
import { useText } from '../../text/use-text.tsx'
import type { Choice } from './PlaceScreen.tsx'
import { found, LETTERS, leading } from './village-search.ts'

export interface ByLettersProps {
  choice: Choice
  letters: string
  onLetters: (letters: string) => void
}

export function ByLetters(props: ByLettersProps): ReactNode {
  const { choice, letters, onLetters } = props
  const solid = leading(choice.villages, letters)
  return (
    <>
      <Hint choice={choice} />
      <Pressed letters={letters} onErase={() => onLetters(letters.slice(0, -1))} />
      <div className="place-letters">
        {LETTERS.map((letter) => (
          <Key
            key={letter}
            word={letter.toUpperCase()}
            dashed={!solid.has(letter)}
            onTap={() => onLetters(letters + letter)}
          />
        ))}
      </div>
      <Results choice={choice} letters={letters} />
    </>
  )
}

/** Explains by the example of the own village, else of the first. */
function Hint(props: { choice: Choice }): ReactNode {
  const text = useText()
  const { villages, ownVillage } = props.choice
  const example = villages.find((village) => village.code === ownVillage) ?? villages[0]
  if (example === undefined) return null
  const letters = [...example.initials.toUpperCase()].join('、')
  return <p className="second">{text('place.hint', { village: example.name, letters })}</p>
}

function Pressed(props: { letters: string; onErase: () => void }): ReactNode {
  const text = useText()
  return (
    <div className="place-pressed">
      <output className="place-field">
        {props.letters === '' ? (
          <span className="second">{text('place.start')}</span>
        ) : (
          <>
            {props.letters.toUpperCase()}
            <span className="place-caret" />
          </>
        )}
      </output>
      <Key icon="back" word={text('place.erase')} dashed={props.letters === ''} onTap={props.onErase} />
    </div>
  )
}

function Results(props: { choice: Choice; letters: string }): ReactNode {
  const text = useText()
  const { choice, letters } = props
  if (letters === '') return null
  const villages = found(choice.villages, letters, choice.ownTownship)
  const townshipOf = new Map(choice.townships.map((township) => [township.code, township.name]))
  return (
    <section className="stack">
      <h2 className="place-head">
        {text('place.found', { count: villages.length })}
        <span className="second">{text('place.ownFirst')}</span>
      </h2>
      <div className="tiles place-results">
        {villages.map((village) => (
          <Tile
            key={village.code}
            name={village.name}
            sub={townshipOf.get(village.parent) ?? ''}
            align="start"
            lit={village.code === choice.ownVillage}
            onTap={() => choice.choose(village)}
          />
        ))}
      </div>
    </section>
  )
}
