// Which of the three steps this is, and its question.
import type { ReactNode } from 'react'
import { useText } from '../../text/use-text.tsx'

const STEPS = [1, 2, 3] as const

export function StepHead(props: { step: 1 | 2 | 3; title: string }): ReactNode {
  const text = useText()
  return (
    <header>
      <p className="report-step">
        {text('report.step', { step: props.step })}
        <span className="report-step-marks" aria-hidden="true">
          {STEPS.map((step) => (
            <span key={step} data-done={step <= props.step ? '' : undefined} />
          ))}
        </span>
      </p>
      <h1>{props.title}</h1>
    </header>
  )
}
