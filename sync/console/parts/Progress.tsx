// How far something is: a bar with words, never a bar alone. `JobProgress` follows a job of the office to its end.
import './progress.css'
import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useEffect } from 'react'
import { type JobView, jobSchema } from '../../contract/console/jobs.ts'
import { Button } from './Button.tsx'
import { ErrorNotice, Notice } from './Notice.tsx'
import { useApi } from './session.tsx'

/** `part` from 0 to 1; null where nobody knows. */
export function Progress({ label, part, children }: { label: string; part: number | null; children?: ReactNode }) {
  const percent = part === null ? undefined : Math.round(Math.min(1, part) * 100)
  return (
    <div className="c-progress">
      <div
        role="progressbar"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={percent}
        className="c-progress-bar"
      >
        <div className="c-progress-done" style={{ width: `${percent ?? 0}%` }} />
      </div>
      <p>
        {label}
        {percent === undefined ? '' : `　${percent}%`}
        {children}
      </p>
    </div>
  )
}

const POLL_MS = 1_000

/** `onEnd` is called once, with the last view. */
export function JobProgress({ id, onEnd }: { id: string; onEnd?: (job: JobView) => void }) {
  const api = useApi()
  const job = useQuery({
    queryKey: ['job', id],
    queryFn: () => api.get(`/console/api/jobs/${id}`, jobSchema),
    refetchInterval: ({ state }) => (state.data?.endedAt == null && state.error === null ? POLL_MS : false),
  })
  const ended = job.data?.endedAt != null
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when it ends
  useEffect(() => {
    if (ended && job.data !== undefined) onEnd?.(job.data)
  }, [ended])
  if (job.error !== null) return <ErrorNotice error={job.error} />
  if (job.data === undefined) return <p>正在查询进度……</p>
  return (
    <JobShown
      job={job.data}
      onCancel={() => void api.remove(`/console/api/jobs/${id}`, jobSchema).then(() => job.refetch())}
    />
  )
}

function JobShown({ job, onCancel }: { job: JobView; onCancel: () => void }) {
  if (job.state === 'done') return <Notice kind="good">{job.title}：做完了</Notice>
  if (job.state === 'cancelled') return <Notice kind="warn">{job.title}：已中止，没有留下半截数据</Notice>
  if (job.state === 'failed')
    return (
      <Notice kind="bad">
        {job.title}：{job.error?.message}
        <span className="c-notice-code">{job.error?.code}</span>
        {job.error?.detail !== undefined && <p className="c-notice-detail">{job.error.detail}</p>}
      </Notice>
    )
  const { progress } = job
  const part =
    progress === null || progress.total === null || progress.total === 0 ? null : progress.done / progress.total
  return (
    <div className="c-row">
      <Progress label={job.state === 'waiting' ? `${job.title}：前面还有 ${job.before} 项` : job.title} part={part}>
        {progress !== null && `　${progress.done.toLocaleString('zh-CN')} ${progress.unit}`}
        {progress?.secondsLeft != null && `　约剩 ${timeWords(progress.secondsLeft)}`}
      </Progress>
      <Button onClick={onCancel}>中止</Button>
    </div>
  )
}

/** 75 → '1 分 15 秒'. */
export function timeWords(seconds: number): string {
  if (seconds < 60) return `${Math.ceil(seconds)} 秒`
  return seconds < 600
    ? `${Math.floor(seconds / 60)} 分 ${Math.ceil(seconds % 60)} 秒`
    : `${Math.ceil(seconds / 60)} 分钟`
}
