// What the five words have opened, or why there is nothing: no answer yet and a mistaken word look the same, as they must.
import type { ReactNode } from 'react'
import type { PrivateAnswer } from '../../../sync/contract/report.ts'
import { spacedReceiptNumber } from '../../../sync/core/report-number.ts'
import { Said } from '../../hall/Answered.tsx'
import { Key } from '../../hall/Key.tsx'
import { longDay } from '../../text/dates.ts'
import { useText } from '../../text/use-text.tsx'

export function FoundAnswer(props: { answer: PrivateAnswer; onClose: () => void }): ReactNode {
  const text = useText()
  const { answer } = props
  return (
    <>
      <p className="second">
        {text('answers.found')} · {text('answers.number', { number: spacedReceiptNumber(answer.id) })}
      </p>
      {[...answer.entries].reverse().map((entry) => (
        <article key={`${entry.day} ${entry.state} ${entry.text}`} className="answers-entry">
          <h2>{text(`answers.state.${entry.state}`)}</h2>
          <p className="second">
            {entry.from} {longDay(entry.day, text.language)}
          </p>
          <p className="answers-text">{entry.text}</p>
        </article>
      ))}
      <Key icon="tick" word={text('answers.close')} size="big" tone="ink" onTap={props.onClose} />
    </>
  )
}

export function NotFound(props: {
  state: 'none' | 'pending' | 'failed'
  release: number
  onAgain: () => void
}): ReactNode {
  const text = useText()
  const again = <Key icon="turning" word={text('answers.again')} onTap={props.onAgain} />
  if (props.state === 'pending')
    return <Said icon="hourglass" head={text('answers.pending')} says={text('hall.pendingMore')} after={again} />
  if (props.state === 'failed')
    return <Said icon="turning" head={text('hall.failed')} says={text('answers.failed')} after={again} />
  const says = text('answers.notFoundSays', { number: props.release })
  return <Said icon="question" head={text('answers.notFound')} says={says} after={again} />
}
