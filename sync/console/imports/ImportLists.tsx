// The lists of the page: tries that took nothing, and imports with their undo and refused rows.
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { z } from 'zod'
import type { ImportEntryView, importListSchema } from '../../contract/console/imports.ts'
import { jobSchema } from '../../contract/console/jobs.ts'
import { Button } from '../parts/Button.tsx'
import { Dialog } from '../parts/Dialog.tsx'
import { ErrorNotice } from '../parts/Notice.tsx'
import { JobProgress } from '../parts/Progress.tsx'
import { useApi } from '../parts/session.tsx'
import { type Column, Table } from '../parts/Table.tsx'
import { moment } from './order.ts'
import { Tries } from './Tries.tsx'

type List = z.infer<typeof importListSchema>

export function ImportLists({ list, operator, onChange }: { list: List; operator: boolean; onChange: () => void }) {
  const api = useApi()
  const [undoing, setUndoing] = useState<ImportEntryView | null>(null)
  const start = useMutation({
    mutationFn: ({ path, body }: { path: string; body: unknown }) => api.post(path, body, jobSchema),
  })
  const titles = new Map(list.tables.map(({ name, title }) => [name, title]))
  return (
    <>
      <ErrorNotice error={start.error} />
      {start.data !== undefined && <JobProgress key={start.data.id} id={start.data.id} onEnd={onChange} />}
      <Tries tries={list.tries} titles={titles} operator={operator} onChange={onChange} />
      <section className="imports-section">
        <h2>已入库的</h2>
        <Table
          caption="已入库的导入"
          columns={entryColumns(titles, operator, setUndoing)}
          rows={list.imports}
          keyOf={({ id }) => id}
          empty="还没有导入过文件。"
        />
      </section>
      {undoing !== null && (
        <Dialog title={`撤回第 ${undoing.id} 批？`} onClose={() => setUndoing(null)}>
          <p>
            {undoing.file}，{undoing.rows.toLocaleString('zh-CN')}{' '}
            行。撤回后这些行不再出现在任何草稿里，审计记录里留有一笔。
          </p>
          <div className="c-row">
            <Button
              kind="danger"
              onClick={() => {
                start.mutate({ path: `/console/api/imports/${undoing.id}/undo`, body: {} })
                setUndoing(null)
              }}
            >
              撤回
            </Button>
            <Button onClick={() => setUndoing(null)}>不撤回</Button>
          </div>
        </Dialog>
      )}
    </>
  )
}

function entryColumns(
  titles: ReadonlyMap<string, string>,
  operator: boolean,
  undo: (entry: ImportEntryView) => void,
): Column<ImportEntryView>[] {
  const number = (value: number): string => value.toLocaleString('zh-CN')
  return [
    { key: 'id', title: '批次', right: true, width: '4rem', show: ({ id }) => id },
    { key: 'table', title: '表', show: ({ table }) => titles.get(table) ?? table },
    { key: 'file', title: '文件', show: ({ file }) => <span className="imports-file">{file}</span> },
    { key: 'rows', title: '入库', right: true, show: ({ rows }) => number(rows) },
    { key: 'refused', title: '拒收', right: true, show: (entry) => <Refused entry={entry} /> },
    { key: 'duplicates', title: '重复', right: true, show: ({ duplicates }) => number(duplicates) },
    { key: 'at', title: '时间', show: ({ at }) => moment(at) },
    { key: 'by', title: '导入人', show: ({ by }) => by || '—' },
    { key: 'state', title: '状态', show: stateOf },
    {
      key: 'undo',
      title: '操作',
      show: (entry) =>
        operator && entry.id > 0 && entry.undone === null && entry.published === null ? (
          <Button onClick={() => undo(entry)} aria-label={`撤回第 ${entry.id} 批`}>
            撤回
          </Button>
        ) : null,
    },
  ]
}

function Refused({ entry }: { entry: ImportEntryView }) {
  if (entry.refused === 0 || entry.try === null) return <>{entry.refused.toLocaleString('zh-CN')}</>
  return (
    <a href={`/console/api/imports/tries/${entry.try}/refused.xlsx`} download>
      {entry.refused.toLocaleString('zh-CN')} 行，下载
    </a>
  )
}

function stateOf({ undone, published, sample }: ImportEntryView): string {
  if (undone !== null) return '已撤回'
  if (published !== null) return `第 ${published} 期已公开`
  return sample ? '示例' : '未公开'
}
