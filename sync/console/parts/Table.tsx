// Rows and columns: the head stays in sight, numbers stand at the right, an empty one says so.
import './table.css'
import type { ReactNode } from 'react'
import { Empty } from './Empty.tsx'

export interface Column<Row> {
  /** Unique in the table. */
  key: string
  title: string
  /** Numbers and amounts. */
  right?: boolean
  /** CSS width, where the content shouldn't decide. */
  width?: string
  show: (row: Row) => ReactNode
}

export function Table<Row>(props: {
  /** What the table holds, for whoever hears it; shown only where `captionShown`. */
  caption: string
  captionShown?: boolean
  columns: readonly Column<Row>[]
  rows: readonly Row[]
  keyOf: (row: Row) => string | number
  /** Instead of an empty table. */
  empty: ReactNode
}) {
  const { caption, captionShown = false, columns, rows, keyOf, empty } = props
  if (rows.length === 0) return <Empty>{empty}</Empty>
  return (
    // A wide table is scrolled within itself, also by keyboard.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled region must be reachable
    <section className="c-table-frame" tabIndex={0} aria-label={caption}>
      <table className="c-table">
        <caption className={captionShown ? undefined : 'c-hidden'}>{caption}</caption>
        <thead>
          <tr>
            {columns.map(({ key, title, right, width }) => (
              <th key={key} scope="col" className={right ? 'c-right' : undefined} style={{ width }}>
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={keyOf(row)}>
              {columns.map(({ key, right, show }) => (
                <td key={key} className={right ? 'c-right' : undefined}>
                  {show(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
