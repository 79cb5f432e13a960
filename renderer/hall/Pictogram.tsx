// Draws a pictogram in the colour of the text. Never alone: a word stands beside it, so it is hidden from readers.
import type { ReactNode } from 'react'
import './pictogram.css'
import { DRAWINGS, type Drawing, type PictogramName } from './pictograms.ts'

export function Pictogram(props: { name: PictogramName; className?: string }): ReactNode {
  const drawing: Drawing = DRAWINGS[props.name]
  const className = props.className === undefined ? 'pictogram' : `pictogram ${props.className}`
  return (
    <svg className={className} viewBox="0 0 48 48" aria-hidden="true" focusable="false">
      <path className="pictogram-lines" d={drawing.lines} />
      {drawing.dots === undefined ? null : <path className="pictogram-dots" d={drawing.dots} />}
    </svg>
  )
}

/** A pictogram in the sun's disc: what is lit. `size` in the design's pixels. */
export function SunDisc(props: { name: PictogramName; size?: 96 | 104 | 148 | 200 }): ReactNode {
  return (
    <span className="sun-disc" data-size={props.size ?? 104}>
      <Pictogram name={props.name} />
    </span>
  )
}
