// The dateline: how far the data reaches and which release it is. Stale, sample and unreviewed are said here (P3, P9).
import type { ReactNode } from 'react'
import { daysBetween, longDay } from '../text/dates.ts'
import { useText } from '../text/use-text.tsx'
import './dateline.css'
import { useFrame } from './frame-value.tsx'
import { Pictogram } from './Pictogram.tsx'

export function Dateline(): ReactNode {
  const text = useText()
  const { record, today, staleAfterDays } = useFrame()
  if (record === null) return <p className="dateline">{text('hall.noRelease')}</p>
  const days = daysBetween(record.dataUntil, today)
  const stale = days > staleAfterDays
  return (
    <div className="dateline" data-stale={stale ? '' : undefined}>
      <Pictogram name={stale ? 'clock' : 'ticked'} />
      <span className="strong">{text('hall.dataUntil', { day: longDay(record.dataUntil, text.language) })}</span>
      <span>{text('hall.issue', { number: record.number })}</span>
      {/* P3: stale data is dated on screen, never hidden. */}
      {stale ? <span className="strong">{text('hall.stale', { days })}</span> : null}
      <span className="dateline-tags">
        {record.reviewed ? null : <span className="dateline-tag">{text('hall.notReviewed')}</span>}
        {record.sample ? <span className="dateline-tag">{text('hall.sample')}</span> : null}
      </span>
    </div>
  )
}
