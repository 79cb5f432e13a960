// The way on: the next question as the large key; after the fifth, the payments one by one.
import type { ReactNode } from 'react'
import { Pictogram } from '../../hall/Pictogram.tsx'
import { useTap } from '../../hall/tap.ts'
import type { Question } from '../../navigation/place.ts'
import { useText } from '../../text/use-text.tsx'

export interface NextKeyProps {
  question: Question
  onNext: (question: Question) => void
  onList: () => void
}

export function NextKey(props: NextKeyProps): ReactNode {
  const text = useText()
  const next = nextOf(props.question)
  const tap = useTap(() => (next === null ? props.onList() : props.onNext(next)))
  return (
    <button type="button" className="next-key" {...tap}>
      <span className="next-words">
        <span className="next-over">{text(next === null ? 'funds.fifthDone' : 'funds.next')}</span>
        <span className="next-name">{next === null ? text('funds.nextList') : text(`funds.nextQ${next}`)}</span>
      </span>
      <Pictogram name="forward" />
    </button>
  )
}

function nextOf(question: Question): 2 | 3 | 4 | 5 | null {
  switch (question) {
    case 1:
      return 2
    case 2:
      return 3
    case 3:
      return 4
    case 4:
      return 5
    case 5:
      return null
  }
}
