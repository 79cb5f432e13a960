// Step 2, all of it optional: ready-made phrases, since many can't type; a few words of one's own for those who can; and
// whether to leave a telephone number.
import type { ReactNode } from 'react'
import { Key } from '../../hall/Key.tsx'
import { togglePhrase } from '../../navigation/report.ts'
import type { TextKey } from '../../text/catalogue.ts'
import { useText } from '../../text/use-text.tsx'
import { Contact } from './Contact.tsx'
import type { StepProps } from './ReportScreen.tsx'
import { StepFrame } from './StepFrame.tsx'

const PHRASES = [
  {
    ask: 'report.ask.when',
    short: true,
    phrases: ['report.phrase.thisYear', 'report.phrase.lastYear', 'report.phrase.longAgo', 'report.phrase.everyYear'],
  },
  {
    ask: 'report.ask.who',
    short: true,
    phrases: ['report.phrase.group', 'report.phrase.village', 'report.phrase.township', 'report.phrase.whoUnknown'],
  },
  {
    ask: 'report.ask.more',
    short: false,
    phrases: [
      'report.phrase.papers',
      'report.phrase.witness',
      'report.phrase.many',
      'report.phrase.asked',
      'report.phrase.comeLook',
      'report.phrase.callMe',
    ],
  },
] as const satisfies readonly { ask: TextKey; short: boolean; phrases: readonly TextKey[] }[]

export function DetailsStep(props: StepProps): ReactNode {
  const text = useText()
  const { draft, reporting, visit } = props
  return (
    <StepFrame
      step={2}
      title={text('report.details')}
      shown={props}
      keys={
        <Key
          word={text('report.next')}
          after="forward"
          tone="ink"
          size="big"
          onTap={() => visit.go({ screen: 'report', step: 'look' })}
        />
      }
    >
      {PHRASES.map(({ ask, short, phrases }) => (
        <section key={ask} className="report-group">
          <h2>{text(ask)}</h2>
          <div className="report-phrases" data-short={short ? '' : undefined}>
            {phrases.map((phrase) => (
              <Phrase key={phrase} asked={text(ask)} word={text(phrase)} step={props} />
            ))}
          </div>
        </section>
      ))}
      <Written {...props} />
      <Contact draft={draft} change={reporting.change} />
    </StepFrame>
  )
}

/** The words written so far, or none; they are written on the next sheet. */
function Written({ draft, visit }: StepProps): ReactNode {
  const text = useText()
  const none = draft.written === ''
  return (
    <section className="report-group">
      <h2>{text('report.write')}</h2>
      {none ? null : <p className="report-written">{draft.written}</p>}
      <Key
        icon="words"
        word={text(none ? 'report.writeBegin' : 'report.writeOn')}
        onTap={() => visit.go({ screen: 'report', step: 'write' })}
      />
    </section>
  )
}

/** What goes into the message says its question too: 经手的是：村里. */
function Phrase(props: { asked: string; word: string; step: StepProps }): ReactNode {
  const { draft, reporting } = props.step
  const phrase = `${props.asked}：${props.word}`
  return (
    <Key
      word={props.word}
      chosen={draft.phrases.includes(phrase)}
      onTap={() => reporting.change((was) => togglePhrase(was, phrase))}
    />
  )
}
