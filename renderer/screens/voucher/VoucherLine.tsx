// One line of a voucher: its fields, its images, its origin. A field that nobody filled in is said to be empty.
import type { ReactNode } from 'react'
import type { EntryRow, Hash } from '../../../sync/contract/rows.ts'
import type { CountyData } from '../../data/county-data.ts'
import { OriginFacts } from '../../hall/OriginFacts.tsx'
import { Fact } from '../../hall/Row.tsx'
import { Ruled, SectionHead } from '../../hall/SectionHead.tsx'
import { StoredPicture } from '../../hall/StoredPicture.tsx'
import { useTap } from '../../hall/tap.ts'
import { useValue } from '../../hall/use-answer.ts'
import { longDay } from '../../text/dates.ts'
import { useText } from '../../text/use-text.tsx'

export interface VoucherLineProps {
  entry: EntryRow
  /** Counted from 1 where the voucher has several lines, else null. */
  number: number | null
  data: CountyData
  onPicture: (hash: Hash, caption: string) => void
}

export function VoucherLine(props: VoucherLineProps): ReactNode {
  const text = useText()
  const { entry, data, number } = props
  const origin = useValue(() => data.origin(entry.origin), [data, entry.origin])
  return (
    <section className="stack">
      {number === null ? null : <SectionHead title={text('finance.line', { number })} />}
      <Fields entry={entry} />
      <SectionHead
        title={text('finance.images')}
        {...(entry.images.length === 0 ? {} : { note: text('finance.imagesNote', { count: entry.images.length }) })}
      />
      <Images {...props} />
      <SectionHead title={text('finance.source')} />
      <Ruled tone="indigo">
        <OriginFacts origin={origin} row={entry.row} />
      </Ruled>
    </section>
  )
}

function Fields(props: { entry: EntryRow }): ReactNode {
  const text = useText()
  const { entry } = props
  const written = (value: string): string => (value === '' ? text('finance.notWritten') : value)
  const account = { code: entry.account, name: entry.accountName, edition: entry.edition }
  return (
    <dl className="stack">
      <Fact name={text('finance.approver')}>{written(entry.approver)}</Fact>
      <Fact name={text('finance.handler')}>{written(entry.handler)}</Fact>
      <Fact name={text('finance.checker')}>{written(entry.checkedBy)}</Fact>
      <Fact name={text('finance.counterpart')}>{written(entry.counterpart)}</Fact>
      <Fact name={text('finance.date')}>{longDay(entry.date, text.language)}</Fact>
      <Fact name={text('finance.class')}>{written(entry.class)}</Fact>
      <Fact name={text('finance.voucherNumber')}>{written(entry.voucher)}</Fact>
      <Fact name={text('finance.account')}>
        {entry.account === '' ? text('finance.notWritten') : text('finance.accountSays', account)}
      </Fact>
    </dl>
  )
}

function Images(props: VoucherLineProps): ReactNode {
  const text = useText()
  const { entry, data } = props
  if (entry.images.length === 0) return <p>{text('finance.noImages')}</p>
  return (
    <div className="voucher-images">
      {entry.images.map((hash, at) => (
        <ImageKey
          key={hash}
          hash={hash}
          caption={text('finance.imageCaption', { summary: entry.summary, number: at + 1 })}
          data={data}
          onPicture={props.onPicture}
        />
      ))}
    </div>
  )
}

function ImageKey(props: { hash: Hash; caption: string } & Pick<VoucherLineProps, 'data' | 'onPicture'>): ReactNode {
  const { hash, caption, data } = props
  const tap = useTap(() => props.onPicture(hash, caption))
  return (
    <button type="button" className="voucher-image" {...tap}>
      <StoredPicture hash={hash} caption={caption} picture={data.picture} />
      <span className="voucher-caption">{caption}</span>
    </button>
  )
}
