// 说白了就是: three questions in plain words, signed by the department and subordinate to the text.
import type { ReactNode } from 'react'
import type { DocumentRow } from '../../../sync/contract/rows.ts'
import { Pictogram, SunDisc } from '../../hall/Pictogram.tsx'
import type { PictogramName } from '../../hall/pictograms.ts'
import { Ruled } from '../../hall/SectionHead.tsx'
import { useText } from '../../text/use-text.tsx'
import { amountsIn } from './figures.ts'

export function PlainWords(props: { document: DocumentRow }): ReactNode {
  const text = useText()
  const { who, howMuch, how, explainedBy } = props.document
  if (who === '' && howMuch === '' && how === '') return <p className="second">{text('policies.noPlain')}</p>
  return (
    <Ruled tone="tea">
      <h2 className="plain-head">
        <Pictogram name="book" />
        {text('policies.plain')}
      </h2>
      <Answer icon="person" question={text('policies.who')} answer={who} />
      <Answer icon="coin" question={text('policies.howMuch')} answer={howMuch} />
      <Answer icon="calendar" question={text('policies.how')} answer={how} />
      {explainedBy === '' ? null : <p className="second">{text('policies.signed', { who: explainedBy })}</p>}
    </Ruled>
  )
}

function Answer(props: { icon: PictogramName; question: string; answer: string }): ReactNode {
  const text = useText()
  return (
    <div className="plain-answer">
      <SunDisc name={props.icon} size={96} />
      <div>
        <h3>{props.question}</h3>
        <p>
          {props.answer === ''
            ? text('policies.notExplained')
            : amountsIn(props.answer).map((part) => (
                <span key={part.start} className={part.amount ? 'plain-amount' : undefined}>
                  {part.text}
                </span>
              ))}
        </p>
      </div>
    </div>
  )
}
