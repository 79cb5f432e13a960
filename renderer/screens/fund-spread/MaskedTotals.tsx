// A masked fund over townships: only totals that at least five payees stand behind, merged where fewer would (P5).
import type { ReactNode } from 'react'
import type { CountyData, FundSpread } from '../../data/county-data.ts'
import { Amount } from '../../hall/Amount.tsx'
import { StatusChip } from '../../hall/Chip.tsx'
import { Key } from '../../hall/Key.tsx'
import { SayRow } from '../../hall/Row.tsx'
import { SectionHead } from '../../hall/SectionHead.tsx'
import { useValue } from '../../hall/use-answer.ts'
import { shortMonth } from '../../text/dates.ts'
import { useText } from '../../text/use-text.tsx'

export interface MaskedTotalsProps {
  masked: NonNullable<FundSpread['masked']>
  data: CountyData
  onWhy: () => void
}

export function MaskedTotals(props: MaskedTotalsProps): ReactNode {
  const text = useText()
  const places = useValue(() => props.data.places(), [props.data])
  const nameOf = (code: string): string => places?.townships.find((township) => township.code === code)?.name ?? code
  const { rows, totals } = props.masked
  return (
    <>
      <Key icon="lock" word={text('funds.maskedWhy')} after="right" onTap={props.onWhy} />
      <section>
        <SectionHead title={text('funds.maskedTotals')} />
        {totals.map((total) => (
          <SayRow
            key={total.townships.join()}
            title={total.townships.map(nameOf).join('、')}
            meta={text('funds.maskedTotal', { places: '', year: total.year, payees: total.payees }).trim()}
            amount={<Amount fen={total.amount} />}
          />
        ))}
      </section>
      {rows.length === 0 ? null : (
        <section>
          <SectionHead title={text('funds.maskedHead')} />
          {rows
            .map((row, at) => ({ row, key: String(at) }))
            .map(({ row, key }) => (
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
        </section>
      )}
    </>
  )
}
