// A file on its way in: chosen and sent up, its headings placed, looked over as a whole, taken whole or in part.
//
//   file ─► (job: peek) ─► headings ─► (job: look) ─► result ─► (job: take) ─► done
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { z } from 'zod'
import {
  type ImportOrder,
  type ImportReportView,
  type importListSchema,
  importReportSchema,
  type Peek,
  peekSchema,
} from '../../contract/console/imports.ts'
import { type JobView, jobSchema } from '../../contract/console/jobs.ts'
import { Button } from '../parts/Button.tsx'
import { ErrorNotice } from '../parts/Notice.tsx'
import { JobProgress } from '../parts/Progress.tsx'
import { useApi } from '../parts/session.tsx'
import { FileStep } from './FileStep.tsx'
import { HeadingsStep } from './HeadingsStep.tsx'
import { type Draft, orderOf } from './order.ts'
import { ResultStep } from './ResultStep.tsx'

const removedSchema = z.object({ ok: z.boolean() })
type List = z.infer<typeof importListSchema>
const STEPS = ['选文件', '对表头', '核对', '完成'] as const

export function NewImport({ list, onClose }: { list: List; onClose: () => void }) {
  const api = useApi()
  const [draft, setDraft] = useState<Draft | null>(null)
  const [peek, setPeek] = useState<Peek | null>(null)
  const [report, setReport] = useState<ImportReportView | null>(null)
  const [taken, setTaken] = useState<ImportReportView | null>(null)
  const [working, setWorking] = useState<string | null>(null)
  const order = useMutation({
    mutationFn: (body: ImportOrder) => api.post('/console/api/imports/order', body, jobSchema),
    onSuccess: (job) => setWorking(job.id),
  })
  const ask = (given: Draft, take: ImportOrder['take']): void => {
    setDraft(given)
    order.mutate(orderOf(given, take))
  }
  const ended = (job: JobView): void => {
    const take = order.variables?.take
    if (job.state === 'done') setWorking(null)
    if (take === 'peek') setPeek(peekSchema.safeParse(job.result).data ?? null)
    // A file that was to be taken whole comes back with its refused rows too, although the job failed.
    const said = take === 'peek' ? undefined : importReportSchema.safeParse(job.result).data
    if (said?.taken === true) setTaken(said)
    else if (said !== undefined) setReport(said)
  }
  const leave = (): void => {
    // What was sent up holds people's numbers: given up here, it goes at once. What a job reads stays until it is swept.
    if (taken === null && draft !== null && working === null)
      void api.remove(`/console/api/imports/files/${draft.upload.upload}`, removedSchema).catch(() => {})
    onClose()
  }
  const step = taken !== null ? 3 : report !== null ? 2 : peek !== null ? 1 : 0
  const table = list.tables.find(({ name }) => name === draft?.table)
  return (
    <>
      <ol className="imports-steps" aria-label="步骤">
        {STEPS.map((name, at) => (
          <li key={name} aria-current={at === step ? 'step' : undefined}>
            {at + 1} {name}
          </li>
        ))}
      </ol>
      <ErrorNotice error={order.error} />
      {working !== null && <JobProgress key={working} id={working} onEnd={ended} />}
      {step === 0 && <FileStep list={list} busy={order.isPending} onReady={(given) => ask(given, 'peek')} />}
      {step === 1 && peek !== null && draft !== null && table !== undefined && (
        <HeadingsStep
          key={peek.chosen.join('\u0001')}
          peek={peek}
          draft={draft}
          table={table}
          onSheets={(sheets) => ask({ ...draft, sheets }, 'peek')}
          onReady={(given) => ask(given, 'none')}
        />
      )}
      {step >= 2 && draft !== null && (
        <ResultStep
          report={taken ?? report}
          onTake={(take) => ask(draft, take)}
          onBack={() => {
            setReport(null)
            setWorking(null)
          }}
        />
      )}
      <div className="c-row imports-foot">
        <Button onClick={leave}>{taken === null ? '不导入了' : '回到列表'}</Button>
      </div>
    </>
  )
}
