// The thing that is reported, as the screen showed it: nobody has to describe it.
import type { ReactNode } from 'react'
import type { ReportedObject } from '../../../sync/contract/report.ts'
import { useValue } from '../../hall/use-answer.ts'
import { useText } from '../../text/use-text.tsx'
import type { StepProps } from './ReportScreen.tsx'

/** The first two words name it, the amount stands at the right; the rest goes along unseen but for the last look. */
export function Snapshot(props: Pick<StepProps, 'draft' | 'data'>): ReactNode {
  const text = useText()
  const { object } = props.draft
  const [title, ...rest] = object.snapshot
  const amount = rest.find(({ label }) => isAmount(label, text('report.shown.amount'), text('hall.yuan')))
  const where = rest.filter((shown) => shown !== amount).slice(0, 2)
  return (
    <section className="report-snapshot">
      <div>
        <p className="second">{text('report.about')}</p>
        <p className="report-snapshot-title">{title?.value ?? <PlaceName object={object} data={props.data} />}</p>
        <p>{where.map(({ value }) => value).join('，')}</p>
      </div>
      {amount === undefined ? null : (
        <p className="report-snapshot-amount">
          <span>{amount.value}</span> {text('hall.yuan')}
        </p>
      )}
    </section>
  )
}

/** Labels of money end in （元）. */
function isAmount(label: string, amount: string, yuan: string): boolean {
  return label === amount || label.includes(yuan)
}

function PlaceName(props: { object: ReportedObject; data: StepProps['data'] }): ReactNode {
  const text = useText()
  const { object, data } = props
  const places = useValue(() => data.places(), [data])
  if (places === null) return null
  const all = [places.county, ...places.townships, ...places.villages]
  return text('report.aboutPlace', { place: all.find(({ code }) => code === object.place)?.name ?? '' })
}
