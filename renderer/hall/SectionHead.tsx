// The head of a section: bold words over a 4 px line, a note at the right (a count, a unit, a comparison).
import type { ReactNode } from 'react'
import './section.css'

export function SectionHead(props: { title: string; note?: ReactNode }): ReactNode {
  return (
    <header className="section-head">
      <h2>{props.title}</h2>
      {props.note === undefined ? null : <span className="second">{props.note}</span>}
    </header>
  )
}

/** A band over the full width: `lit` where the sun falls (your own township, the clause that concerns you). */
export function Band(props: { tone: 'lit' | 'surface' | 'sunk'; children: ReactNode }): ReactNode {
  return (
    <section className="band" data-tone={props.tone}>
      {props.children}
    </section>
  )
}

/** A box with the 16 px rule at its left: a snapshot, plain language, a clause, an opened row. */
export function Ruled(props: { tone: 'fir' | 'indigo' | 'tea' | 'sun' | 'bad'; children: ReactNode }): ReactNode {
  return (
    <div className="ruled" data-tone={props.tone}>
      {props.children}
    </div>
  )
}
