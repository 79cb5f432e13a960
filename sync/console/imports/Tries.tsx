// Tries that took nothing. What a power cut broke off stands on top, with one press to go on: same file, same choices.
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { type ImportReportView, type ImportTry, importReportSchema } from '../../contract/console/imports.ts'
import { type JobView, jobSchema } from '../../contract/console/jobs.ts'
import { Button } from '../parts/Button.tsx'
import { ErrorNotice, Notice } from '../parts/Notice.tsx'
import { JobProgress } from '../parts/Progress.tsx'
import { useApi } from '../parts/session.tsx'
import { type Column, Table } from '../parts/Table.tsx'
import { moment, TRY_STATES } from './order.ts'
import { ResultStep } from './ResultStep.tsx'

export function Tries(props: {
  tries: readonly ImportTry[]
  titles: ReadonlyMap<string, string>
  operator: boolean
  onChange: () => void
}) {
  const { tries, titles, operator, onChange } = props
  const { start, report, working, ended, close } = useResumption(onChange)
  const broken = operator && working === null && report === null ? tries.filter(isBroken) : []
  return (
    <>
      <ErrorNotice error={start.error} />
      {working !== null && <JobProgress key={working} id={working} onEnd={ended} />}
      {report !== null && (
        <section className="imports-section">
          <h2>{report.file}</h2>
          <ResultStep report={report} onTake={(take) => start.mutate({ id: report.run, take })} onBack={close} />
          {report.taken && <Button onClick={close}>知道了</Button>}
        </section>
      )}
      {broken.map((one) => (
        <Notice key={one.id} kind="warn">
          <p className="imports-broken">
            {moment(one.startedAt)} 的《{one.file}》导入到一半断了，没有留下半截数据。选好的都还在，按一下就接着做。
          </p>
          <Button kind="main" onClick={() => start.mutate({ id: one.id })}>
            {resumeWords(one)}
          </Button>
        </Notice>
      ))}
      {tries.length > 0 && (
        <section className="imports-section">
          <h2>没有入库的</h2>
          <Table
            caption="没有入库的导入"
            columns={columnsOf(titles, operator && working === null ? (id) => start.mutate({ id }) : null)}
            rows={tries}
            keyOf={({ id }) => id}
            empty="没有"
          />
        </section>
      )}
    </>
  )
}

/** A try begun again: its job, and what it said. A look that was broken off ends in the same choice as an undisturbed one. */
function useResumption(onChange: () => void) {
  const api = useApi()
  const [working, setWorking] = useState<string | null>(null)
  const [report, setReport] = useState<ImportReportView | null>(null)
  const start = useMutation({
    mutationFn: ({ id, take }: { id: number; take?: 'whole' | 'part' }) =>
      api.post(`/console/api/imports/tries/${id}/resume`, take === undefined ? {} : { take }, jobSchema),
    onSuccess: (job) => {
      setReport(null)
      setWorking(job.id)
    },
  })
  const ended = (job: JobView): void => {
    if (job.state === 'done') setWorking(null)
    setReport(importReportSchema.safeParse(job.result).data ?? null)
    onChange()
  }
  const close = (): void => {
    setReport(null)
    setWorking(null)
  }
  return { start, report, working, ended, close }
}

function isBroken({ state, resumable }: ImportTry): boolean {
  return state === 'broken' && resumable
}

function resumeWords({ state, take }: ImportTry): string {
  if (state !== 'broken') return '再来一次'
  return take === 'none' ? '接着核对' : '接着导入'
}

function columnsOf(titles: ReadonlyMap<string, string>, resume: ((id: number) => void) | null): Column<ImportTry>[] {
  return [
    { key: 'file', title: '文件', show: ({ file }) => <span className="imports-file">{file}</span> },
    { key: 'table', title: '表', show: ({ table }) => titles.get(table) ?? table },
    { key: 'at', title: '时间', show: ({ startedAt }) => moment(startedAt) },
    { key: 'by', title: '导入人', show: ({ by }) => by || '—' },
    {
      key: 'state',
      title: '怎么了',
      show: ({ state, message }) => (
        <>
          {TRY_STATES[state]}
          {message !== '' && <p className="imports-why">{message}</p>}
        </>
      ),
    },
    {
      key: 'resume',
      title: '操作',
      show: (one) => {
        if (resume === null || one.state === 'running') return null
        if (!one.resumable) return '文件已清理，请重新上传'
        const words = resumeWords(one)
        return (
          <Button onClick={() => resume(one.id)} aria-label={`${words}：${one.file}`}>
            {words}
          </Button>
        )
      },
    },
  ]
}
