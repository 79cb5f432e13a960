// Handing pictures over: single ones or a zip, whose names say what they belong to.
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { addReport } from '../../contract/console/pictures.ts'
import { Button } from '../parts/Button.tsx'
import { Field } from '../parts/Field.tsx'
import { ErrorNotice, Notice } from '../parts/Notice.tsx'
import { JobProgress } from '../parts/Progress.tsx'
import { Table } from '../parts/Table.tsx'
import { useAddPictures } from './queries.ts'

const NAMES =
  '票据图片叫“村代码_月份_凭证号”（如 431225100201_2026-08_记-0012.jpg），项目照片叫“项目编号_阶段”（如 XM-2026-0012_施工前.jpg）；也可以在压缩包里放一个“对照表.csv”（文件、项目编号、阶段、村、月份、凭证号、说明）。'

export function AddPictures() {
  const [files, setFiles] = useState<readonly File[]>([])
  const [result, setResult] = useState<unknown>(null)
  const queries = useQueryClient()
  const add = useAddPictures()
  const report = addReport.safeParse(withoutOk(result)).data
  return (
    <section className="c-stack" aria-label="导入图片">
      <div className="c-row">
        <Field
          label="图片或压缩包"
          help={NAMES}
          type="file"
          multiple
          accept=".jpg,.jpeg,.png,.webp,.zip"
          onChange={({ target }) => setFiles([...(target.files ?? [])])}
        />
        <Button
          kind="main"
          disabled={files.length === 0}
          busy={add.isPending}
          onClick={() => {
            setResult(null)
            add.mutate(files)
          }}
        >
          导入图片
        </Button>
      </div>
      {add.isPending && <p>正在上传……</p>}
      <ErrorNotice error={add.error} />
      {add.data !== undefined && (
        <JobProgress
          key={add.data.id}
          id={add.data.id}
          onEnd={(job) => {
            setResult(job.result)
            void queries.invalidateQueries({ queryKey: ['pictures'] })
          }}
        />
      )}
      {report !== undefined && (
        <Notice kind={report.refused.length > 0 ? 'warn' : 'good'}>
          新收 {report.added} 张，已有 {report.known} 张，没收 {report.refused.length} 张。收下的都要先看过才能公开。
        </Notice>
      )}
      {report !== undefined && report.refused.length > 0 && (
        <Table
          caption="没有收下的文件"
          captionShown
          columns={[
            { key: 'file', title: '文件', show: ({ file }) => file },
            { key: 'reason', title: '原因', show: ({ reason }) => reason },
          ]}
          rows={report.refused}
          keyOf={({ file }) => file}
          empty=""
        />
      )}
    </section>
  )
}

/** The verb's answer without its own mark of success. */
function withoutOk(result: unknown): unknown {
  if (typeof result !== 'object' || result === null) return null
  return Object.fromEntries(Object.entries(result).filter(([name]) => name !== 'ok'))
}
