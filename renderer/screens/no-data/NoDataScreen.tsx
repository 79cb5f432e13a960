// Before the first data: what is being received and how far it is, in words and one bar. And when data can't be opened.
import type { CSSProperties, ReactNode } from 'react'
import type { SyncStatus } from '../../../sync/contract/sync-status.ts'
import { Said } from '../../hall/Answered.tsx'
import { Key } from '../../hall/Key.tsx'
import { Masthead } from '../../hall/Masthead.tsx'
import { Screen } from '../../hall/Screen.tsx'
import { useText } from '../../text/use-text.tsx'
import './no-data.css'

export function NoDataScreen(props: { status: SyncStatus | null }): ReactNode {
  const text = useText()
  const { status } = props
  const failure = status?.lastFailure ?? null
  return (
    <Screen name="no-data" masthead={<Masthead aside={null} />}>
      <h1>{text('noData.title')}</h1>
      {status?.loading ? (
        <Progress loading={status.loading} />
      ) : (
        <Said icon="hourglass" head={text('noData.waiting')} says={text('noData.says')} />
      )}
      {failure === null ? null : <p className="second">{text('noData.problem', { code: failure.code })}</p>}
    </Screen>
  )
}

/** Millions of bytes with one decimal: enough for a bar in words. */
const megabytes = (bytes: number): string => `${(bytes / 1_000_000).toFixed(1)} MB`

function Progress(props: { loading: NonNullable<SyncStatus['loading']> }): ReactNode {
  const text = useText()
  const { loading } = props
  const percent = loading.bytesTotal === 0 ? 0 : Math.min(100, (100 * loading.bytesDone) / loading.bytesTotal)
  const style = { inlineSize: `${percent}%` } satisfies CSSProperties
  const done = megabytes(loading.bytesDone)
  const total = megabytes(loading.bytesTotal)
  return (
    <section className="stack">
      <div className="no-data-bar">
        <div className="no-data-done" style={style} />
      </div>
      <p className="no-data-figure">{text('noData.progress', { number: loading.number, done, total })}</p>
      <p>{text('noData.parts', { ready: loading.ready.length, parts: loading.parts })}</p>
      <p>{text('noData.says')}</p>
    </section>
  )
}

/** The store can't be opened: said plainly, tried again by itself and by a key (P10). */
export function BrokenScreen(props: { code: string; onRetry: () => void }): ReactNode {
  const text = useText()
  return (
    <Screen name="broken" masthead={<Masthead aside={null} />}>
      <Said
        icon="turning"
        head={text('broken.title')}
        says={`${text('broken.says')} ${props.code}`}
        after={<Key icon="turning" word={text('broken.retry')} onTap={props.onRetry} />}
      />
    </Screen>
  )
}
