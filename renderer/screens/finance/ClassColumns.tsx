// Income and expense by class, side by side and to one scale; each class is a key to its vouchers.
import type { ReactNode } from 'react'
import type { Fen } from '../../../sync/contract/rows.ts'
import { barShare, changeOf } from '../../../sync/core/change.ts'
import { monthsEarlier } from '../../../sync/core/months.ts'
import type { MonthView } from '../../data/county-data.ts'
import { Amount } from '../../hall/Amount.tsx'
import { Bar } from '../../hall/Bar.tsx'
import { SectionHead } from '../../hall/SectionHead.tsx'
import { useTap } from '../../hall/tap.ts'
import { changeSentence } from '../../text/change-words.ts'
import { shortMonth } from '../../text/dates.ts'
import { useText } from '../../text/use-text.tsx'

type Direction = 'income' | 'expense'

export interface ClassColumnsProps {
  view: MonthView
  onClass: (direction: Direction, name: string) => void
}

export function ClassColumns(props: ClassColumnsProps): ReactNode {
  const { income, expense } = props.view
  const longest = Math.max(0, ...[...income, ...expense].map((row) => row.amount))
  return (
    <div className="class-columns">
      <ClassColumn {...props} direction="income" longest={longest} />
      <ClassColumn {...props} direction="expense" longest={longest} />
    </div>
  )
}

function ClassColumn(props: ClassColumnsProps & { direction: Direction; longest: Fen }): ReactNode {
  const text = useText()
  const { view, direction } = props
  const rows = view[direction].filter((row) => row.amount !== 0)
  const months = {
    before: shortMonth(monthsEarlier(view.period.month, 1), text.language),
    year: text('finance.lastYear', { month: shortMonth(view.period.month, text.language) }),
  }
  const now = view.period[direction]
  return (
    <section className="class-column">
      <SectionHead
        title={text(`finance.${direction}`)}
        note={changeSentence(text, changeOf(now, view.before?.[direction] ?? null), ` ${months.before}`)}
      />
      <p className="class-year second">
        {changeSentence(text, changeOf(now, view.yearBefore?.[direction] ?? null), months.year)}
      </p>
      {rows.length === 0 ? (
        <p className="second">{text('finance.noClass', { direction: text(`finance.${direction}`) })}</p>
      ) : null}
      {rows.map((row) => (
        <ClassKey
          key={row.class}
          name={row.class}
          fen={row.amount}
          share={barShare(row.amount, props.longest)}
          direction={direction}
          onTap={() => props.onClass(direction, row.class)}
        />
      ))}
    </section>
  )
}

interface ClassKeyProps {
  name: string
  fen: Fen
  share: number
  direction: Direction
  onTap: () => void
}

function ClassKey(props: ClassKeyProps): ReactNode {
  const tap = useTap(props.onTap)
  return (
    <button type="button" className="class-key" {...tap}>
      <span className="class-line">
        <span className="class-name">{props.name}</span>
        <Amount fen={props.fen} showUnit={false} />
      </span>
      <Bar share={props.share} series={props.direction} />
    </button>
  )
}
