// Where a figure comes from (P8): file and row, who imported it, who approved it or that nobody has, which release.
// Only published cells are told, never the sheet itself.
import type { ReactNode } from 'react'
import type { OriginRow } from '../../sync/contract/rows.ts'
import { longDay } from '../text/dates.ts'
import { useText } from '../text/use-text.tsx'
import { useFrame } from './frame-value.tsx'
import { Fact } from './Row.tsx'

/** `origin` null: the list of origins isn't here yet. `row` as a spreadsheet shows it, from 1. */
export function OriginFacts(props: { origin: OriginRow | null; row: number }): ReactNode {
  const text = useText()
  const { record } = useFrame()
  const { origin } = props
  if (origin === null) return <p className="second">{text('hall.pendingMore')}</p>
  const day = (value: string): string => longDay(value, text.language)
  return (
    <dl className="stack">
      <Fact name={text('finance.originFile')}>{text('finance.originRow', { file: origin.file, row: props.row })}</Fact>
      <Fact name={text('finance.originImported')}>
        {text('finance.originBy', { who: origin.importedBy, day: day(origin.importedOn) })}
      </Fact>
      <Fact name={text('finance.originApproved')}>
        {origin.approvedBy === ''
          ? text('hall.notReviewed')
          : text('finance.originBy', {
              who: origin.approvedBy,
              day: origin.approvedOn === null ? text('finance.dayUnknown') : day(origin.approvedOn),
            })}
      </Fact>
      {record === null ? null : (
        <Fact name={text('finance.originRelease')}>{text('hall.issue', { number: record.number })}</Fact>
      )}
      {origin.sample ? <Fact name={text('finance.originKind')}>{text('hall.sample')}</Fact> : null}
    </dl>
  )
}
