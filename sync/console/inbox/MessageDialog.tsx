// One message, fetched sealed and opened here. What it says is in this dialog and nowhere else.
import { useQuery } from '@tanstack/react-query'
import { type Envelope, type RoutingBody, sealedText } from '../../contract/console/inbox.ts'
import type { OpeningKey } from '../../contract/inbox.ts'
import type { ReportMessage } from '../../contract/report.ts'
import { Dialog } from '../parts/Dialog.tsx'
import { ErrorNotice } from '../parts/Notice.tsx'
import { useApi } from '../parts/session.tsx'
import { PrivateAnswerForm, PublicAnswerForm } from './AnswerForm.tsx'
import { openMessage } from './open.ts'
import { RoutingForm } from './RoutingForm.tsx'
import { KIND_NAMES, OBJECT_NAMES, REASON_NAMES } from './words.ts'

interface Props {
  envelope: Envelope
  keys: readonly OpeningKey[]
  bodies: readonly RoutingBody[]
  today: string
  onClose: () => void
}

export function MessageDialog({ envelope, keys, bodies, today, onClose }: Props) {
  const api = useApi()
  const opened = useQuery({
    queryKey: ['opened', envelope.id],
    queryFn: async () => {
      const { sealed } = await api.get(`/console/api/inbox/messages/${envelope.id}`, sealedText)
      return await openMessage(sealed, keys)
    },
    retry: false,
    // Forgotten as soon as the dialog closes.
    gcTime: 0,
    staleTime: Number.POSITIVE_INFINITY,
  })
  return (
    <Dialog title={`来信 ${envelope.id}`} wide onClose={onClose}>
      {opened.isPending && <p role="status">正在开信…</p>}
      <ErrorNotice error={opened.error} />
      {opened.data !== undefined && (
        <>
          <Letter message={opened.data} />
          <div className="inbox-forms">
            <RoutingForm envelope={envelope} message={opened.data} bodies={bodies} />
            <PrivateAnswerForm message={opened.data} today={today} />
            <PublicAnswerForm message={opened.data} />
          </div>
        </>
      )}
    </Dialog>
  )
}

function Letter({ message }: { message: ReportMessage }) {
  const { object, named } = message
  const origin = object.origin === null ? '没有' : `${object.origin.file} 第 ${object.origin.row} 行`
  return (
    <section aria-label="来信内容" className="inbox-letter">
      <dl>
        <dt>种类</dt>
        <dd>
          {KIND_NAMES[message.kind]} · {REASON_NAMES[message.reason]}
        </dd>
        <dt>说的是</dt>
        <dd>
          {OBJECT_NAMES[object.kind]}，第 {object.release} 期，出处 {origin}
        </dd>
        {object.snapshot.map(({ label, value }) => (
          <Shown key={label} label={label} value={value} />
        ))}
        <dt>来信人</dt>
        <dd>{named === null ? '匿名' : `${named.name} ${named.contact}`}</dd>
        <dt>写于</dt>
        <dd>
          {message.day}，{message.terminal}
        </dd>
      </dl>
      <p className="inbox-words">{message.words === '' ? '（没有写别的话）' : message.words}</p>
    </section>
  )
}

function Shown({ label, value }: { label: string; value: string }) {
  return (
    <>
      <dt>{label}</dt>
      <dd>{value}</dd>
    </>
  )
}
