// Masked rows of a village: month, surname or 某, amount, status; nothing else exists of them here (P5). Why is one tap away.
import type { ReactNode } from 'react'
import type { MaskedRow } from '../../../sync/contract/rows.ts'
import type { FundSpread } from '../../data/county-data.ts'
import { Amount } from '../../hall/Amount.tsx'
import { StatusChip } from '../../hall/Chip.tsx'
import { Key } from '../../hall/Key.tsx'
import { SayRow } from '../../hall/Row.tsx'
import { SectionHead } from '../../hall/SectionHead.tsx'
import { useValue } from '../../hall/use-answer.ts'
import { shortMonth } from '../../text/dates.ts'
import { useText } from '../../text/use-text.tsx'
import type { QuestionProps } from './FundScreen.tsx'

export interface MaskedListProps {
  masked: NonNullable<FundSpread['masked']>
  question: QuestionProps
}

export function MaskedList(props: MaskedListProps): ReactNode {
  const text = useText()
  const { rows } = props.masked
  const { place, visit } = props.question.screen
  return (
    <section className="stack">
      <Key
        icon="lock"
        word={text('funds.maskedWhy')}
        after="right"
        onTap={() => visit.go({ screen: 'masked-why', fund: place.fund })}
      />
      <div>
        <SectionHead
          title={text('funds.maskedHead')}
          {...(rows.length === 0 ? {} : { note: `${rows.length} ${text('funds.maskedUnit')}` })}
        />
        {rows.length === 0 ? <p className="masked-none">{text('funds.maskedVillageNone')}</p> : null}
        {numbered(rows).map(({ row, key }) => (
          <SayRow
            key={key}
            title={`${row.surname}*`}
            meta={
              <>
                <StatusChip status={row.status} />
                <span>{shortMonth(row.month, text.language)}</span>
              </>
            }
            amount={<Amount fen={row.amount} />}
          />
        ))}
      </div>
      <Totals {...props} />
    </section>
  )
}

/** The rows carry nothing that would tell them apart, by design: their place in the list is all there is. */
function numbered(rows: readonly MaskedRow[]): { row: MaskedRow; key: string }[] {
  return rows.map((row, at) => ({ row, key: String(at) }))
}

function Totals(props: MaskedListProps): ReactNode {
  const text = useText()
  const { data } = props.question.screen
  const places = useValue(() => data.places(), [data])
  const nameOf = (code: string): string => places?.townships.find((township) => township.code === code)?.name ?? code
  if (props.masked.totals.length === 0) return null
  return (
    <div>
      <SectionHead title={text('funds.maskedTotals')} />
      {props.masked.totals.map((total) => (
        <SayRow
          key={total.townships.join()}
          title={total.townships.map(nameOf).join('、')}
          meta={text('funds.maskedTotal', { places: '', year: total.year, payees: total.payees }).trim()}
          amount={<Amount fen={total.amount} />}
        />
      ))}
    </div>
  )
}
