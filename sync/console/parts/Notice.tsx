// Something to know: what went well, what to look at, what went wrong. Said aloud when it appears.
import './notice.css'
import type { ReactNode } from 'react'
import { ApiError } from './api.ts'

const MARKS = { good: '✓', warn: '！', bad: '✕', plain: '·' } as const

export function Notice({ kind = 'plain', children }: { kind?: keyof typeof MARKS; children: ReactNode }) {
  return (
    <div className={`c-notice c-notice-${kind}`} role={kind === 'bad' ? 'alert' : 'status'}>
      <span className="c-notice-mark" aria-hidden="true">
        {MARKS[kind]}
      </span>
      <div>{children}</div>
    </div>
  )
}

/** An error of a query or a change; nothing where there is none. */
export function ErrorNotice({ error }: { error: Error | null }) {
  if (error === null) return null
  const code = error instanceof ApiError ? error.code : null
  const detail = error instanceof ApiError ? error.detail : ''
  return (
    <Notice kind="bad">
      {error.message}
      {code !== null && <span className="c-notice-code">{code}</span>}
      {detail !== '' && <p className="c-notice-detail">{detail}</p>}
    </Notice>
  )
}
