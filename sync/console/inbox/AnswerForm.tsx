// The answer: private, sealed here under what the message's query code gives; or public, as a notice in the next draft.
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { z } from 'zod'
import { jobSchema } from '../../contract/console/jobs.ts'
import type { PrivateAnswer, ReportMessage } from '../../contract/report.ts'
import { Button } from '../parts/Button.tsx'
import { Field, TextField } from '../parts/Field.tsx'
import { ErrorNotice, Notice } from '../parts/Notice.tsx'
import { JobProgress } from '../parts/Progress.tsx'
import { Select } from '../parts/Select.tsx'
import { useApi } from '../parts/session.tsx'
import { sealAnswer } from './open.ts'
import { STATE_NAMES } from './words.ts'

type State = PrivateAnswer['entries'][number]['state']
const FROM = '县纪委监委'
const states = Object.entries(STATE_NAMES).map(([value, title]) => ({ value, title }))
const isState = (value: string): value is State => Object.hasOwn(STATE_NAMES, value)

export function PrivateAnswerForm({ message, today }: { message: ReportMessage; today: string }) {
  const [state, setState] = useState<State>('answered')
  const [text, setText] = useState('')
  const api = useApi()
  const send = useMutation({
    mutationFn: async (): Promise<unknown> => {
      const entries = [{ day: today, from: FROM, state, text }]
      const sealed = await sealAnswer(message.queryCode, { format: 1, id: message.id, entries })
      return api.post('/console/api/inbox/answers', sealed, z.unknown())
    },
    onSuccess: () => setText(''),
  })
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (text.trim() !== '') send.mutate()
  }
  return (
    <form className="inbox-form" aria-label="只给本人的答复" onSubmit={submit}>
      <h3>只给本人的答复</h3>
      <Select
        label="答复种类"
        value={state}
        options={states}
        onChange={(event) => isState(event.target.value) && setState(event.target.value)}
      />
      <TextField
        label="答复内容"
        help="本人凭五个字词的查询码在任何一台终端上看，90 天后撤下"
        value={text}
        maxLength={2_000}
        rows={5}
        onChange={(event) => setText(event.target.value)}
      />
      <ErrorNotice error={send.error} />
      {send.isSuccess && <Notice kind="good">答复已封好，随下一期发布。</Notice>}
      <Button type="submit" busy={send.isPending}>
        {send.isPending ? '正在封信…' : '封好并交出'}
      </Button>
    </form>
  )
}

export function PublicAnswerForm({ message }: { message: ReportMessage }) {
  const [title, setTitle] = useState('')
  const [body, setBody] = useState('')
  const api = useApi()
  const send = useMutation({
    mutationFn: () =>
      api.post('/console/api/inbox/public-answers', { title, body, place: message.object.place }, jobSchema),
  })
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (title.trim().length > 1 && body.trim().length > 1) send.mutate()
  }
  return (
    <form className="inbox-form" aria-label="公开答复" onSubmit={submit}>
      <h3>公开答复</h3>
      <Notice kind="warn">会登在所有终端上。请用自己的话写：不写姓名，不照抄来信，让人认不出是谁问的。</Notice>
      <Field label="标题" value={title} maxLength={80} onChange={(event) => setTitle(event.target.value)} />
      <TextField
        label="内容"
        value={body}
        maxLength={4_000}
        rows={5}
        onChange={(event) => setBody(event.target.value)}
      />
      <ErrorNotice error={send.error} />
      {send.isSuccess && (
        <>
          <JobProgress key={send.data.id} id={send.data.id} />
          <Notice>做完以后进入下一期草稿，由审核人看过才发布。</Notice>
        </>
      )}
      <Button type="submit" busy={send.isPending}>
        放进下一期草稿
      </Button>
    </form>
  )
}
