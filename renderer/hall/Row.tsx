// Rows of a list. An opening row is one wide key: chevron, name, what is said of it, amount; its inside opens below.
//
//   [v] 耕地地力保护补贴                441.00 元
//       (✓ 已发) 4月28日
import type { ReactNode } from 'react'
import { useText } from '../text/use-text.tsx'
import { Pictogram } from './Pictogram.tsx'
import './row.css'
import { useTap } from './tap.ts'

export interface OpeningRowProps {
  title: string
  /** Chips and dates below the name. */
  meta?: ReactNode
  amount?: ReactNode
  open: boolean
  tone?: 'fir' | 'indigo' | 'tea'
  onToggle: () => void
  /** A key beside the head, a target apart from it. */
  keys?: ReactNode
  /** Inside of the row; drawn only while open. */
  children: ReactNode
}

export function OpeningRow(props: OpeningRowProps): ReactNode {
  const text = useText()
  const tap = useTap(props.onToggle)
  return (
    <section className="row-open" data-more="" data-tone={props.tone ?? 'fir'} data-open={props.open ? '' : undefined}>
      <div className="row-line">
        <button type="button" className="row-head" aria-expanded={props.open} {...tap}>
          <span className="row-chevron" title={props.open ? text('hall.close') : text('hall.open')}>
            <Pictogram name={props.open ? 'up' : 'down'} />
          </span>
          <RowWords title={props.title} meta={props.meta} />
          {props.amount === undefined ? null : <span className="row-amount">{props.amount}</span>}
        </button>
        {props.keys}
      </div>
      {props.open ? <div className="row-inside">{props.children}</div> : null}
    </section>
  )
}

export interface WayRowProps {
  title: string
  meta?: ReactNode
  amount?: ReactNode
  /** Something at the left: a tag, a disc. */
  mark?: ReactNode
  /** A key beside the row, a target apart from it. */
  keys?: ReactNode
  onTap: () => void
}

/** A row that leads somewhere: the whole row is the key. */
export function WayRow(props: WayRowProps): ReactNode {
  const tap = useTap(props.onTap)
  const way = (
    <button type="button" className="row-way" data-more="" {...tap}>
      {props.mark === undefined ? null : <span className="row-mark">{props.mark}</span>}
      <RowWords title={props.title} meta={props.meta} />
      {props.amount === undefined ? null : <span className="row-amount">{props.amount}</span>}
      <Pictogram name="right" />
    </button>
  )
  if (props.keys === undefined) return way
  return (
    <div className="row-line">
      {way}
      {props.keys}
    </div>
  )
}

/** A row that only says: name, meta, amount, and keys at the right. */
export function SayRow(props: Omit<WayRowProps, 'onTap'>): ReactNode {
  return (
    <div className="row-say" data-more="">
      {props.mark === undefined ? null : <span className="row-mark">{props.mark}</span>}
      <RowWords title={props.title} meta={props.meta} />
      {props.amount === undefined ? null : <span className="row-amount">{props.amount}</span>}
      {props.keys === undefined ? null : <span className="row-keys">{props.keys}</span>}
    </div>
  )
}

function RowWords(props: { title: string; meta: ReactNode }): ReactNode {
  return (
    <span className="row-words">
      <span className="row-title">{props.title}</span>
      {props.meta === undefined ? null : <span className="row-meta">{props.meta}</span>}
    </span>
  )
}

/** A line of facts: bold name at the left (with its pictogram), words at the right. */
export function Fact(props: { name: ReactNode; children: ReactNode }): ReactNode {
  return (
    <div className="fact">
      <dt>{props.name}</dt>
      <dd>{props.children}</dd>
    </div>
  )
}
