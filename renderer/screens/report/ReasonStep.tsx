// Step 1: eight usual reasons for this kind of thing, as pictogram and word. One tap goes on.
import type { ReactNode } from 'react'
import { REASONS, type ReasonId } from '../../../sync/contract/report.ts'
import { Pictogram } from '../../hall/Pictogram.tsx'
import type { PictogramName } from '../../hall/pictograms.ts'
import { useTap } from '../../hall/tap.ts'
import { useText } from '../../text/use-text.tsx'
import type { StepProps } from './ReportScreen.tsx'
import { StepFrame } from './StepFrame.tsx'

const PICTOGRAMS: Readonly<Record<ReasonId, PictogramName>> = {
  'not-received': 'yen',
  'amount-wrong': 'ruler',
  'wrongly-paid': 'person-cross',
  'left-out': 'person-question',
  favours: 'gift',
  delay: 'hourglass',
  incomplete: 'document',
  'never-happened': 'cross',
  'too-dear': 'tag',
  'paper-wrong': 'paper',
  'private-use': 'coin',
  'not-discussed': 'people',
  'bad-work': 'hammer',
  unfinished: 'hourglass',
  unused: 'lock',
  'wages-owed': 'yen',
  'too-cheap': 'tag',
  'rent-unpaid': 'yen',
  'not-followed': 'book',
  'not-told': 'notice',
  refused: 'shield',
  officials: 'scales',
  land: 'land',
  ask: 'question',
  suggest: 'bulb',
}

export function ReasonStep(props: StepProps): ReactNode {
  const text = useText()
  const { draft, reporting, visit } = props
  const choose = (reason: ReasonId) => {
    reporting.change((was) => ({ ...was, reason }))
    visit.go({ screen: 'report', step: 'details' })
  }
  return (
    <StepFrame step={1} title={text('report.which')} shown={props}>
      <div className="report-reasons">
        {REASONS[draft.object.kind].map((reason) => (
          <ReasonKey key={reason} reason={reason} chosen={draft.reason === reason} onTap={() => choose(reason)} />
        ))}
      </div>
      <Secrecy />
    </StepFrame>
  )
}

function ReasonKey(props: { reason: ReasonId; chosen: boolean; onTap: () => void }): ReactNode {
  const text = useText()
  const tap = useTap(props.onTap)
  return (
    <button type="button" className="report-reason" aria-pressed={props.chosen} {...tap}>
      <Pictogram name={PICTOGRAMS[props.reason]} />
      <span>{text(`report.reason.${props.reason}`)}</span>
    </button>
  )
}

/** One promise, and it is true: the envelope is sealed in this page (P4). */
function Secrecy(): ReactNode {
  const text = useText()
  return (
    <section className="report-secret">
      <Pictogram name="lock" />
      <div>
        <h2>{text('report.secretHead')}</h2>
        <p>{text('report.secret')}</p>
      </div>
    </section>
  )
}
