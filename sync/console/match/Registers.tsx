// The registers that are held for comparison: taken from a file, replaced, forgotten.
import { useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { z } from 'zod'
import { type JobView, jobSchema } from '../../contract/console/jobs.ts'
import { REGISTER_NAMES, REGISTERS, type RegisterName, type registerInfoSchema } from '../../contract/console/match.ts'
import { Button } from '../parts/Button.tsx'
import { Dialog } from '../parts/Dialog.tsx'
import { ErrorNotice, Notice } from '../parts/Notice.tsx'
import { JobProgress, Progress } from '../parts/Progress.tsx'
import { useApi } from '../parts/session.tsx'
import { type Column, Table } from '../parts/Table.tsx'
import { MATCH } from './address.ts'

type Held = z.infer<typeof registerInfoSchema>
const resultSchema = z.object({
  accepted: z.number(),
  refused: z.number(),
  reasons: z.array(z.object({ row: z.number(), reason: z.string() })),
})
const okSchema = z.object({ ok: z.boolean() })

interface Upload {
  register: RegisterName
  /** 0 to 1 while bytes travel. */
  part: number | null
  job: string | null
}

export function Registers({ held }: { held: readonly Held[] }) {
  const api = useApi()
  const queries = useQueryClient()
  const [upload, setUpload] = useState<Upload | null>(null)
  const [result, setResult] = useState<JobView | null>(null)
  const [error, setError] = useState<Error | null>(null)
  const [forgetting, setForgetting] = useState<RegisterName | null>(null)
  const send = (register: RegisterName, file: File): void => {
    setResult(null)
    setError(null)
    setUpload({ register, part: 0, job: null })
    const path = `${MATCH}/registers/${register}?name=${encodeURIComponent(file.name)}`
    api
      .upload(path, file, jobSchema, (part) => setUpload({ register, part, job: null }))
      .then(
        ({ id }) => setUpload({ register, part: null, job: id }),
        (problem: Error) => {
          setError(problem)
          setUpload(null)
        },
      )
  }
  const forget = (register: RegisterName): void => {
    setForgetting(null)
    api
      .remove(`${MATCH}/registers/${register}`, okSchema)
      .then(() => queries.invalidateQueries({ queryKey: ['match'] }), setError)
  }
  const columns: readonly Column<RegisterName>[] = [
    { key: 'name', title: '登记册', width: '12rem', show: (name) => REGISTER_NAMES[name] },
    ...heldColumns(held),
    {
      key: 'do',
      title: '办理',
      show: (name) => (
        <div className="c-row">
          <FileButton name={name} busy={upload !== null && upload.job === null} onFile={(file) => send(name, file)} />
          {held.some(({ register }) => register === name) && <Button onClick={() => setForgetting(name)}>删除</Button>}
        </div>
      ),
    },
  ]
  return (
    <>
      <p className="match-hint">新导入的顶替旧的。没有身份证号的要有村，否则对不上人；死亡人员要有死亡日期。</p>
      <ErrorNotice error={error} />
      {upload?.part != null && <Progress label={`正在传 ${REGISTER_NAMES[upload.register]}`} part={upload.part} />}
      {upload?.job != null && (
        <JobProgress
          key={upload.job}
          id={upload.job}
          onEnd={(job) => {
            setResult(job)
            void queries.invalidateQueries({ queryKey: ['match'] })
          }}
        />
      )}
      {result !== null && <Refused result={result} />}
      <Table caption="登记册" columns={columns} rows={REGISTERS} keyOf={(name) => name} empty="没有登记册。" />
      {forgetting !== null && (
        <Dialog title={`删除${REGISTER_NAMES[forgetting]}登记册？`} onClose={() => setForgetting(null)}>
          <p>每一行都会删掉。已经查出的疑点和它那一行会留着。</p>
          <div className="c-row">
            <Button kind="danger" onClick={() => forget(forgetting)}>
              删除
            </Button>
            <Button onClick={() => setForgetting(null)}>不删</Button>
          </div>
        </Dialog>
      )}
    </>
  )
}

function heldColumns(held: readonly Held[]): readonly Column<RegisterName>[] {
  const of = (name: RegisterName) => held.find(({ register }) => register === name)
  return [
    { key: 'rows', title: '行数', right: true, show: (name) => of(name)?.rows.toLocaleString('zh-CN') ?? '没有' },
    { key: 'file', title: '文件', show: (name) => of(name)?.file ?? '' },
    { key: 'at', title: '导入', show: (name) => `${of(name)?.at.slice(0, 10) ?? ''} ${of(name)?.by ?? ''}` },
  ]
}

/** The browser's own file input, pressed by a button that says whose file it wants. */
function FileButton({ name, busy, onFile }: { name: RegisterName; busy: boolean; onFile: (file: File) => void }) {
  const input = useRef<HTMLInputElement>(null)
  return (
    <>
      <Button busy={busy} onClick={() => input.current?.click()} aria-label={`导入${REGISTER_NAMES[name]}`}>
        导入
      </Button>
      <input
        ref={input}
        type="file"
        hidden
        accept=".xlsx,.csv"
        aria-label={`${REGISTER_NAMES[name]}文件`}
        onChange={({ target }) => {
          const [file] = target.files ?? []
          target.value = ''
          if (file !== undefined) onFile(file)
        }}
      />
    </>
  )
}

function Refused({ result }: { result: JobView }) {
  const read = resultSchema.safeParse(result.result)
  if (!read.success || read.data.refused === 0) return null
  const { accepted, refused, reasons } = read.data
  return (
    <Notice kind="warn">
      收下 {accepted} 行，{refused} 行读不懂：
      <ul className="match-reasons">
        {reasons.slice(0, 20).map(({ row, reason }) => (
          <li key={row}>
            第 {row} 行：{reason}
          </li>
        ))}
      </ul>
    </Notice>
  )
}
