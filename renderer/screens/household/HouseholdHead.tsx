// Head of a household: whose it is, the years to choose from, and the sum of the chosen one.
import type { ReactNode } from 'react'
import type { ReleaseRecord } from '../../../sync/contract/release.ts'
import type { HouseholdView } from '../../data/county-data.ts'
import { Amount } from '../../hall/Amount.tsx'
import { Key } from '../../hall/Key.tsx'
import { SunDisc } from '../../hall/Pictogram.tsx'
import { useText } from '../../text/use-text.tsx'
import { changeFrom } from './due.ts'

export interface HouseholdHeadProps {
  view: HouseholdView
  /** null where nothing has been published for it. */
  year: number | null
  record: ReleaseRecord
  onYear: (year: number) => void
}

export function HouseholdHead(props: HouseholdHeadProps): ReactNode {
  const text = useText()
  const { view, year } = props
  const { head, village } = view
  const isHouse = head.kind === '户' || head.kind === '人'
  return (
    <>
      <header className="household-head">
        <SunDisc name={isHouse ? 'house' : 'people'} />
        <div>
          <h1>{isHouse ? text('funds.household', { name: head.name }) : head.name}</h1>
          <p className="household-place">
            {text('funds.householdPlace', {
              township: village.township.name,
              village: village.place.name,
              group: head.group,
            })}
          </p>
        </div>
      </header>
      <div className="household-years">
        {view.years.map((entry) => (
          <Key
            key={entry.year}
            word={text('hall.year', { year: entry.year })}
            note={text('funds.yearPayments', { count: entry.payments.length })}
            chosen={entry.year === year}
            onTap={() => props.onYear(entry.year)}
          />
        ))}
      </div>
      {year === null ? null : <YearSum view={view} year={year} record={props.record} />}
    </>
  )
}

function YearSum(props: { view: HouseholdView; year: number; record: ReleaseRecord }): ReactNode {
  const text = useText()
  const entry = props.view.years.find((candidate) => candidate.year === props.year)
  if (entry === undefined) return null
  return (
    <div className="household-sum">
      <div className="household-sum-line">
        <span>{text('funds.householdSum', { year: props.year })}</span>
        <Amount fen={entry.sum} size="sum" />
      </div>
      <Change view={props.view} year={props.year} record={props.record} />
    </div>
  )
}

/** Compared only between whole years: a year still under way would always look less. */
function Change(props: { view: HouseholdView; year: number; record: ReleaseRecord }): ReactNode {
  const text = useText()
  const { view, year, record } = props
  const now = view.years.find((entry) => entry.year === year)
  const earlier = view.years.find((entry) => entry.year === year - 1)
  if (now === undefined || earlier === undefined || record.dataUntil < `${year}-12-31`) return null
  const percent = changeFrom(earlier.sum, now.sum)
  if (percent === null) return null
  const key = percent === 0 ? 'funds.sameAs' : percent > 0 ? 'funds.moreThan' : 'funds.lessThan'
  return <p className="household-change">{text(key, { year: year - 1, percent: Math.abs(percent) })}</p>
}
