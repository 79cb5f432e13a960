// What matching has found: filtered, looked into with the rows of both sides, decided on.
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import {
  type MatchOverview,
  STATE_NAMES,
  SUSPECT_STATES,
  type Suspect,
  type SuspectState,
  suspectsSchema,
} from '../../contract/console/match.ts'
import { Button } from '../parts/Button.tsx'
import { ErrorNotice } from '../parts/Notice.tsx'
import { Select } from '../parts/Select.tsx'
import { useApi } from '../parts/session.tsx'
import { type Column, Table } from '../parts/Table.tsx'
import { MATCH } from './address.ts'
import { SuspectDialog } from './SuspectDialog.tsx'
import { yuan } from './yuan.ts'

const PAGE = 50

interface Filter {
  state: SuspectState
  /** '' for all. */
  rule: string
  offset: number
}

export function Suspects({ overview }: { overview: MatchOverview }) {
  const api = useApi()
  const [filter, setFilter] = useState<Filter>({ state: 'open', rule: '', offset: 0 })
  const [open, setOpen] = useState<number | null>(null)
  const query = queryText(filter)
  const found = useQuery({
    queryKey: ['match', 'suspects', query],
    queryFn: () => api.get(`${MATCH}/suspects?${query}&offset=${filter.offset}&limit=${PAGE}`, suspectsSchema),
  })
  const total = found.data?.total ?? 0
  const columns: readonly Column<Suspect>[] = [
    ...SUSPECT_COLUMNS,
    {
      key: 'do',
      title: '办理',
      show: ({ id, name }) => (
        <Button aria-label={`查看 ${name}`} onClick={() => setOpen(id)}>
          查看
        </Button>
      ),
    },
  ]
  return (
    <>
      <Filters overview={overview} filter={filter} onChange={setFilter} />
      <ErrorNotice error={found.error} />
      {found.data !== undefined && (
        <Table
          caption="疑点"
          columns={columns}
          rows={found.data.suspects}
          keyOf={({ id }) => id}
          empty="这里没有疑点。"
        />
      )}
      {total > PAGE && (
        <div className="c-row">
          <Button busy={filter.offset === 0} onClick={() => setFilter({ ...filter, offset: filter.offset - PAGE })}>
            上一页
          </Button>
          <p>
            第 {filter.offset + 1} 到 {Math.min(total, filter.offset + PAGE)} 条，共 {total} 条
          </p>
          <Button
            busy={filter.offset + PAGE >= total}
            onClick={() => setFilter({ ...filter, offset: filter.offset + PAGE })}
          >
            下一页
          </Button>
        </div>
      )}
      {open !== null && <SuspectDialog id={open} onClose={() => setOpen(null)} />}
    </>
  )
}

function Filters(props: { overview: MatchOverview; filter: Filter; onChange: (filter: Filter) => void }) {
  const { overview, filter, onChange } = props
  const states = SUSPECT_STATES.map((state) => ({
    value: state,
    title: `${STATE_NAMES[state]}（${overview.counts[state]}）`,
  }))
  const rules = [
    { value: '', title: '全部规则' },
    ...overview.rules.map(({ id, name }) => ({ value: id, title: name })),
  ]
  return (
    <div className="match-filters">
      <Select
        label="状态"
        options={states}
        value={filter.state}
        onChange={({ target }) => {
          const state = SUSPECT_STATES.find((one) => one === target.value)
          if (state !== undefined) onChange({ ...filter, state, offset: 0 })
        }}
      />
      <Select
        label="规则"
        options={rules}
        value={filter.rule}
        onChange={({ target }) => onChange({ ...filter, rule: target.value, offset: 0 })}
      />
      <a className="match-download" href={`${MATCH}/suspects.csv?${queryText(filter)}`} download="疑点.csv">
        下载表格
      </a>
    </div>
  )
}

function queryText({ state, rule }: Filter): string {
  return new URLSearchParams(rule === '' ? { state } : { state, rule }).toString()
}

const SUSPECT_COLUMNS: readonly Column<Suspect>[] = [
  { key: 'score', title: '得分', right: true, width: '4rem', show: ({ score }) => score },
  { key: 'name', title: '领取人', show: ({ name }) => name },
  { key: 'village', title: '村', show: ({ villageName }) => villageName },
  { key: 'rule', title: '规则', show: ({ ruleName }) => ruleName },
  { key: 'fund', title: '资金', show: ({ fundName }) => fundName },
  { key: 'payments', title: '笔数', right: true, show: ({ payments }) => payments },
  { key: 'amount', title: '金额（元）', right: true, show: ({ amount }) => yuan(amount) },
  {
    key: 'days',
    title: '发放日期',
    show: ({ firstDay, lastDay }) => (firstDay === lastDay ? firstDay : `${firstDay} 至 ${lastDay}`),
  },
]
