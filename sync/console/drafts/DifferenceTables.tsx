// What a draft changes, summed up: rows by kind, money by fund and by village, disclosure, the largest changes first.
import { useState } from 'react'
import type { Difference, RowChange } from '../../contract/console/drafts.ts'
import { Notice } from '../parts/Notice.tsx'
import { type Column, Table } from '../parts/Table.tsx'
import { Pages } from './Pages.tsx'
import { CHANGES, DISCLOSURES, fieldWord, kindWord, valueWord, yuan, yuanChange } from './words.ts'

const PAGE = 20

interface Counts {
  added: number
  changed: number
  removed: number
}
const COUNTS: readonly Column<Counts>[] = [
  { key: 'added', title: '新增', right: true, show: ({ added }) => added.toLocaleString('zh-CN') },
  { key: 'changed', title: '改动', right: true, show: ({ changed }) => changed.toLocaleString('zh-CN') },
  { key: 'removed', title: '删去', right: true, show: ({ removed }) => removed.toLocaleString('zh-CN') },
]
const MONEY: readonly Column<{ before: number; after: number }>[] = [
  { key: 'before', title: '现在公开（元）', right: true, show: ({ before }) => yuan(before) },
  { key: 'after', title: '发布后（元）', right: true, show: ({ after }) => yuan(after) },
  { key: 'difference', title: '增减（元）', right: true, show: ({ before, after }) => yuanChange(after - before) },
]

export function DifferenceTables({ difference }: { difference: Difference }) {
  const { kinds, funds, villages, largest, disclosure } = difference
  if (kinds.length === 0) return <Notice>与现在公开的内容完全相同。</Notice>
  return (
    <>
      {disclosure.length > 0 && (
        <>
          <Notice kind="warn">有资金项目的公开方式不同了，请逐项核对。</Notice>
          <Paged caption="公开方式的变化" columns={DISCLOSURE} rows={disclosure} keyOf={({ fund }) => fund} />
          <Paged
            caption="公开方式有变化的村"
            columns={DISCLOSED_VILLAGES}
            rows={disclosure.flatMap((one) =>
              one.villages.map((village) => ({ ...village, fund: `${one.fund}　${one.name}` })),
            )}
            keyOf={({ fund, village }) => `${fund} ${village}`}
          />
        </>
      )}
      <Paged caption="各类行数" columns={KINDS} rows={kinds} keyOf={({ kind }) => kind} />
      <Paged caption="各资金项目" columns={FUNDS} rows={funds} keyOf={({ fund }) => fund} />
      <Paged caption="各村" columns={VILLAGES} rows={villages} keyOf={({ village }) => village} />
      <Paged
        caption="金额变化最大的"
        columns={LARGEST}
        rows={largest.map((change, at) => ({ ...change, at }))}
        keyOf={({ at }) => at}
      />
    </>
  )
}

const KINDS: readonly Column<Difference['kinds'][number]>[] = [
  { key: 'kind', title: '类别', show: ({ kind }) => kindWord(kind) },
  ...COUNTS,
]
const FUNDS: readonly Column<Difference['funds'][number]>[] = [
  { key: 'fund', title: '资金项目', show: ({ fund, name }) => `${fund}　${name}` },
  ...COUNTS,
  ...MONEY,
]
const VILLAGES: readonly Column<Difference['villages'][number]>[] = [
  { key: 'village', title: '村', show: ({ township, name }) => `${township}　${name}` },
  ...COUNTS,
  ...MONEY,
]
const DISCLOSURE: readonly Column<Difference['disclosure'][number]>[] = [
  { key: 'fund', title: '资金项目', show: ({ fund, name }) => `${fund}　${name}` },
  { key: 'before', title: '现在', show: ({ before }) => DISCLOSURES[before] },
  { key: 'after', title: '发布后', show: ({ after }) => DISCLOSURES[after] },
  { key: 'reason', title: '理由', show: ({ reason }) => reason || '—' },
  { key: 'open', title: '实名行 增/减', right: true, show: (one) => `+${one.openAdded} / −${one.openRemoved}` },
  { key: 'masked', title: '隐名行 增/减', right: true, show: (one) => `+${one.maskedAdded} / −${one.maskedRemoved}` },
]
const DISCLOSED_VILLAGES: readonly Column<Difference['disclosure'][number]['villages'][number] & { fund: string }>[] = [
  { key: 'fund', title: '资金项目', show: ({ fund }) => fund },
  { key: 'village', title: '村', show: ({ name }) => name },
  { key: 'before', title: '现在', show: ({ before }) => DISCLOSURES[before] },
  { key: 'after', title: '发布后', show: ({ after }) => DISCLOSURES[after] },
]
const LARGEST: readonly Column<RowChange & { at: number }>[] = [
  { key: 'money', title: '增减（元）', right: true, show: ({ money }) => yuanChange(money) },
  { key: 'change', title: '变化', show: ({ change }) => CHANGES[change] },
  { key: 'kind', title: '类别', show: ({ kind }) => kindWord(kind) },
  { key: 'place', title: '村镇', show: ({ place }) => place },
  { key: 'row', title: '内容', show: ({ before, after }) => <Brief row={after ?? before ?? {}} /> },
]

/** The first few fields that say something. */
function Brief({ row }: { row: { readonly [field: string]: unknown } }) {
  const told = Object.entries(row).filter(([field, value]) => value !== '' && value !== null && !HIDDEN.has(field))
  return (
    <span className="drafts-fields">
      {told.slice(0, 6).map(([field, value]) => (
        <span key={field}>
          {fieldWord(field)} {valueWord(field, value)}
        </span>
      ))}
    </span>
  )
}
const HIDDEN: ReadonlySet<string> = new Set(['person', 'origin', 'row', 'serial'])

function Paged<Row>(props: {
  caption: string
  columns: readonly Column<Row>[]
  rows: readonly Row[]
  keyOf: (row: Row) => string | number
}) {
  const { caption, columns, rows, keyOf } = props
  const [from, setFrom] = useState(0)
  if (rows.length === 0) return null
  return (
    <section className="drafts-section">
      <h2>{caption}</h2>
      <Table
        caption={caption}
        columns={columns}
        rows={rows.slice(from, from + PAGE)}
        keyOf={keyOf}
        empty="没有变化。"
      />
      <Pages label={caption} from={from} size={PAGE} total={rows.length} onMove={setFrom} />
    </section>
  )
}
