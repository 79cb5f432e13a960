// One bar of a chart, to scale with its neighbours: two hues at most, then pattern, and always a word and a figure beside.
import type { CSSProperties, ReactNode } from 'react'
import './bar.css'

export interface BarProps {
  /** Thousandths of the longest bar of the chart (`core/change.ts`). The smallest drawn is 6 px. */
  share: number
  /** income: solid indigo; expense: hatched tea; earlier: thin hatch, a month gone by. */
  series: 'income' | 'expense' | 'earlier'
}

export function Bar(props: BarProps): ReactNode {
  const style: CSSProperties & Record<'--share', string> = { '--share': `${props.share / 10}%` }
  return (
    <span className="bar" aria-hidden="true">
      {props.share === 0 ? null : <span className="bar-fill" data-series={props.series} style={style} />}
    </span>
  )
}
