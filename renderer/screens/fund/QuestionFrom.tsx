// First question: where the money came from. One plain sentence, the village's share, and the flow from the top down.
import type { ReactNode } from 'react'
import type { FundFlow } from '../../data/county-data.ts'
import { Amount } from '../../hall/Amount.tsx'
import { Answered } from '../../hall/Answered.tsx'
import { useAnswer } from '../../hall/use-answer.ts'
import type { Text } from '../../text/text.ts'
import { useText } from '../../text/use-text.tsx'
import { FlowChart } from './FlowChart.tsx'
import type { QuestionProps } from './FundScreen.tsx'
import { stepOf } from './flow-view.ts'

export function QuestionFrom(props: QuestionProps): ReactNode {
  const text = useText()
  const { data, place } = props.screen
  const village = props.village.place
  const asked = useAnswer(
    () => data.fundFlow(place.fund, place.year, village.code),
    [data, place.fund, place.year, village.code],
  )
  return (
    <Answered asked={asked} none={text('funds.flowNone', { year: place.year })}>
      {(flow) => (
        <section className="flow">
          <p className="flow-says">{sentence(flow, text)}</p>
          <OwnShare flow={flow} name={village.name} />
          <FlowChart flow={flow} question={props} />
        </section>
      )}
    </Answered>
  )
}

/** '中央和省拨下来，县里分到乡，乡里分到村。': only what is published is said. */
function sentence(flow: FundFlow, text: Text): string {
  const source = stepOf(flow, 'source')
  const levels = source?.shares.map((share) => text(`funds.level.${share.level}`)) ?? []
  const said = [
    levels.length === 0 ? null : text('funds.flowSource', { sources: levels.join(text('funds.and')) }),
    stepOf(flow, 'township') === null ? null : text('funds.flowTownship'),
    stepOf(flow, 'village') === null ? null : text('funds.flowVillage'),
  ]
  return said.filter((part) => part !== null).join(text('funds.comma')) + text('funds.stop')
}

/** A share that isn't published is said to be so: never a zero. */
function OwnShare(props: { flow: FundFlow; name: string }): ReactNode {
  const text = useText()
  const code = props.flow.own.village?.code
  const own = stepOf(props.flow, 'village')?.places.find((share) => share.place.code === code)
  if (own === undefined) return <p className="second">{text('funds.villageGotNone', { village: props.name })}</p>
  return (
    <p className="own-share">
      <span>{text('funds.villageGot', { village: props.name })}</span>
      <Amount fen={own.amount} unit="auto" />
    </p>
  )
}
