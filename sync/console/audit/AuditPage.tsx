// The audit trail: who did what and when, whether the chain is whole, and a copy to take away.
import { useInfiniteQuery, useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { type AuditEntryView, auditCheckSchema, auditPageSchema } from '../../contract/console/audit.ts'
import { Button } from '../parts/Button.tsx'
import { Field } from '../parts/Field.tsx'
import { ErrorNotice } from '../parts/Notice.tsx'
import { PageHead } from '../parts/PageHead.tsx'
import { useApi } from '../parts/session.tsx'
import { type Column, Table } from '../parts/Table.tsx'
import { actionWords } from './action-words.ts'
import { CheckResult } from './CheckResult.tsx'
import './audit.css'

const PATH = '/console/api/audit'
interface Filter {
  actor: string
  object: string
}
const NO_FILTER: Filter = { actor: '', object: '' }

export function AuditPage() {
  const api = useApi()
  const [filter, setFilter] = useState(NO_FILTER)
  const check = useMutation({ mutationFn: () => api.post(`${PATH}/check`, {}, auditCheckSchema) })
  return (
    <>
      <PageHead title="审计记录" about="只能追加的记录：每一条都带着前一条的哈希，每一期发布都记下当时的链头。">
        <Button kind="main" busy={check.isPending} onClick={() => check.mutate()}>
          {check.isPending ? '正在核对……' : '核对整条链'}
        </Button>
        <a className="audit-export" href={`${PATH}/export/jsonl`} download>
          导出（带哈希）
        </a>
        <a className="audit-export" href={`${PATH}/export/csv`} download>
          导出表格
        </a>
      </PageHead>
      <div className="c-stack">
        <ErrorNotice error={check.error} />
        {check.data !== undefined && <CheckResult found={check.data} />}
        <FilterForm onFilter={setFilter} />
        <Entries key={JSON.stringify(filter)} filter={filter} />
      </div>
    </>
  )
}

function FilterForm({ onFilter }: { onFilter: (filter: Filter) => void }) {
  const [given, setGiven] = useState(NO_FILTER)
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    onFilter({ actor: given.actor.trim(), object: given.object.trim() })
  }
  return (
    <form className="c-row" onSubmit={submit}>
      <Field
        label="账号"
        value={given.actor}
        autoComplete="off"
        onChange={({ target }) => setGiven({ ...given, actor: target.value })}
      />
      <Field
        label="对象（如 release 7）"
        value={given.object}
        autoComplete="off"
        onChange={({ target }) => setGiven({ ...given, object: target.value })}
      />
      <Button type="submit">筛选</Button>
    </form>
  )
}

function Entries({ filter }: { filter: Filter }) {
  const api = useApi()
  const pages = useInfiniteQuery({
    queryKey: ['audit', filter],
    initialPageParam: null as number | null,
    queryFn: ({ pageParam }) => api.get(`${PATH}?${queryOf(filter, pageParam)}`, auditPageSchema),
    getNextPageParam: ({ entries, more }) => (more ? (entries.at(-1)?.seq ?? null) : null),
  })
  if (pages.error !== null) return <ErrorNotice error={pages.error} />
  if (pages.data === undefined) return <p>正在查询……</p>
  const rows = pages.data.pages.flatMap(({ entries }) => entries)
  return (
    <>
      <Table
        caption="审计记录，最新的在上"
        columns={COLUMNS}
        rows={rows}
        keyOf={({ seq }) => seq}
        empty="没有这样的记录"
      />
      {pages.hasNextPage && (
        <div>
          <Button busy={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
            更早的记录
          </Button>
        </div>
      )}
    </>
  )
}

function queryOf({ actor, object }: Filter, below: number | null): string {
  const query = new URLSearchParams()
  if (actor !== '') query.set('actor', actor)
  if (object !== '') query.set('object', object)
  if (below !== null) query.set('below', String(below))
  return query.toString()
}

const COLUMNS: Column<AuditEntryView>[] = [
  { key: 'seq', title: '序号', right: true, width: '64px', show: ({ seq }) => seq },
  { key: 'at', title: '时间', width: '176px', show: ({ at }) => new Date(at).toLocaleString('zh-CN') },
  { key: 'actor', title: '账号', show: ({ actor }) => actor || '—' },
  { key: 'action', title: '操作', show: ({ action }) => actionWords(action) },
  { key: 'object', title: '对象', show: ({ object }) => object },
  { key: 'detail', title: '内容', show: ({ detail }) => detailWords(detail) },
  { key: 'hash', title: '哈希', show: ({ hash }) => <code title={hash}>{hash.slice(0, 12)}…</code> },
]

/** '{"rows":3}' → 'rows 3'. */
function detailWords(detail: string): string {
  const facts: unknown = JSON.parse(detail)
  if (typeof facts !== 'object' || facts === null) return detail
  return Object.entries(facts)
    .filter(([, value]) => value !== null && value !== '')
    .map(([name, value]) => `${name} ${String(value)}`)
    .join('；')
}
