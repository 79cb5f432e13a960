// Picks a word in three taps: the initials of its two characters, then the word. Only letters that lead on are solid.
import { type ReactNode, useState } from 'react'
import { CODE_WORDS, initialsOf, lettersAfter, wordsBy } from '../../../sync/core/report-code.ts'
import { Key } from '../../hall/Key.tsx'
import type { ListedWord } from '../../navigation/report.ts'
import { useText } from '../../text/use-text.tsx'

export interface WordPickerProps {
  words: readonly ListedWord[]
  picked: readonly string[]
  onPick: (word: string) => void
  /** The last word is taken back. */
  onUnpick: () => void
}

/** No syllable begins with i, u or v. */
const LETTERS = [...'abcdefghjklmnopqrstwxyz']
const SYLLABLES = 2

export function WordPicker(props: WordPickerProps): ReactNode {
  const text = useText()
  const [letters, setLetters] = useState('')
  const { words, picked } = props
  const solid = lettersAfter(letters, words)
  const whole = letters.length === SYLLABLES
  return (
    <>
      <Hint words={words} />
      <Picked picked={picked} />
      <div className="answers-pressed">
        <output className="answers-field">
          {letters === '' ? text('answers.none') : text('answers.letters', { letters: letters.toUpperCase() })}
        </output>
        <Key
          icon="erase"
          word={text('answers.erase')}
          dashed={letters === '' && picked.length === 0}
          onTap={() => (letters === '' ? props.onUnpick() : setLetters(letters.slice(0, -1)))}
        />
      </div>
      {whole ? (
        <div className="answers-words">
          {wordsBy(letters, words).map((word) => (
            <Key
              key={word}
              word={word}
              onTap={() => {
                setLetters('')
                props.onPick(word)
              }}
            />
          ))}
        </div>
      ) : (
        <div className="answers-letters">
          {LETTERS.map((letter) => (
            <Key
              key={letter}
              word={letter.toUpperCase()}
              dashed={!solid.has(letter)}
              onTap={() => setLetters((was) => (was + letter).slice(0, SYLLABLES))}
            />
          ))}
        </div>
      )}
    </>
  )
}

/** Explained by an example out of the list itself. */
function Hint(props: { words: readonly ListedWord[] }): ReactNode {
  const text = useText()
  const example = props.words.find(([word]) => word === '水牛') ?? props.words[0]
  if (example === undefined) return null
  const letters = [...initialsOf(example).toUpperCase()].join('、')
  return <p className="second">{text('answers.hint', { word: example[0], letters })}</p>
}

function Picked(props: { picked: readonly string[] }): ReactNode {
  const text = useText()
  return (
    <ol className="answers-picked">
      {Array.from({ length: CODE_WORDS }, (_, at) => {
        const word = props.picked[at]
        return (
          // The place in the row is what it is.
          // biome-ignore lint/suspicious/noArrayIndexKey: five fixed places
          <li key={at} data-here={at === props.picked.length ? '' : undefined}>
            {word ?? text('answers.which', { number: at + 1 })}
          </li>
        )
      })}
    </ol>
  )
}
