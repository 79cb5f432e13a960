// A row that leads somewhere and has a key of its own beside it: a voucher and its image.
//
//   [＋收] 人居环境补助                    32,000.00   [看图]
//          9月5日，乡财政所拨
import type { ReactNode } from 'react'
import './keyed-row.css'
import { useTap } from './tap.ts'

export interface KeyedRowProps {
  title: string
  meta?: ReactNode
  amount: ReactNode
  mark?: ReactNode
  /** The key at the right: a target apart from the row's. */
  keys: ReactNode
  onTap: () => void
}

export function KeyedRow(props: KeyedRowProps): ReactNode {
  const tap = useTap(props.onTap)
  return (
    <div className="keyed-row" data-more="">
      <button type="button" className="keyed-row-way" {...tap}>
        {props.mark}
        <span className="row-words">
          <span className="row-title">{props.title}</span>
          {props.meta === undefined ? null : <span className="row-meta">{props.meta}</span>}
        </span>
        <span className="row-amount">{props.amount}</span>
      </button>
      {props.keys}
    </div>
  )
}
