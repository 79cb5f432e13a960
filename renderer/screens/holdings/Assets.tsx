// Assets by their value and resources by their area; each opens to its fields and its origin (P8).
import { type ReactNode, useState } from 'react'
import type { AssetRow, PlaceCode } from '../../../sync/contract/rows.ts'
import type { CountyData } from '../../data/county-data.ts'
import { Amount } from '../../hall/Amount.tsx'
import { Answered } from '../../hall/Answered.tsx'
import { assetSubject } from '../../hall/holding-subjects.ts'
import { quantity } from '../../hall/money.ts'
import { Fact, OpeningRow } from '../../hall/Row.tsx'
import { SectionHead } from '../../hall/SectionHead.tsx'
import { useAnswer } from '../../hall/use-answer.ts'
import { useText } from '../../text/use-text.tsx'
import { FactAmount, HoldingKey, RowOrigin } from './parts.tsx'

export function Assets(props: { data: CountyData; village: PlaceCode }): ReactNode {
  const text = useText()
  const { data, village } = props
  const asked = useAnswer(() => data.assets(village), [data, village])
  return (
    <Answered asked={asked}>
      {(rows) =>
        (['asset', 'resource'] as const).map((kind) => {
          const own = rows.filter((row) => row.kind === kind)
          if (own.length === 0) return null
          return (
            <section key={kind}>
              <SectionHead
                title={text(kind === 'asset' ? 'finance.assetsHead' : 'finance.resourcesHead')}
                note={text('finance.count', { count: own.length })}
              />
              {own.map((row) => (
                <Asset key={row.number} row={row} data={data} />
              ))}
            </section>
          )
        })
      }
    </Answered>
  )
}

function Asset(props: { row: AssetRow; data: CountyData }): ReactNode {
  const text = useText()
  const [open, setOpen] = useState(false)
  const { row } = props
  return (
    <OpeningRow
      title={row.name}
      meta={<span>{row.class}</span>}
      amount={<Worth row={row} />}
      open={open}
      tone="indigo"
      onToggle={() => setOpen(!open)}
      keys={<HoldingKey data={props.data} row={row} subjectOf={assetSubject} />}
    >
      <dl className="stack">
        {row.originalValue === null ? null : (
          <FactAmount name={text('finance.originalValue')} fen={row.originalValue} />
        )}
        {row.depreciation === null ? null : <FactAmount name={text('finance.depreciation')} fen={row.depreciation} />}
        {row.netValue === null ? null : <FactAmount name={text('finance.netValue')} fen={row.netValue} />}
        <Words name={text('finance.landType')} value={row.landType} />
        <Words name={text('finance.boundaries')} value={row.boundaries} />
        <Words name={text('finance.user')} value={row.user} />
        <Words name={text('finance.number')} value={row.number} />
      </dl>
      <RowOrigin data={props.data} origin={row.origin} row={row.row} />
      <HoldingKey data={props.data} row={row} subjectOf={assetSubject} word="report.thisAsset" />
    </OpeningRow>
  )
}

function Words(props: { name: string; value: string }): ReactNode {
  return props.value === '' ? null : <Fact name={props.name}>{props.value}</Fact>
}

/** Net value of an asset, area of a resource; an unknown one is said to be unknown, never zero. */
function Worth(props: { row: AssetRow }): ReactNode {
  const text = useText()
  const { row } = props
  const value = row.netValue ?? row.originalValue
  if (row.kind === 'resource' && row.area !== null)
    return <span className="holding-area">{text('finance.mu', { quantity: quantity(row.area) })}</span>
  if (value !== null) return <Amount fen={value} />
  return <span className="second">{text('finance.valueUnknown')}</span>
}
