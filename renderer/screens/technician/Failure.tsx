// What went wrong last: code, number, time, and that the old release stays. And what is being received right now.
import { type ReactNode, useState } from 'react'
import { isRefusalCode } from '../../../sync/contract/fleet.ts'
import { Key } from '../../hall/Key.tsx'
import { Pictogram } from '../../hall/Pictogram.tsx'
import { useText } from '../../text/use-text.tsx'
import { bytesInWords, clockTime, failureOf } from './facts.ts'
import type { MachineView } from './TechnicianScreen.tsx'

export function Failure(props: MachineView): ReactNode {
  return (
    <>
      <Loading {...props} />
      <Wrong {...props} />
    </>
  )
}

function Loading(props: MachineView): ReactNode {
  const text = useText()
  const loading = props.status?.loading ?? null
  if (loading === null) {
    const phase = props.status?.phase ?? 'starting'
    return phase === 'waiting' ? null : <p className="strong">{text(`tech.phase.${phase}`)}</p>
  }
  const { number, parts } = loading
  const done = bytesInWords(loading.bytesDone)
  const total = bytesInWords(loading.bytesTotal)
  return <p className="strong">{text('tech.loading', { number, done, total, ready: loading.ready.length, parts })}</p>
}

function Wrong(props: MachineView): ReactNode {
  const text = useText()
  const [open, setOpen] = useState(false)
  const failure = failureOf(props.host, props.status)
  if (failure === null) return null
  const { code, number, message } = failure
  return (
    <section className="tech-wrong">
      <div className="tech-wrong-head">
        <Pictogram name="shield" />
        <div className="tech-wrong-words">
          <h2>{headline(text, code, number)}</h2>
          <p className="second">{`${code}  ${clockTime(failure.at, props.host.now)}`}</p>
        </div>
        <Key word={text(open ? 'tech.hideDetails' : 'tech.details')} onTap={() => setOpen(!open)} />
      </div>
      {open ? <p>{message}</p> : null}
    </section>
  )
}

function headline(text: ReturnType<typeof useText>, code: string, number: number | null): string {
  if (code === 'E-UPDATE') return text('tech.updateNeeded')
  if (!isRefusalCode(code)) return text('tech.failed')
  return number === null ? text('tech.refusedUnknown') : text('tech.refused', { number })
}
