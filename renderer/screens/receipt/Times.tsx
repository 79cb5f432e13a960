// What happens next, by law (信访工作条例 22 and 34, and the office's own promise for questions). All lines stand on every
// receipt: from the screen nobody can tell whether it was a report or a question.
import type { ReactNode } from 'react'
import { Pictogram } from '../../hall/Pictogram.tsx'
import { shortDay } from '../../text/dates.ts'
import { useText } from '../../text/use-text.tsx'

export function Times(props: { today: string }): ReactNode {
  const text = useText()
  const day = shortDay(props.today, text.language)
  return (
    <ol className="receipt-times">
      <Time
        mark={<Pictogram name="tick" />}
        done
        name={text('receipt.today')}
        says={text('receipt.todaySays', { day })}
      />
      <Time mark="2" name={text('receipt.question')} says={text('receipt.questionSays')} />
      <Time mark="15" name={text('receipt.fifteen')} says={text('receipt.fifteenSays')} />
      <Time mark="60" name={text('receipt.sixty')} says={text('receipt.sixtySays')} />
    </ol>
  )
}

function Time(props: { mark: ReactNode; done?: boolean; name: string; says: string }): ReactNode {
  return (
    <li>
      <span className="receipt-time-mark" data-done={props.done === true ? '' : undefined}>
        {props.mark}
      </span>
      <span className="receipt-time-name">{props.name}</span>
      <span className="receipt-time-says">{props.says}</span>
    </li>
  )
}
