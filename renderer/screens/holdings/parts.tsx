// Parts that the three tabs share: a fact that is an amount, and the origin of a row (P8), and its report key.
import type { ReactNode } from 'react'
import type { Fen, OriginRow, PlaceCode, Sourced } from '../../../sync/contract/rows.ts'
import type { CountyData, Village } from '../../data/county-data.ts'
import { Amount } from '../../hall/Amount.tsx'
import { OriginFacts } from '../../hall/OriginFacts.tsx'
import { ReportKey } from '../../hall/ReportKey.tsx'
import { SectionHead } from '../../hall/SectionHead.tsx'
import { useValue } from '../../hall/use-answer.ts'
import type { ReportSubject } from '../../navigation/report.ts'
import type { TextKey } from '../../text/catalogue.ts'
import type { Text } from '../../text/text.ts'
import { useText } from '../../text/use-text.tsx'

export function FactAmount(props: { name: string; fen: Fen; strong?: boolean }): ReactNode {
  return (
    <div className="fact-amount" data-strong={props.strong === true ? '' : undefined}>
      <dt>{props.name}</dt>
      <dd>
        <Amount fen={props.fen} />
      </dd>
    </div>
  )
}

interface HoldingKeyProps<Row> {
  data: CountyData
  row: Row
  subjectOf: (text: Text, row: Row, village: Village | null, origin: OriginRow | null) => ReportSubject
  /** The long key of an opened row; without it, the small one beside the head. */
  word?: TextKey
}

/** The report key of a row of 三资: its village and origin are read at the tap only. */
export function HoldingKey<Row extends Sourced & { village: PlaceCode }>(props: HoldingKeyProps<Row>): ReactNode {
  const text = useText()
  const { data, row, subjectOf, word } = props
  const subject = async () => {
    const [village, origin] = await Promise.all([data.village(row.village), data.origin(row.origin)])
    return subjectOf(text, row, village, origin)
  }
  return <ReportKey subject={subject} {...(word === undefined ? {} : { word: text(word), layout: 'row' })} />
}

export function RowOrigin(props: { data: CountyData; origin: number; row: number }): ReactNode {
  const text = useText()
  const { data, origin } = props
  const found = useValue(() => data.origin(origin), [data, origin])
  return (
    <>
      <SectionHead title={text('finance.source')} />
      <OriginFacts origin={found} row={props.row} />
    </>
  )
}
