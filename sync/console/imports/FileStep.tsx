// First step: which table, whose file, and the file itself, sent up as it is chosen.
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useId, useState } from 'react'
import type { z } from 'zod'
import { type importListSchema, UPLOAD_LIMIT, uploadSchema } from '../../contract/console/imports.ts'
import { Button } from '../parts/Button.tsx'
import { Field } from '../parts/Field.tsx'
import { ErrorNotice } from '../parts/Notice.tsx'
import { Progress } from '../parts/Progress.tsx'
import { Select } from '../parts/Select.tsx'
import { useApi } from '../parts/session.tsx'
import type { Draft } from './order.ts'

const KINDS = '.xlsx,.xlsm,.csv,.gz,.jsonl,.ndjson,.docx,.docm,.txt'

export function FileStep(props: {
  list: z.infer<typeof importListSchema>
  busy: boolean
  onReady: (draft: Draft) => void
}) {
  const { list, busy, onReady } = props
  const api = useApi()
  const id = useId()
  const [table, setTable] = useState('payments')
  const [sender, setSender] = useState('')
  const [file, setFile] = useState<File | null>(null)
  const [sent, setSent] = useState(0)
  const tooLarge = file !== null && file.size > UPLOAD_LIMIT
  const send = useMutation({
    mutationFn: (given: File) =>
      api.upload(`/console/api/imports/files?name=${encodeURIComponent(given.name)}`, given, uploadSchema, setSent),
    onSuccess: (upload) => onReady({ upload, table, sender, sheets: [], map: new Map(), set: new Map() }),
  })
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (file !== null && !tooLarge && !send.isPending && !busy) send.mutate(file)
  }
  return (
    <form className="imports-form" onSubmit={submit}>
      <Select
        label="放进哪张表"
        value={table}
        options={list.tables.map(({ name, title }) => ({ value: name, title: `${title}（${name}）` }))}
        onChange={({ target }) => setTable(target.value)}
      />
      <Field
        label="谁报来的"
        value={sender}
        list={`${id}-senders`}
        maxLength={60}
        placeholder="如：林城镇、县农业农村局"
        help="写上报送单位，这次对好的表头下次自动用上；不写就不记。"
        onChange={({ target }) => setSender(target.value)}
      />
      <datalist id={`${id}-senders`}>
        {list.senders.map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
      <Field
        label="文件"
        type="file"
        accept={KINDS}
        required
        help="Excel（.xlsx）、CSV（GB18030 或 UTF-8）；政策也可用 Word（.docx）和 .txt。最大 2 GB；二十万行以上请存成 CSV。一个工作簿里有好几张表也可以一次导入。"
        error={tooLarge ? '文件超过 2 GB，请拆成几个再传' : null}
        onChange={({ target }) => setFile(target.files?.[0] ?? null)}
      />
      <ErrorNotice error={send.error} />
      {send.isPending && <Progress label="正在上传" part={sent} />}
      <div className="c-row">
        <Button type="submit" kind="main" busy={send.isPending || busy}>
          上传并看表头
        </Button>
      </div>
    </form>
  )
}
