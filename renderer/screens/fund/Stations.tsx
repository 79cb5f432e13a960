// The five questions as a line with five stations. The sun falls on the one you stand at, and its name is inverted.
import type { ReactNode } from 'react'
import { useTap } from '../../hall/tap.ts'
import type { Question } from '../../navigation/place.ts'
import { useText } from '../../text/use-text.tsx'

export const QUESTIONS: readonly Question[] = [1, 2, 3, 4, 5]

export function Stations(props: { question: Question; onQuestion: (question: Question) => void }): ReactNode {
  return (
    <nav className="stations">
      {QUESTIONS.map((question) => (
        <Station
          key={question}
          question={question}
          here={question === props.question}
          onTap={() => props.onQuestion(question)}
        />
      ))}
    </nav>
  )
}

function Station(props: { question: Question; here: boolean; onTap: () => void }): ReactNode {
  const text = useText()
  const tap = useTap(props.onTap)
  const { question } = props
  return (
    <button type="button" className="station" {...(props.here ? { 'aria-current': 'step' as const } : {})} {...tap}>
      <span className="station-number">{question}</span>
      <span className="station-name">
        <span>{text(`funds.q${question}a`)}</span>
        <span>{text(`funds.q${question}b`)}</span>
      </span>
    </button>
  )
}
