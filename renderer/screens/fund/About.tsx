// What the fund is: who may get it, how, on which policy, and whom to ring.
import type { ReactNode } from 'react'
import { Key } from '../../hall/Key.tsx'
import { Fact } from '../../hall/Row.tsx'
import { SectionHead } from '../../hall/SectionHead.tsx'
import { useText } from '../../text/use-text.tsx'
import type { QuestionProps } from './FundScreen.tsx'

export function About(props: QuestionProps): ReactNode {
  const text = useText()
  const { fund, policy } = props.about
  const { visit } = props.screen
  const said = (words: string): string => words || text('funds.unknown')
  return (
    <section className="stack">
      <SectionHead title={text('funds.about')} />
      <dl className="stack">
        <Fact name={text('funds.eligibility')}>{said(fund.eligibility)}</Fact>
        <Fact name={text('funds.howToApply')}>{said(fund.howToApply)}</Fact>
        <Fact name={text('funds.basis')}>{said(policy?.title ?? '')}</Fact>
        <Fact name={text('funds.contact')}>{said(fund.contactPhone)}</Fact>
        <Fact name={text('funds.complaint')}>{said(fund.complaintPhone)}</Fact>
      </dl>
      {policy === null ? null : (
        <Key
          icon="paper"
          word={text('funds.seePolicy')}
          onTap={() => visit.go({ screen: 'policy', index: policy.index, because: fund.code })}
        />
      )}
    </section>
  )
}
