// One voucher: every published field, its images inside, and where the figure comes from (P8).
import type { ReactNode } from 'react'
import { Answered, Said } from '../../hall/Answered.tsx'
import { ReportKey } from '../../hall/ReportKey.tsx'
import { Screen } from '../../hall/Screen.tsx'
import { voucherSubject } from '../../hall/subjects.ts'
import { useAnswer } from '../../hall/use-answer.ts'
import { useText } from '../../text/use-text.tsx'
import type { ScreenProps } from '../screen.ts'
import { VoucherHead } from './VoucherHead.tsx'
import { VoucherLine } from './VoucherLine.tsx'
import './voucher.css'

export function VoucherScreen(props: ScreenProps<'voucher'>): ReactNode {
  const text = useText()
  const { data, place } = props
  const asked = useAnswer(() => data.month(place.village, place.month), [data, place.village, place.month])
  if (asked.state !== 'here')
    return (
      <Screen name="voucher">
        <Answered asked={asked}>{() => null}</Answered>
      </Screen>
    )
  const { entries, village } = asked.value
  const lines = entries.filter((entry) => entry.voucher === place.voucher)
  const [first] = lines
  if (first === undefined)
    return (
      <Screen name="voucher">
        <Gone />
      </Screen>
    )
  const subject = async () => voucherSubject(text, first, place.village, village, await data.origin(first.origin))
  return (
    <Screen name="voucher" subject={subject} aside={<VoucherHead lines={lines} />}>
      {lines.map((entry, at) => (
        <VoucherLine
          key={entry.row}
          entry={entry}
          number={lines.length === 1 ? null : at + 1}
          data={data}
          onPicture={(hash, caption) => props.visit.go({ screen: 'picture', hash, caption })}
        />
      ))}
      <ReportKey subject={subject} word={text('report.thisVoucher')} layout="row" />
    </Screen>
  )
}

/** A deep link may name a voucher that this release doesn't hold. */
function Gone(): ReactNode {
  const text = useText()
  return <Said icon="question" head={text('hall.none')} says={text('finance.voucherGone')} />
}
