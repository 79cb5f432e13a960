// What a technician does to a terminal: enrol it, ask it for a log or a picture, or shut it out.
import { useState } from 'react'
import type { TerminalPage } from '../../contract/console/fleet.ts'
import { Button } from '../parts/Button.tsx'
import { Dialog } from '../parts/Dialog.tsx'
import { Field } from '../parts/Field.tsx'
import { ErrorNotice, Notice } from '../parts/Notice.tsx'
import { useAsk, useIssueToken, useRevoke } from './queries.ts'

export function Deeds({ page }: { page: TerminalPage }) {
  const { terminal } = page.line
  const [open, setOpen] = useState<'token' | 'revoke' | null>(null)
  const ask = useAsk(terminal)
  const inService = page.enrolledAt !== null && page.revoked === null
  return (
    <div className="c-stack">
      <div className="c-row">
        <Button kind={inService ? 'plain' : 'main'} onClick={() => setOpen('token')}>
          {page.enrolledAt === null ? '发登记令牌' : '重新登记'}
        </Button>
        {inService && (
          <>
            <Button busy={ask.isPending} onClick={() => ask.mutate('log')}>
              要运行日志
            </Button>
            <Button busy={ask.isPending} onClick={() => ask.mutate('screenshot')}>
              要屏幕截图
            </Button>
            <Button kind="danger" onClick={() => setOpen('revoke')}>
              停用
            </Button>
          </>
        )}
      </div>
      <ErrorNotice error={ask.error} />
      {open === 'token' && <TokenDialog terminal={terminal} onClose={() => setOpen(null)} />}
      {open === 'revoke' && <RevokeDialog terminal={terminal} onClose={() => setOpen(null)} />}
    </div>
  )
}

function TokenDialog({ terminal, onClose }: { terminal: string; onClose: () => void }) {
  const issue = useIssueToken(terminal)
  const issued = issue.data
  return (
    <Dialog title={`${terminal} 的登记令牌`} onClose={onClose}>
      <div className="c-stack">
        {issued === undefined ? (
          <p>令牌只用一次，30 天内有效；发新的，旧的就作废。终端用它登记自己的密钥。</p>
        ) : (
          <Notice kind="good">
            <p>只显示这一次，请现在写进终端的配置：</p>
            <p className="fleet-token">{issued.token}</p>
            <code>{`npm run provision -- write ${terminal} --token ${issued.token} …`}</code>
          </Notice>
        )}
        <ErrorNotice error={issue.error} />
        <div className="c-row">
          {issued === undefined && (
            <Button kind="main" busy={issue.isPending} onClick={() => issue.mutate(undefined)}>
              发令牌
            </Button>
          )}
          <Button onClick={onClose}>关闭</Button>
        </div>
      </div>
    </Dialog>
  )
}

function RevokeDialog({ terminal, onClose }: { terminal: string; onClose: () => void }) {
  const [why, setWhy] = useState('')
  const revoke = useRevoke(terminal)
  return (
    <Dialog title={`停用 ${terminal}`} onClose={onClose}>
      <form
        className="c-stack"
        onSubmit={(event) => {
          event.preventDefault()
          revoke.mutate(why, { onSuccess: onClose })
        }}
      >
        <p>从现在起不再接受它的任何报告和文件。找回来以后，发一个新令牌就能再用。</p>
        <Field label="原因" required maxLength={200} value={why} onChange={({ target }) => setWhy(target.value)} />
        <ErrorNotice error={revoke.error} />
        <div className="c-row">
          <Button kind="danger" type="submit" busy={revoke.isPending}>
            停用
          </Button>
          <Button onClick={onClose}>不停用</Button>
        </div>
      </form>
    </Dialog>
  )
}
