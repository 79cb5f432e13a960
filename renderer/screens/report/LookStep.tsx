// Step 3: all that will be sealed, once more; then one key. A failure to store keeps everything and shows no receipt (P4).
import { type ReactNode, useState } from 'react'
import { codeOf, type ErrorCode } from '../../../sync/contract/errors.ts'
import { Key } from '../../hall/Key.tsx'
import { Pictogram } from '../../hall/Pictogram.tsx'
import { Fact } from '../../hall/Row.tsx'
import { useText } from '../../text/use-text.tsx'
import type { StepProps } from './ReportScreen.tsx'
import { StepFrame } from './StepFrame.tsx'

type Sending = { state: 'not' } | { state: 'sending' } | { state: 'failed'; code: ErrorCode }

export function LookStep(props: StepProps): ReactNode {
  const text = useText()
  const [sending, setSending] = useState<Sending>({ state: 'not' })
  const { draft, reporting, visit } = props
  const busy = sending.state === 'sending'
  const send = () => {
    setSending({ state: 'sending' })
    reporting.send().catch((error: unknown) => setSending({ state: 'failed', code: codeOf(error, 'E-SERVER') }))
  }
  return (
    <StepFrame
      step={3}
      title={text('report.look')}
      shown={props}
      keys={
        <>
          <Key icon="back" word={text('report.change')} size="big" dashed={busy} onTap={visit.back} />
          <Key
            icon="lock"
            word={text(busy ? 'report.sealing' : 'report.seal')}
            tone="ink"
            size="big"
            dashed={busy || draft.reason === null}
            onTap={send}
          />
        </>
      }
    >
      {sending.state === 'failed' ? <Failed code={sending.code} profile={props.profile} /> : null}
      <Said {...props} />
    </StepFrame>
  )
}

function Said({ draft }: StepProps): ReactNode {
  const text = useText()
  const { reason, named, name, contact } = draft
  const said = draft.written === '' ? draft.phrases : [...draft.phrases, draft.written]
  return (
    <dl className="stack report-said">
      <Fact name={text('report.lookReason')}>{reason === null ? '' : text(`report.reason.${reason}`)}</Fact>
      <Fact name={text('report.lookWords')}>
        {said.length === 0 ? text('report.lookNothing') : said.map((phrase) => <p key={phrase}>{phrase}</p>)}
      </Fact>
      <Fact name={text(named ? 'report.lookNamed' : 'report.who')}>
        {named ? `${name} ${contact}`.trim() || text('report.contactNone') : text('report.lookAnonymous')}
      </Fact>
      {draft.object.snapshot.map(({ label, value }) => (
        <Fact key={label} name={label}>
          {value}
        </Fact>
      ))}
    </dl>
  )
}

function Failed(props: { code: ErrorCode; profile: StepProps['profile'] }): ReactNode {
  const text = useText()
  const { officeName: office, officePhone: phone } = props.profile
  return (
    <section className="report-failed" role="alert">
      <Pictogram name="shield" />
      <div>
        <p className="strong">{text(props.code === 'E-QUOTA' ? 'report.failed.room' : 'report.failed.other')}</p>
        <p>{phone === '' ? text('hall.noPhone') : text('report.failed.phone', { office, phone })}</p>
      </div>
    </section>
  )
}
