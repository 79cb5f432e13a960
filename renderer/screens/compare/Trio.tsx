// One name with its three months: label, bar and sum on a line each, and the sentence that says more or less.
import type { ReactNode } from 'react'
import type { Fen, Month } from '../../../sync/contract/rows.ts'
import { barShare, changeOf } from '../../../sync/core/change.ts'
import { Amount } from '../../hall/Amount.tsx'
import { Bar } from '../../hall/Bar.tsx'
import { changeSentence } from '../../text/change-words.ts'
import { longMonth, shortMonth } from '../../text/dates.ts'
import { useText } from '../../text/use-text.tsx'

export interface TrioProps {
  name: string
  /** This month, the one before, the same one last year. */
  months: [Month, Month, Month]
  /** null where that month isn't published. */
  sums: [Fen, Fen | null, Fen | null]
  /** Fen of the longest bar of the chart; the longest of the three where not given. */
  longest?: Fen
  series: 'income' | 'expense'
}

export function Trio(props: TrioProps): ReactNode {
  const text = useText()
  const { months, sums } = props
  const longest = props.longest ?? Math.max(0, ...sums.map((sum) => sum ?? 0))
  return (
    <div className="trio" data-more="">
      <p className="trio-head">
        <span className="trio-name">{props.name}</span>
        <span className="trio-says second">
          <span>{changeSentence(text, changeOf(sums[0], sums[1]), ` ${shortMonth(months[1], text.language)}`)}</span>
          <span>
            {changeSentence(
              text,
              changeOf(sums[0], sums[2]),
              text('finance.lastYear', { month: shortMonth(months[2], text.language) }),
            )}
          </span>
        </span>
      </p>
      {months.map((month, at) => (
        <Line
          key={month}
          label={longMonth(month, text.language)}
          fen={sums[at] ?? null}
          longest={longest}
          series={at === 0 ? props.series : 'earlier'}
        />
      ))}
    </div>
  )
}

function Line(props: {
  label: string
  fen: Fen | null
  longest: Fen
  series: 'income' | 'expense' | 'earlier'
}): ReactNode {
  const text = useText()
  const { fen } = props
  return (
    <div className="trio-line" data-now={props.series === 'earlier' ? undefined : ''}>
      <span className="trio-month">{props.label}</span>
      {fen === null ? (
        <span className="trio-absent">{text('finance.unpublished')}</span>
      ) : (
        <>
          <span className="trio-bar">
            <Bar share={barShare(fen, props.longest)} series={props.series} />
          </span>
          <Amount fen={fen} showUnit={false} />
        </>
      )}
    </div>
  )
}
