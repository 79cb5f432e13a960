// A door of the home screen: colour, pictogram, word and place, so that none of them is needed alone; one true fact each.
import type { ReactNode } from 'react'
import './door.css'
import { Pictogram, SunDisc } from './Pictogram.tsx'
import type { PictogramName } from './pictograms.ts'
import { useTap } from './tap.ts'

export interface DoorProps {
  tone: 'fir' | 'indigo' | 'tea'
  icon: PictogramName
  name: string
  says: string
  /** A true, dated figure; absent while not known. */
  fact: string | null
  onTap: () => void
}

export function Door(props: DoorProps): ReactNode {
  const tap = useTap(props.onTap)
  return (
    <button type="button" className="door" data-tone={props.tone} {...tap}>
      <SunDisc name={props.icon} size={200} />
      <span className="door-words">
        <span className="door-name">{props.name}</span>
        <span className="door-says">{props.says}</span>
        {props.fact === null ? null : <span className="door-fact">{props.fact}</span>}
      </span>
      <Pictogram name="right" className="door-arrow" />
    </button>
  )
}
