// The flow from the top to the village. Each level is one wide key: words, figure, and a bar to scale; the own share is
// lit; the last level is openly magnified.
//
//   source    ▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓░░░
//   county    ▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓
//   townships ▓▓▓ ▓▓ ▓▓▓ ☀ ▓▓ ▓▓▓▓
//               ╱ (dotted trapezium, 放大 26 倍) ╲
//   villages  ▓▓▓▓ ▓▓▓▓▓ ☀☀☀ ▓▓▓▓▓▓
import { type ReactNode, useState } from 'react'
import type { Day, Fen } from '../../../sync/contract/rows.ts'
import { COUNTY } from '../../../sync/contract/tree.ts'
import type { FlowStep, FundFlow } from '../../data/county-data.ts'
import { shortDay } from '../../text/dates.ts'
import type { Text } from '../../text/text.ts'
import { useText } from '../../text/use-text.tsx'
import { Documents } from './Documents.tsx'
import { FlowLevel } from './FlowLevel.tsx'
import type { QuestionProps } from './FundScreen.tsx'
import { magnification, ownSpan, percents, sharesOf, stepOf } from './flow-view.ts'
import { PlaceBar, SourceBar } from './LevelBars.tsx'

export interface FlowChartProps {
  flow: FundFlow
  question: QuestionProps
}

export function FlowChart(props: FlowChartProps): ReactNode {
  const { flow } = props
  const [source, county] = [stepOf(flow, 'source'), stepOf(flow, 'county')]
  const [township, village] = [stepOf(flow, 'township'), stepOf(flow, 'village')]
  return (
    <div className="flow-chart">
      {source === null ? null : <SourceLevel step={source} />}
      {county === null ? null : <CountyLevel step={county} />}
      {township === null ? null : <TownshipLevel step={township} {...props} />}
      {village === null ? null : <VillageLevel step={village} above={township} {...props} />}
    </div>
  )
}

/** The documents that brought the money here open below the level. */
function SourceLevel(props: { step: FlowStep }): ReactNode {
  const text = useText()
  const [open, setOpen] = useState(false)
  const { step } = props
  const parts = percents(step.shares.map((share) => share.amount))
  return (
    <>
      <FlowLevel
        title={step.shares.map((share) => text(`funds.level.${share.level}`)).join(text('funds.and'))}
        says={step.shares
          .map((share, at) => text(`funds.shown.${share.level}`, { percent: parts[at] ?? 0 }))
          .join(text('funds.comma'))}
        amount={step.amount}
        bar={<SourceBar shares={step.shares} />}
        open={open}
        onTap={() => setOpen(!open)}
      />
      {open ? <Documents allocations={step.allocations} /> : null}
    </>
  )
}

/** Those that passed it on within the county, to a department. */
function CountyLevel(props: { step: FlowStep }): ReactNode {
  const text = useText()
  const [open, setOpen] = useState(false)
  const { step } = props
  const first = step.allocations[0]
  const says = first === undefined ? '' : [first.document || text('funds.documentUnknown'), dayOf(first.date, text)]
  return (
    <>
      <FlowLevel
        title={text('hall.county')}
        says={says === '' ? '' : says.join(' ')}
        amount={step.amount}
        band="whole"
        bar={<PlaceBar shares={[{ code: COUNTY, name: '', amount: step.amount, own: false }]} />}
        open={open}
        onTap={() => setOpen(!open)}
      />
      {open ? <Documents allocations={step.allocations} /> : null}
    </>
  )
}

function dayOf(day: Day | null, text: Text): string {
  return day === null ? text('funds.dateUnknown') : shortDay(day, text.language)
}

function TownshipLevel(props: FlowChartProps & { step: FlowStep }): ReactNode {
  const text = useText()
  const { flow, step } = props
  const { place, visit } = props.question.screen
  const shares = sharesOf(step, flow.own.township?.code)
  const own = shares.find((share) => share.own)
  const span = ownSpan(shares)
  const day = step.allocations.find((row) => row.to === own?.code)?.date ?? null
  return (
    <FlowLevel
      title={
        own === undefined
          ? text('funds.townshipsOnly', { count: shares.length })
          : text('funds.townshipLit', { count: shares.length, place: own.name })
      }
      says={day === null ? text('funds.splitSee') : text('funds.splitOn', { day: shortDay(day, text.language) })}
      amount={own?.amount ?? totalOf(step)}
      band={span === null ? 'whole' : span}
      bar={<PlaceBar shares={shares} />}
      onTap={() => visit.go({ screen: 'fund-spread', fund: place.fund, year: place.year, place: COUNTY })}
    />
  )
}

function VillageLevel(props: FlowChartProps & { step: FlowStep; above: FlowStep | null }): ReactNode {
  const text = useText()
  const { flow, step, above } = props
  const { place, visit } = props.question.screen
  const shares = sharesOf(step, flow.own.village?.code)
  const own = shares.find((share) => share.own)
  const from = above === null ? null : ownSpan(sharesOf(above, flow.own.township?.code))
  const township = props.question.village.township
  const words = { township: township.name, count: shares.length, place: own?.name ?? '' }
  return (
    <FlowLevel
      title={own === undefined ? text('funds.villagesOnly', words) : text('funds.villageLit', words)}
      says={from === null ? text('funds.splitSee') : text('funds.magnified', { times: magnification(from) })}
      amount={own?.amount ?? totalOf(step)}
      {...(from === null ? {} : { magnified: from })}
      bar={<PlaceBar shares={shares} pointer />}
      onTap={() => visit.go({ screen: 'fund-spread', fund: place.fund, year: place.year, place: township.code })}
    />
  )
}

function totalOf(step: FlowStep): Fen {
  return step.places.reduce((sum, share) => sum + share.amount, 0)
}
