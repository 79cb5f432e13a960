// Shows an answer, or says in words why there is none: never a zero, never a spinner.
import { type ReactNode, useEffect, useState } from 'react'
import { useText } from '../text/use-text.tsx'
import './answered.css'
import { Key } from './Key.tsx'
import { Pictogram } from './Pictogram.tsx'
import type { PictogramName } from './pictograms.ts'
import type { Asked } from './use-answer.ts'

export interface AnsweredProps<T> {
  asked: Asked<T>
  children: (value: T) => ReactNode
  /** Said below '还没有公布' in place of the usual sentence. */
  none?: ReactNode
}

export function Answered<T>(props: AnsweredProps<T>): ReactNode {
  const { asked } = props
  if (asked.state === 'here') return props.children(asked.value)
  if (asked.state === 'waiting') return <Waiting />
  return <Absent asked={asked} none={props.none} />
}

function Absent(props: { asked: Exclude<Asked<unknown>, { state: 'here' | 'waiting' }>; none: ReactNode }): ReactNode {
  const text = useText()
  const { asked } = props
  switch (asked.state) {
    case 'pending':
      return <Said icon="hourglass" head={text('hall.pending')} says={text('hall.pendingMore')} />
    case 'none':
      // "Not yet published" is never shown as zero.
      return <Said icon="question" head={text('hall.none')} says={props.none ?? text('hall.noneMore')} />
    case 'failed':
      return (
        <Said
          icon="turning"
          head={text(asked.code === 'E-DAMAGED' ? 'hall.damaged' : 'hall.failed')}
          says={asked.code}
          after={<Key icon="turning" word={text('hall.retry')} onTap={asked.retry} />}
        />
      )
  }
}

/** A plain statement in place of content. */
export function Said(props: { icon: PictogramName; head: string; says: ReactNode; after?: ReactNode }): ReactNode {
  return (
    <section className="said">
      <Pictogram name={props.icon} />
      <div className="said-words">
        <h2>{props.head}</h2>
        <p>{props.says}</p>
        {props.after}
      </div>
    </section>
  )
}

/** Milliseconds before a wait is put into words: most answers are here earlier. */
const PATIENCE_MS = 400

function Waiting(): ReactNode {
  const text = useText()
  const [long, setLong] = useState(false)
  useEffect(() => {
    const timer = window.setTimeout(() => setLong(true), PATIENCE_MS)
    return () => window.clearTimeout(timer)
  }, [])
  return long ? <p className="second">{text('hall.waiting')}</p> : null
}
