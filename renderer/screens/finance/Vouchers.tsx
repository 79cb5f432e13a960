// The vouchers of a month, largest first: what for, from whom or who approved it, and its image. Shown in pieces, so
// that a month of hundreds opens as fast as one of twenty.
import { type ReactNode, useState } from 'react'
import type { EntryRow, PlaceCode } from '../../../sync/contract/rows.ts'
import type { CountyData, MonthView } from '../../data/county-data.ts'
import { Amount } from '../../hall/Amount.tsx'
import { Key } from '../../hall/Key.tsx'
import { KeyedRow } from '../../hall/KeyedRow.tsx'
import { Pictogram } from '../../hall/Pictogram.tsx'
import { ReportKey } from '../../hall/ReportKey.tsx'
import { SectionHead } from '../../hall/SectionHead.tsx'
import { voucherSubject } from '../../hall/subjects.ts'
import { useFirstPiece } from '../../hall/use-first-piece.ts'
import { shortDay } from '../../text/dates.ts'
import type { Text } from '../../text/text.ts'
import { useText } from '../../text/use-text.tsx'
import type { Visit } from '../screen.ts'

/** Rows drawn at once. */
const PIECE = 40
/** Rows that a screen shows without being pushed, and some. */
const IN_SIGHT = 10

export function Vouchers(props: { view: MonthView; village: PlaceCode; data: CountyData; visit: Visit }): ReactNode {
  const text = useText()
  const [shown, setShown] = useState(PIECE)
  const { entries } = props.view
  const drawn = useFirstPiece(entries, IN_SIGHT).slice(0, shown)
  return (
    <section>
      <SectionHead title={text('finance.vouchers')} note={text('finance.vouchersNote', { count: entries.length })} />
      {drawn.map((entry) => (
        <VoucherRow key={`${entry.voucher} ${entry.row}`} entry={entry} {...props} />
      ))}
      {shown >= entries.length ? null : (
        <Key
          icon="down"
          word={text('finance.moreVouchers', { count: Math.min(PIECE, entries.length - shown) })}
          onTap={() => setShown(shown + PIECE)}
        />
      )}
    </section>
  )
}

interface VoucherRowProps {
  entry: EntryRow
  view: MonthView
  village: PlaceCode
  data: CountyData
  visit: Visit
}

function VoucherRow(props: VoucherRowProps): ReactNode {
  const text = useText()
  const { entry, visit } = props
  const image = entry.images[0]
  const open = (): void =>
    visit.go({ screen: 'voucher', village: props.village, month: entry.month, voucher: entry.voucher })
  const subject = async () =>
    voucherSubject(text, entry, props.village, props.view.village, await props.data.origin(entry.origin))
  return (
    <KeyedRow
      title={entry.summary}
      meta={<span>{said(text, entry)}</span>}
      amount={<Amount fen={entry.amount} showUnit={false} />}
      mark={<DirectionMark direction={entry.direction} />}
      keys={
        <>
          <Key
            icon="picture"
            word={text(image === undefined ? 'finance.noImage' : 'finance.look')}
            layout="stack"
            dashed={image === undefined}
            onTap={() => {
              if (image !== undefined) visit.go({ screen: 'picture', hash: image, caption: entry.summary })
            }}
          />
          <ReportKey subject={subject} />
        </>
      }
      onTap={open}
    />
  )
}

/** 9月5日，乡财政所拨付: the day, and for income where it came from, for expense who approved it. */
function said(text: Text, entry: EntryRow): string {
  const day = shortDay(entry.date, text.language)
  const comma = text.language === 'en' ? ', ' : '，'
  if (entry.direction === 'income' && entry.counterpart !== '')
    return `${day}${comma}${text('finance.givenBy', { who: entry.counterpart })}`
  if (entry.approver === '') return `${day}${comma}${text('finance.approverUnknown')}`
  return `${day}${comma}${text('finance.approvedBy', { who: entry.approver })}`
}

/** ＋ 收 or － 支: sign and word, so that the colour isn't needed. */
function DirectionMark(props: { direction: EntryRow['direction'] }): ReactNode {
  const text = useText()
  const income = props.direction === 'income'
  return (
    <span className="direction-mark" data-direction={props.direction}>
      <Pictogram name={income ? 'plus' : 'minus'} />
      {text(income ? 'finance.incomeShort' : 'finance.expenseShort')}
    </span>
  )
}
