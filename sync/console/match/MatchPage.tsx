// Data matching (数据碰撞比对): registers, rules, runs, and the suspects to be worked off.
import './match.css'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { jobSchema } from '../../contract/console/jobs.ts'
import { type MatchOverview, matchOverviewSchema, type RunInfo } from '../../contract/console/match.ts'
import { Button } from '../parts/Button.tsx'
import { ErrorNotice } from '../parts/Notice.tsx'
import { PageHead } from '../parts/PageHead.tsx'
import { JobProgress } from '../parts/Progress.tsx'
import { useApi } from '../parts/session.tsx'
import { type Column, Table } from '../parts/Table.tsx'
import { Tabs } from '../parts/Tabs.tsx'
import { MATCH } from './address.ts'
import { Registers } from './Registers.tsx'
import { Rules } from './Rules.tsx'
import { Suspects } from './Suspects.tsx'

const TABS = [
  { key: 'suspects', title: '疑点' },
  { key: 'registers', title: '登记册' },
  { key: 'rules', title: '规则' },
  { key: 'runs', title: '比对记录' },
] as const
type TabKey = (typeof TABS)[number]['key']

function useOverview() {
  const api = useApi()
  return useQuery({ queryKey: ['match'], queryFn: () => api.get(MATCH, matchOverviewSchema) })
}

export function MatchPage() {
  const overview = useOverview()
  const [tab, setTab] = useState<TabKey>('suspects')
  return (
    <>
      <PageHead
        title="数据比对"
        about="拿死亡、财供、村干部等登记册和发放记录比对，找出要核查的。登记册只用来比对，不会发布。"
      >
        {overview.data !== undefined && <RunButton overview={overview.data} />}
      </PageHead>
      <ErrorNotice error={overview.error} />
      {overview.data !== undefined && (
        <Tabs label="数据比对" tabs={TABS} chosen={tab} onChoose={setTab}>
          {tab === 'suspects' && <Suspects overview={overview.data} />}
          {tab === 'registers' && <Registers held={overview.data.registers} />}
          {tab === 'rules' && <Rules rules={overview.data.rules} />}
          {tab === 'runs' && <Runs runs={overview.data.runs} />}
        </Tabs>
      )}
    </>
  )
}

function RunButton({ overview }: { overview: MatchOverview }) {
  const api = useApi()
  const queries = useQueryClient()
  const [job, setJob] = useState<string | null>(null)
  const [running, setRunning] = useState(false)
  const [error, setError] = useState<Error | null>(null)
  const start = (): void => {
    setRunning(true)
    setError(null)
    api.post(`${MATCH}/runs`, {}, jobSchema).then(
      ({ id }) => setJob(id),
      (problem: Error) => {
        setError(problem)
        setRunning(false)
      },
    )
  }
  const ended = (): void => {
    setRunning(false)
    void queries.invalidateQueries({ queryKey: ['match'] })
  }
  if (overview.registers.length === 0) return <p className="match-hint">先在“登记册”里导入一份</p>
  return (
    <div className="match-run">
      <Button kind="main" busy={running} onClick={start}>
        开始比对
      </Button>
      <ErrorNotice error={error} />
      {job !== null && <JobProgress key={job} id={job} onEnd={ended} />}
    </div>
  )
}

const number = (value: number): string => value.toLocaleString('zh-CN')
const RUN_COLUMNS: readonly Column<RunInfo>[] = [
  { key: 'id', title: '第几次', right: true, width: '6rem', show: ({ id }) => id },
  { key: 'at', title: '时间', show: ({ at }) => new Date(at).toLocaleString('zh-CN', { hour12: false }) },
  { key: 'by', title: '谁', show: ({ by }) => by },
  { key: 'payments', title: '发放记录', right: true, show: ({ payments }) => number(payments) },
  { key: 'rows', title: '登记册行数', right: true, show: ({ registerRows }) => number(registerRows) },
  { key: 'hits', title: '对上的', right: true, show: ({ hits }) => number(hits) },
  { key: 'fresh', title: '其中新的', right: true, show: ({ fresh }) => number(fresh) },
  {
    key: 'ms',
    title: '用时',
    right: true,
    show: (run) => (run.finished ? `${Math.ceil(run.ms / 1_000)} 秒` : '没有做完'),
  },
]

function Runs({ runs }: { runs: readonly RunInfo[] }) {
  return <Table caption="比对记录" columns={RUN_COLUMNS} rows={runs} keyOf={({ id }) => id} empty="还没有比对过。" />
}
