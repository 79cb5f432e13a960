// The masthead: wordmark at the left, place key and 字 key at the right; and below it the sheet of the 字 key.
import { type ReactNode, useState } from 'react'
import type { TextSize } from '../navigation/letters.ts'
import { useText } from '../text/use-text.tsx'
import { useFrame } from './frame-value.tsx'
import { Key } from './Key.tsx'
import './masthead.css'
import { Pictogram } from './Pictogram.tsx'
import { useTap } from './tap.ts'

export function Masthead(props: { over?: string; wordmark?: string; aside?: ReactNode }): ReactNode {
  const text = useText()
  const frame = useFrame()
  const [open, setOpen] = useOpenWithin(frame.step)
  return (
    <>
      <header className="masthead">
        <Wordmark over={props.over ?? text('hall.county')} name={props.wordmark ?? text('hall.wordmark')} />
        {props.aside === undefined ? (
          <span className="masthead-keys">
            {frame.choosePlace === null ? null : <PlaceKey onTap={frame.choosePlace} />}
            <LettersKey open={open} onTap={() => setOpen(!open)} />
          </span>
        ) : (
          props.aside
        )}
      </header>
      {open ? <LettersSheet onClose={() => setOpen(false)} /> : null}
    </>
  )
}

/** The masthead stays when the step changes; its sheet doesn't, nor does it come back with the step. */
function useOpenWithin(step: number): [boolean, (open: boolean) => void] {
  const [open, setOpen] = useState(false)
  const [at, setAt] = useState(step)
  if (at !== step) {
    setAt(step)
    setOpen(false)
  }
  return [open && at === step, setOpen]
}

/** The sun over lines of writing. Its own colours in every scheme but high contrast. */
export function Mark(): ReactNode {
  return (
    <svg className="mark" viewBox="0 0 72 72" aria-hidden="true">
      <rect className="mark-ground" width="72" height="72" rx="12" />
      <path className="mark-sun" d="M17 42a19 19 0 0 1 38 0z" />
      <path className="mark-lines" d="M12 46h48M12 54h48M12 62h48" />
    </svg>
  )
}

/** Not a key to a villager: no outline, no word on it. A technician taps it five times (docs). */
export function Wordmark(props: { over: string; name: string }): ReactNode {
  const frame = useFrame()
  return (
    <div className="wordmark" onPointerDown={frame.onWordmark}>
      <Mark />
      <span className="wordmark-words">
        <span className="wordmark-over">{props.over}</span>
        <span className="wordmark-name">{props.name}</span>
      </span>
    </div>
  )
}

function PlaceKey(props: { onTap: () => void }): ReactNode {
  const text = useText()
  const { village } = useFrame()
  const word = village === null ? text('hall.choosePlace') : text('hall.ofVillage', village)
  return <Key icon="pin" word={word} onTap={props.onTap} />
}

function LettersKey(props: { open: boolean; onTap: () => void }): ReactNode {
  const text = useText()
  const tap = useTap(props.onTap)
  const word = text('hall.lettersShort')
  return (
    <button
      type="button"
      className="key letters-key"
      data-tone="plain"
      aria-label={text('hall.letters')}
      aria-expanded={props.open}
      {...(props.open ? { 'aria-pressed': true } : {})}
      {...tap}
    >
      <span className="letters-large">{word}</span>
      <span className="letters-small">{word}</span>
    </button>
  )
}

const SIZES: readonly TextSize[] = [100, 120, 140]

function LettersSheet(props: { onClose: () => void }): ReactNode {
  const text = useText()
  const { letters, setLetters } = useFrame()
  return (
    <section className="letters-sheet" aria-label={text('hall.letters')}>
      {SIZES.map((size) => (
        <Key
          key={size}
          word={text(`hall.size${size}`)}
          chosen={letters.size === size}
          onTap={() => setLetters({ ...letters, size })}
        />
      ))}
      <Key
        word={text(letters.contrast ? 'hall.contrastOff' : 'hall.contrastOn')}
        onTap={() => setLetters({ ...letters, contrast: !letters.contrast })}
      />
      <Key icon="tick" word={text('hall.lettersClose')} tone="ink" onTap={props.onClose} />
    </section>
  )
}

/** For screens that say where the terminal stands instead of offering keys (technician). */
export function MastheadPlace(props: { word: string }): ReactNode {
  return (
    <span className="masthead-place">
      <Pictogram name="pin" />
      {props.word}
    </span>
  )
}
