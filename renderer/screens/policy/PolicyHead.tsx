// The head of a policy: in force or not, number, days, title.
import type { ReactNode } from 'react'
import type { Day } from '../../../sync/contract/rows.ts'
import { validityAmong } from '../../../sync/core/validity.ts'
import type { PolicyView } from '../../data/county-data.ts'
import { ValidityChip } from '../../hall/ValidityChip.tsx'
import { longDay } from '../../text/dates.ts'
import { useText } from '../../text/use-text.tsx'

export function PolicyHead(props: { view: PolicyView; today: Day }): ReactNode {
  const text = useText()
  const { document, versions } = props.view
  const day = (value: Day): string => longDay(value, text.language)
  return (
    <header className="policy-head">
      <p className="policy-validity">
        <ValidityChip validity={validityAmong(document, versions, props.today)} />
        <span>{document.number === '' ? text('policies.noNumber') : document.number}</span>
        <span>
          {document.inForce === null
            ? text('policies.fromUnknown')
            : text('policies.from', { day: day(document.inForce) })}
        </span>
        {document.repealed === null ? null : <span>{text('policies.until', { day: day(document.repealed) })}</span>}
      </p>
      <h1>{document.title}</h1>
    </header>
  )
}
