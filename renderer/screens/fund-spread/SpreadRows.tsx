// The rows of one level: each a wide key with a bar to scale, the own place in the sun; months lead nowhere further.
import type { ReactNode } from 'react'
import type { PlaceCode } from '../../../sync/contract/rows.ts'
import type { FundSpread } from '../../data/county-data.ts'
import { Amount } from '../../hall/Amount.tsx'
import { Pictogram } from '../../hall/Pictogram.tsx'
import { SectionHead } from '../../hall/SectionHead.tsx'
import { useTap } from '../../hall/tap.ts'
import { shortMonth } from '../../text/dates.ts'
import { useText } from '../../text/use-text.tsx'
import type { Ladder } from './FundSpreadScreen.tsx'

type SpreadRow = FundSpread['rows'][number]

export interface SpreadRowsProps {
  spread: FundSpread
  ladder: Ladder
  /** The village this visit is about: it, or its township, is lit. */
  own: PlaceCode | null
  onPlace: (code: PlaceCode) => void
}

export function SpreadRows(props: SpreadRowsProps): ReactNode {
  const text = useText()
  const { rows } = props.spread
  const total = rows.reduce((sum, row) => sum + row.rollup.amount, 0)
  const largest = Math.max(1, ...rows.map((row) => row.rollup.amount))
  const isOwn = (row: SpreadRow): boolean => row.place !== null && props.own?.startsWith(row.place.code) === true
  const lit = rows.some(isOwn)
  return (
    <section className="stack">
      <div className="spread-total">
        <span>{text('funds.spreadTotal')}</span>
        <Amount fen={total} size="sum" unit="auto" />
      </div>
      <SectionHead
        title={lit ? text(props.ladder.township === null ? 'funds.ownTownship' : 'funds.ownVillage') : ''}
        note={text('hall.unitYuan')}
      />
      <div className="spread-rows">
        {rows.map((row) => (
          <Row
            key={`${row.place?.code}${row.month}`}
            row={row}
            share={(row.rollup.amount * 100) / largest}
            own={isOwn(row)}
            onPlace={props.onPlace}
          />
        ))}
      </div>
    </section>
  )
}

interface RowProps {
  row: SpreadRow
  /** Percent of the longest bar. */
  share: number
  own: boolean
  onPlace: (code: PlaceCode) => void
}

function Row(props: RowProps): ReactNode {
  const code = props.row.place?.code
  return code === undefined || props.row.month !== '' ? (
    <div className="spread-row" data-more="">
      <Words {...props} />
    </div>
  ) : (
    <WayRow {...props} code={code} />
  )
}

function WayRow(props: RowProps & { code: PlaceCode }): ReactNode {
  const tap = useTap(() => props.onPlace(props.code))
  return (
    <button type="button" className="spread-row" data-more="" data-way="" {...tap}>
      <Words {...props} way />
    </button>
  )
}

function Words(props: RowProps & { way?: boolean }): ReactNode {
  const text = useText()
  const { row } = props
  const name = row.month === '' ? (row.place?.name ?? '') : shortMonth(row.month, text.language)
  return (
    <>
      <span className="spread-line">
        <span className="spread-name">
          <span className="row-title">{name}</span>
          <span className="spread-facts">
            {text('funds.spreadRow', { payees: row.rollup.payees, rows: row.rollup.rows })}
          </span>
        </span>
        <span className="spread-amount">
          <Amount fen={row.rollup.amount} showUnit={false} />
          {props.way === true ? <Pictogram name="right" /> : null}
        </span>
      </span>
      <span className="spread-bar">
        <span data-own={props.own ? '' : undefined} style={{ inlineSize: `${Math.max(0, props.share)}%` }} />
      </span>
    </>
  )
}
