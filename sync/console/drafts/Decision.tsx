// What may be decided of a draft in its state, by whoever looks: approve, send back, publish now or at a time.
import { useState } from 'react'
import { type DraftView, draftSummary } from '../../contract/console/drafts.ts'
import { Button } from '../parts/Button.tsx'
import { Dialog } from '../parts/Dialog.tsx'
import { Field, TextField } from '../parts/Field.tsx'
import { ErrorNotice } from '../parts/Notice.tsx'
import { hasRole, useActor } from '../parts/session.tsx'
import { useSend, useStart } from './queries.ts'

type Asked = 'approve' | 'reject' | 'publish' | null
interface DecisionProps {
  view: DraftView
  onStarted: (job: string) => void
}

export function Decision({ view, onStarted }: DecisionProps) {
  const actor = useActor()
  const [asked, setAsked] = useState<Asked>(null)
  const { state } = view.draft
  const close = (): void => setAsked(null)
  const isOpen = state === 'proposed' || state === 'approved'
  return (
    <>
      {state === 'proposed' && hasRole(actor, ['reviewer']) && (
        <Button kind="main" busy={view.refusals.length > 0} onClick={() => setAsked('approve')}>
          批准…
        </Button>
      )}
      {state === 'approved' && hasRole(actor, ['publisher']) && (
        <Button kind="main" onClick={() => setAsked('publish')}>
          发布…
        </Button>
      )}
      {isOpen && hasRole(actor, ['reviewer', 'publisher']) && <Button onClick={() => setAsked('reject')}>退回…</Button>}
      {asked === 'approve' && <ApproveDialog view={view} onClose={close} onStarted={onStarted} />}
      {asked === 'reject' && <RejectDialog view={view} onClose={close} />}
      {asked === 'publish' && <PublishDialog view={view} onClose={close} onStarted={onStarted} />}
    </>
  )
}

function ApproveDialog({ view, onClose, onStarted }: DecisionProps & { onClose: () => void }) {
  const [passphrase, setPassphrase] = useState('')
  const { draft, needsPassphrase } = view
  const start = useStart((job) => {
    onStarted(job)
    onClose()
  })
  const body = { fingerprint: draft.fingerprint, passphrase }
  return (
    <Dialog title={`批准第 ${draft.id} 稿，作为第 ${draft.number} 期签名`} onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (!start.isPending) start.mutate({ path: `/${draft.id}/approve`, body })
          // Sent once; the page keeps nothing of it.
          setPassphrase('')
        }}
      >
        <p>
          批准后，您的姓名作为复核人显示在每一条数据的来源里。系统会再校验一遍隐私，并用终端自己的检查程序核对，全部通过才签名；发布前终端上看不到。
        </p>
        {needsPassphrase && (
          <Field
            label="发布密钥的口令"
            type="password"
            autoComplete="off"
            required
            value={passphrase}
            onChange={(event) => setPassphrase(event.target.value)}
          />
        )}
        <ErrorNotice error={start.error} />
        <div className="c-row drafts-buttons">
          <Button kind="main" type="submit" busy={start.isPending}>
            批准并签名
          </Button>
          <Button onClick={onClose}>取消</Button>
        </div>
      </form>
    </Dialog>
  )
}

function RejectDialog({ view: { draft }, onClose }: { view: DraftView; onClose: () => void }) {
  const [words, setWords] = useState('')
  const send = useSend(draftSummary, onClose)
  const isReady = words.trim() !== ''
  return (
    <Dialog title={`退回第 ${draft.id} 稿`} onClose={onClose}>
      <TextField
        label="哪里不对"
        rows={4}
        required
        value={words}
        onChange={(event) => setWords(event.target.value)}
        help="提交的人会看到这段话。"
      />
      <ErrorNotice error={send.error} />
      <div className="c-row drafts-buttons">
        <Button
          kind="danger"
          busy={send.isPending || !isReady}
          onClick={() => send.mutate({ path: `/${draft.id}/reject`, body: { words: words.trim() } })}
        >
          退回
        </Button>
        <Button onClick={onClose}>取消</Button>
      </div>
    </Dialog>
  )
}

function PublishDialog({ view: { draft }, onClose, onStarted }: DecisionProps & { onClose: () => void }) {
  const [at, setAt] = useState('')
  const start = useStart((job) => {
    onStarted(job)
    onClose()
  })
  const publish = (when: string | null): void => start.mutate({ path: `/${draft.id}/publish`, body: { at: when } })
  return (
    <Dialog title={`发布第 ${draft.number} 期`} onClose={onClose}>
      <p>发布前再核对一遍文件。终端在各自的时间来取，取全了才换上。</p>
      <Field
        label="定时（北京时间；留空就是现在）"
        type="datetime-local"
        value={at}
        onChange={(event) => setAt(event.target.value)}
      />
      <ErrorNotice error={start.error} />
      <div className="c-row drafts-buttons">
        <Button kind="main" busy={start.isPending} onClick={() => publish(at === '' ? null : beijing(at))}>
          {at === '' ? '现在发布' : '定时发布'}
        </Button>
        <Button onClick={onClose}>取消</Button>
      </div>
    </Dialog>
  )
}

/** '2026-12-01T08:00' in Beijing → ISO 8601 in UTC, whatever the browser's zone. */
function beijing(local: string): string {
  return new Date(`${local}:00+08:00`).toISOString()
}
