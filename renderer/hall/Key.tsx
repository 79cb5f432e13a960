// A key: pictogram and word, at least 96 × 96, colours swapped while pressed. One with nowhere to go stays, dashed.
import type { ReactNode } from 'react'
import './key.css'
import { Pictogram } from './Pictogram.tsx'
import type { PictogramName } from './pictograms.ts'
import { useTap } from './tap.ts'

export interface KeyProps {
  word: string
  icon?: PictogramName
  /** A pictogram after the word (an arrow). */
  after?: PictogramName
  /** A second line in smaller letters. */
  note?: string
  /** plain: surface with an outline; ink: filled; sun: the one large key of attract; bar: in the low bar; cin, bar-cin: reporting. */
  tone?: 'plain' | 'ink' | 'sun' | 'fir' | 'indigo' | 'tea' | 'bar' | 'cin' | 'bar-cin'
  /** stack: pictogram above the word. */
  layout?: 'row' | 'stack'
  /** big: the primary action of a screen, 120 high and more. */
  size?: 'normal' | 'big'
  /** This one is the choice now (a year, a tab). */
  chosen?: boolean
  /** Nowhere to go: dashed, not a target. */
  dashed?: boolean
  onTap: () => void
}

export function Key(props: KeyProps): ReactNode {
  const tap = useTap(props.onTap)
  return (
    <button
      type="button"
      className="key"
      data-tone={props.tone ?? 'plain'}
      data-layout={props.layout ?? 'row'}
      data-size={props.size ?? 'normal'}
      disabled={props.dashed === true}
      {...(props.chosen === undefined ? {} : { 'aria-pressed': props.chosen })}
      {...tap}
    >
      {props.icon === undefined ? null : <Pictogram name={props.icon} />}
      <span className="key-words">
        <span className="key-word">{props.word}</span>
        {props.note === undefined ? null : <span className="key-note">{props.note}</span>}
      </span>
      {props.after === undefined ? null : <Pictogram name={props.after} />}
    </button>
  )
}
