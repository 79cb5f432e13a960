// One policy: whether it holds, its number and day first; plain words below the text's authority; the clauses that
// concern the payment one came from lit; then the whole text, the document's own data and its origin (P8).
import { type ReactNode, useState } from 'react'
import { Answered } from '../../hall/Answered.tsx'
import { Rest } from '../../hall/Rest.tsx'
import { Screen } from '../../hall/Screen.tsx'
import { policySubject } from '../../hall/subjects.ts'
import { useAnswer, useValue } from '../../hall/use-answer.ts'
import { useText } from '../../text/use-text.tsx'
import type { ScreenProps } from '../screen.ts'
import { DocumentFacts } from './DocumentFacts.tsx'
import { Funds } from './Funds.tsx'
import { PlainWords } from './PlainWords.tsx'
import { PolicyHead } from './PolicyHead.tsx'
import { PolicyKeys } from './PolicyKeys.tsx'
import { PolicyText } from './PolicyText.tsx'
import './policy.css'

export function PolicyScreen(props: ScreenProps<'policy'>): ReactNode {
  const text = useText()
  const { data, place, visit, today } = props
  const [fundsShown, setFundsShown] = useState(false)
  const asked = useAnswer(() => data.policy(place.index), [data, place.index])
  const years = useValue(() => data.years(), [data])
  if (asked.state !== 'here')
    return (
      <Screen name="policy">
        <Answered asked={asked}>{() => null}</Answered>
      </Screen>
    )
  const view = asked.value
  const { document } = view
  const subject = async () => policySubject(text, document, await data.origin(document.origin))
  const year = years?.[0] ?? Number(today.slice(0, 4))
  return (
    <Screen
      name="policy"
      subject={subject}
      aside={
        <>
          <PolicyHead view={view} today={today} />
          {fundsShown ? null : (
            <Rest>
              <PlainWords document={view.document} />
            </Rest>
          )}
        </>
      }
      foot={
        <PolicyKeys
          view={view}
          subject={subject}
          visit={visit}
          fundsShown={fundsShown}
          onFunds={() => setFundsShown(!fundsShown)}
        />
      }
    >
      {fundsShown ? (
        <Funds funds={view.funds} onFund={(fund) => visit.go({ screen: 'fund', fund, year, question: 1 })} />
      ) : (
        <Rest>
          <PolicyText view={view} because={place.because} />
          <DocumentFacts document={view.document} data={data} />
        </Rest>
      )}
    </Screen>
  )
}
