// A tile of a wall: a village, a group, a surname, a month. The lit one is where this terminal stands.
import type { ReactNode } from 'react'
import { useTap } from './tap.ts'
import './tile.css'

export interface TileProps {
  name: string
  /** Second line, 28 px: 本机所在, 侗族苗族乡, the township of a result. */
  sub?: string
  /** The sun falls on it: your own village. Needs `sub` or a word beside it. */
  lit?: boolean
  chosen?: boolean
  /** Nothing behind it: dashed, not a target. */
  dashed?: boolean
  align?: 'centre' | 'start'
  onTap: () => void
}

export function Tile(props: TileProps): ReactNode {
  const tap = useTap(props.onTap)
  return (
    <button
      type="button"
      className="tile"
      data-more=""
      data-lit={props.lit === true ? '' : undefined}
      data-align={props.align ?? 'centre'}
      disabled={props.dashed === true}
      {...(props.chosen === undefined ? {} : { 'aria-pressed': props.chosen })}
      {...tap}
    >
      <span className="tile-name">{props.name}</span>
      {props.sub === undefined ? null : <span className="tile-sub">{props.sub}</span>}
    </button>
  )
}
