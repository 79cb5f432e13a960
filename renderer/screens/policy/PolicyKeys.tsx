// The two keys fixed above the low bar: compare with another version, and the funds that rest on this policy.
import type { ReactNode } from 'react'
import type { PolicyView } from '../../data/county-data.ts'
import { Key } from '../../hall/Key.tsx'
import { ReportKey } from '../../hall/ReportKey.tsx'
import type { AskSubject } from '../../navigation/report.ts'
import { useText } from '../../text/use-text.tsx'
import type { Visit } from '../screen.ts'
import { versionBeside } from './version-beside.ts'

export interface PolicyKeysProps {
  view: PolicyView
  subject: AskSubject
  visit: Visit
  fundsShown: boolean
  onFunds: () => void
}

export function PolicyKeys(props: PolicyKeysProps): ReactNode {
  const text = useText()
  const { view, visit } = props
  const pair = versionBeside(view.document, view.versions)
  const none = view.funds.length === 0
  return (
    <>
      <Key
        icon="scales"
        word={text(pair === null ? 'policies.noOther' : 'policies.compare')}
        dashed={pair === null}
        onTap={() => {
          if (pair !== null) visit.go({ screen: 'policy-versions', ...pair })
        }}
      />
      <Key
        icon={props.fundsShown ? 'document' : 'coin'}
        word={text(none ? 'policies.noFunds' : props.fundsShown ? 'policies.backToText' : 'policies.funds')}
        dashed={none}
        onTap={props.onFunds}
      />
      <ReportKey subject={props.subject} word={text('report.thisPolicy')} layout="row" />
    </>
  )
}
