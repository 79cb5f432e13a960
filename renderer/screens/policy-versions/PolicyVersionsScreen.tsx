// Two versions of a policy side by side, clause by clause: what changed, was added or removed is said in a word and
// drawn in a pattern, never by colour alone. Portrait stacks the two forms of a clause, landscape sets them side by side.
import type { ReactNode } from 'react'
import type { Answer, CountyData, PolicyView } from '../../data/county-data.ts'
import { Answered } from '../../hall/Answered.tsx'
import { Screen } from '../../hall/Screen.tsx'
import { useAnswer } from '../../hall/use-answer.ts'
import { useText } from '../../text/use-text.tsx'
import type { ScreenProps } from '../screen.ts'
import { Comparison } from './Comparison.tsx'
import './policy-versions.css'
import { VersionChoice } from './VersionChoice.tsx'

interface Both {
  older: PolicyView
  newer: PolicyView
}

export function PolicyVersionsScreen(props: ScreenProps<'policy-versions'>): ReactNode {
  const text = useText()
  const { data, place, visit } = props
  const asked = useAnswer(() => readBoth(data, place.left, place.right), [data, place.left, place.right])
  return (
    <Screen name="policy-versions">
      <h1>{text('policies.versionsTitle')}</h1>
      <Answered asked={asked}>
        {({ older, newer }) => (
          <>
            <p className="strong">{newer.document.title}</p>
            <VersionChoice
              older={older.document}
              newer={newer.document}
              versions={newer.versions}
              onChoose={(left, right) => visit.replace({ ...place, left, right })}
            />
            <Comparison
              key={`${older.document.index} ${newer.document.index}`}
              older={older.clauses}
              newer={newer.clauses}
            />
          </>
        )}
      </Answered>
    </Screen>
  )
}

/** Both versions, the older first whatever the order of the link. */
async function readBoth(data: CountyData, left: string, right: string): Promise<Answer<Both>> {
  const [one, other] = await Promise.all([data.policy(left), data.policy(right)])
  if (one.state !== 'here') return one
  if (other.state !== 'here') return other
  const [older, newer] =
    one.value.document.version <= other.value.document.version ? [one.value, other.value] : [other.value, one.value]
  return { state: 'here', value: { older, newer } }
}
