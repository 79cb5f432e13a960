// Second step: which heading is which field, with what stands under it; and values that hold for every row.
import { useState } from 'react'
import type { ImportTable, Peek } from '../../contract/console/imports.ts'
import { Button } from '../parts/Button.tsx'
import { Field } from '../parts/Field.tsx'
import { Notice } from '../parts/Notice.tsx'
import { Table } from '../parts/Table.tsx'
import { type Draft, missingFields, openHeadings, SHEET_NAME } from './order.ts'
import { SheetChoice } from './SheetChoice.tsx'

const HOW = { name: '系统认得', map: '您选的', remembered: '上次记住的' } as const
/** Value of the list for a heading that nobody has placed: never sent. */
const OPEN = '?'

export function HeadingsStep(props: {
  peek: Peek
  draft: Draft
  table: ImportTable
  onSheets: (sheets: readonly string[]) => void
  onReady: (draft: Draft) => void
}) {
  const { peek, table, onSheets, onReady } = props
  const [draft, setDraft] = useState(props.draft)
  const open = openHeadings(peek, draft)
  const missing = missingFields(peek, draft, table)
  const place = (heading: string, field: string): void => {
    const map = new Map(draft.map)
    if (field === OPEN) map.delete(heading)
    else map.set(heading, field)
    setDraft({ ...draft, map })
  }
  const give = (field: string, value: string): void => setDraft({ ...draft, set: new Map(draft.set).set(field, value) })
  const given = [...draft.set]
    .filter(([field, value]) => value !== SHEET_NAME && !missing.some(({ name }) => name === field))
    .map(([field]) => field)
  return (
    <>
      {peek.sheets.length > 1 && <SheetChoice peek={peek} onSheets={onSheets} />}
      {peek.titles.length > 0 && <p className="imports-titles">表头上方：{peek.titles.join(' ／ ')}</p>}
      {peek.unit !== null && <Notice kind="warn">表上写明单位：{peek.unit}，金额按此读取。</Notice>}
      {peek.headings !== null && (
        <>
          <Headings peek={peek} draft={draft} table={table} onPlace={place} />
          <fieldset className="imports-set">
            <legend>整张表都一样的值</legend>
            {[...missing, ...table.fields.filter(({ name }) => given.includes(name))].map(({ name, title }) => (
              <Field
                key={name}
                label={title}
                value={draft.set.get(name) ?? ''}
                onChange={({ target }) => give(name, target.value)}
              />
            ))}
            {peek.chosen.length > 0 && table.fields.some(({ name }) => name === 'village') && (
              <label className="imports-by-sheet">
                <input
                  type="checkbox"
                  checked={draft.set.get('village') === SHEET_NAME}
                  onChange={({ target }) => give('village', target.checked ? SHEET_NAME : '')}
                />
                每张工作表的名字就是村名
              </label>
            )}
            {!missing.some(({ name }) => name === 'year') && (
              <Field
                label="年份"
                value={draft.set.get('year') ?? ''}
                help="“8月24日”这样没有年份的日期用它；没有这种日期就不填。"
                onChange={({ target }) => give('year', target.value)}
              />
            )}
          </fieldset>
          {open.length > 0 && (
            <Notice kind="warn">
              还有 {open.length} 个表头没有对上：{open.join('、')}
            </Notice>
          )}
          {missing.length > 0 && (
            <Notice kind="warn">
              每一行必须有：{missing.map(({ title }) => title).join('、')}。请对上表头，或在上面填一个值。
            </Notice>
          )}
          <div className="imports-actions">
            <Button
              kind="main"
              busy={open.length > 0 || missing.length > 0}
              onClick={() => onReady({ ...draft, sheets: peek.chosen })}
            >
              核对全部行（先不入库）
            </Button>
          </div>
        </>
      )}
    </>
  )
}

function Headings(props: {
  peek: Peek
  draft: Draft
  table: ImportTable
  onPlace: (heading: string, field: string) => void
}) {
  const { peek, draft, table, onPlace } = props
  const fields = [
    { value: '', title: '（不要这一列）' },
    ...table.fields.map(({ name, title, required }) => ({ value: name, title: required ? `${title} ＊` : title })),
  ]
  return (
    <Table
      caption="表头和字段"
      columns={[
        { key: 'heading', title: '文件里的表头', show: ({ heading }) => heading },
        {
          key: 'samples',
          title: '下面的内容',
          show: ({ samples }) => <span className="imports-samples">{samples.join('　') || '（空）'}</span>,
        },
        {
          key: 'field',
          title: '对应字段（＊ 必须有）',
          width: '16rem',
          show: ({ heading, field }) => (
            <select
              className="c-input"
              aria-label={`“${heading}”对应的字段`}
              value={draft.map.get(heading) ?? field ?? OPEN}
              onChange={({ target }) => onPlace(heading, target.value)}
            >
              {field === null && <option value={OPEN}>请选择……</option>}
              {fields.map(({ value, title }) => (
                <option key={value} value={value}>
                  {title}
                </option>
              ))}
            </select>
          ),
        },
        {
          key: 'how',
          title: '怎么认出的',
          show: ({ heading, how }) => {
            if (draft.map.has(heading)) return HOW.map
            return how === null ? <strong className="imports-open">没认出</strong> : HOW[how]
          },
        },
      ]}
      rows={(peek.headings ?? []).filter(({ heading }) => heading !== '')}
      keyOf={({ heading }) => heading}
      empty="没有找到表头"
    />
  )
}
