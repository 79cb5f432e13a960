// One voucher: every published field, its images inside, and where the figure comes from (P8).
import type { ReactNode } from 'react'
import { Answered, Said } from '../../hall/Answered.tsx'
import { Screen } from '../../hall/Screen.tsx'
import { useAnswer } from '../../hall/use-answer.ts'
import { useText } from '../../text/use-text.tsx'
import type { ScreenProps } from '../screen.ts'
import { VoucherHead } from './VoucherHead.tsx'
import { VoucherLine } from './VoucherLine.tsx'
import './voucher.css'

export function VoucherScreen(props: ScreenProps<'voucher'>): ReactNode {
  const { data, place } = props
  const asked = useAnswer(() => data.month(place.village, place.month), [data, place.village, place.month])
  if (asked.state !== 'here')
    return (
      <Screen name="voucher">
        <Answered asked={asked}>{() => null}</Answered>
      </Screen>
    )
  const lines = asked.value.entries.filter((entry) => entry.voucher === place.voucher)
  return (
    <Screen name="voucher" aside={<VoucherHead lines={lines} />}>
      {lines.length === 0 ? <Gone /> : null}
      {lines.map((entry, at) => (
        <VoucherLine
          key={entry.row}
          entry={entry}
          number={lines.length === 1 ? null : at + 1}
          data={data}
          onPicture={(hash, caption) => props.visit.go({ screen: 'picture', hash, caption })}
        />
      ))}
    </Screen>
  )
}

/** A deep link may name a voucher that this release doesn't hold. */
function Gone(): ReactNode {
  const text = useText()
  return <Said icon="question" head={text('hall.none')} says={text('finance.voucherGone')} />
}
