// Letter keys in place of a keyboard: the first letters of a word's pinyin lead to tiles with whole words. Letters that
// lead nowhere stay in their place, dashed.
import { type ReactNode, useState } from 'react'
import type { CountyData } from '../../data/county-data.ts'
import type { Words } from '../../data/words.ts'
import { Key } from '../../hall/Key.tsx'
import { useText } from '../../text/use-text.tsx'
import type { Query } from './PoliciesScreen.tsx'
import { useWords } from './use-words.ts'
import { nextLetters, queryWords, suggest } from './words.ts'

const LETTERS = [...'abcdefghijklmnopqrstuvwxyz']
/** Words offered at once: two rows in portrait. */
const OFFERED = 8

export interface WordPaneProps {
  data: CountyData
  query: Query
  onChoose: (query: Query) => void
}

/** The letters answer the tap; where they lead is known when the words have been got ready (P7). */
export function WordPane(props: WordPaneProps): ReactNode {
  const text = useText()
  const known = useWords(props.data)
  const [letters, setLetters] = useState('')
  const next = known === null ? null : nextLetters(known.words, letters)
  return (
    <section className="stack">
      <p className="second">
        {letters === '' ? text('policies.letters') : text('policies.typed', { letters: letters.toUpperCase() })}
      </p>
      <div className="policies-letters">
        {LETTERS.map((letter) => (
          <Key
            key={letter}
            word={letter.toUpperCase()}
            dashed={next !== null && !next.has(letter)}
            onTap={() => setLetters(letters + letter)}
          />
        ))}
        <Key
          icon="erase"
          word={text('policies.eraseLetter')}
          dashed={letters === ''}
          onTap={() => setLetters(letters.slice(0, -1))}
        />
      </div>
      {known === null ? (
        <p className="second">{text('policies.preparing')}</p>
      ) : (
        <Offered {...props} known={known} letters={letters} />
      )}
    </section>
  )
}

function Offered(props: WordPaneProps & { known: Words; letters: string }): ReactNode {
  const text = useText()
  const { letters } = props
  const { words, years } = props.known
  const chosen = queryWords(props.query.text)
  const offered = suggest(words, letters, OFFERED + chosen.length).filter((one) => !chosen.includes(one.word))
  const choose = (word: string): void => {
    props.onChoose({ ...props.query, text: [...chosen, word].join(' ') })
  }
  return (
    <>
      <p className="second">{text(letters === '' ? 'policies.common' : 'policies.words')}</p>
      {offered.length === 0 ? <p>{text('policies.noWord')}</p> : null}
      <div className="policies-words">
        {offered.slice(0, OFFERED).map(({ word }) => (
          <Key key={word} word={word} onTap={() => choose(word)} />
        ))}
        {letters === ''
          ? years
              .filter((year) => !chosen.includes(year))
              .map((year) => <Key key={year} word={year} note={text('policies.years')} onTap={() => choose(year)} />)
          : null}
      </div>
    </>
  )
}
