// Row by row, one kind at a time: what is public now beside what will be.
import { useState } from 'react'
import type { Difference, RowChange } from '../../contract/console/drafts.ts'
import { ErrorNotice, Notice } from '../parts/Notice.tsx'
import { Select } from '../parts/Select.tsx'
import { type Column, Table } from '../parts/Table.tsx'
import { Pages } from './Pages.tsx'
import { useRows } from './queries.ts'
import { CHANGES, fieldWord, kindWord, valueWord, yuanChange } from './words.ts'

const PAGE = 100

export function RowChanges({ id, kinds }: { id: number; kinds: Difference['kinds'] }) {
  const [kind, setKind] = useState(kinds[0]?.kind ?? '')
  const [from, setFrom] = useState(0)
  const rows = useRows(id, kind, from)
  const chosen = kinds.find((one) => one.kind === kind)
  const all = chosen === undefined ? 0 : chosen.added + chosen.changed + chosen.removed
  if (chosen === undefined) return <Notice>没有不同的行。</Notice>
  return (
    <>
      <Select
        label="类别"
        value={kind}
        options={kinds.map((one) => ({ value: one.kind, title: kindWord(one.kind) }))}
        onChange={(event) => {
          setKind(event.target.value)
          setFrom(0)
        }}
      />
      {chosen.listed < all && (
        <Notice>
          共 {all.toLocaleString('zh-CN')} 行不同，这里列出前 {chosen.listed.toLocaleString('zh-CN')}{' '}
          行；其余可在“终端将显示”里按村查看。
        </Notice>
      )}
      <ErrorNotice error={rows.error} />
      {rows.data !== undefined && (
        <>
          <Table
            caption={`${kindWord(kind)}的变化`}
            columns={COLUMNS}
            rows={rows.data.rows.map((change, at) => ({ ...change, at: from + at }))}
            keyOf={({ at }) => at}
            empty="没有不同的行。"
          />
          <Pages label="逐行对照" from={from} size={PAGE} total={rows.data.total} onMove={setFrom} />
        </>
      )}
    </>
  )
}

const COLUMNS: readonly Column<RowChange & { at: number }>[] = [
  { key: 'change', title: '变化', show: ({ change }) => CHANGES[change] },
  { key: 'place', title: '村镇', show: ({ place }) => place },
  {
    key: 'money',
    title: '增减（元）',
    right: true,
    show: ({ money }) => (money === 0 ? '—' : yuanChange(money)),
  },
  { key: 'row', title: '内容', show: (change) => <Fields change={change} /> },
]

/** A changed row shows what differs, old and new; an added or removed one shows all that it says. */
function Fields({ change: { change, before, after } }: { change: RowChange }) {
  const row = after ?? before ?? {}
  const names = Object.keys(row).filter((field) =>
    change === 'changed'
      ? NAMING.has(field) || JSON.stringify(before?.[field]) !== JSON.stringify(after?.[field])
      : row[field] !== '' && row[field] !== null,
  )
  return (
    <span className="drafts-fields">
      {names.map((field) => {
        const [old, fresh] = [valueWord(field, before?.[field]), valueWord(field, after?.[field])]
        return (
          <span key={field}>
            {fieldWord(field)}{' '}
            {change === 'changed' && old !== fresh ? (
              <>
                <del>{old}</del> <ins>{fresh}</ins>
              </>
            ) : (
              valueWord(field, row[field])
            )}
          </span>
        )
      })}
    </span>
  )
}
const NAMING: ReadonlySet<string> = new Set(['payee', 'name', 'title', 'voucher', 'number', 'code', 'fund', 'date'])
