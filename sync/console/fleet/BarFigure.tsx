// One question, one bar chart, and the same figures as a table for whoever can't see or wants them exactly.
import { Bar, BarChart, LabelList, XAxis, YAxis } from 'recharts'
import { Table } from '../parts/Table.tsx'

export interface BarRow {
  name: string
  count: number
}
interface BarFigureProps {
  title: string
  unit: string
  /** What a row's name is. */
  named: string
  rows: readonly BarRow[]
  /** Bars drawn, at most; the table has all rows. */
  drawn?: number
  /** Columns side by side instead of bars below each other. */
  upright?: boolean
}

const WIDTH = 526
const COLUMNS_HEIGHT = 220
const BAR_HEIGHT = 26

export function BarFigure(props: BarFigureProps) {
  const { title, unit, named, rows, drawn = rows.length, upright = false } = props
  const shown = rows.slice(0, drawn)
  return (
    <figure className="fleet-figure" aria-label={title}>
      <figcaption>
        {title}
        {shown.length < rows.length && `（前 ${shown.length} 项）`}
      </figcaption>
      <div aria-hidden="true">{upright ? <Columns rows={shown} /> : <Bars rows={shown} />}</div>
      <details>
        <summary>看数字</summary>
        <Table
          caption={title}
          rows={rows}
          keyOf={({ name }) => name}
          empty="没有。"
          columns={[
            { key: 'name', title: named, show: ({ name }) => name },
            { key: 'count', title: unit, right: true, show: ({ count }) => count },
          ]}
        />
      </details>
    </figure>
  )
}

const INK = { fill: 'var(--ink)', fontSize: 13 }

function Columns({ rows }: { rows: readonly BarRow[] }) {
  return (
    <BarChart width={WIDTH} height={COLUMNS_HEIGHT} data={[...rows]} margin={{ top: 20 }} accessibilityLayer={false}>
      <XAxis dataKey="name" tick={INK} interval={2} tickLine={false} stroke="var(--edge)" />
      <YAxis hide />
      <Bar dataKey="count" fill="var(--fir)" isAnimationActive={false} />
    </BarChart>
  )
}

function Bars({ rows }: { rows: readonly BarRow[] }) {
  const height = rows.length * BAR_HEIGHT + 8
  return (
    <BarChart
      width={WIDTH}
      height={height}
      data={[...rows]}
      layout="vertical"
      margin={{ top: 0, bottom: 0, right: 60 }}
      accessibilityLayer={false}
    >
      <XAxis type="number" hide />
      <YAxis type="category" dataKey="name" width={225} interval={0} tick={INK} tickLine={false} stroke="var(--edge)" />
      <Bar dataKey="count" fill="var(--fir)" barSize={16} isAnimationActive={false}>
        <LabelList dataKey="count" position="right" fill="var(--ink)" fontSize={13} />
      </Bar>
    </BarChart>
  )
}
