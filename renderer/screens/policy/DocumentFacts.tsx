// The document's own data and where it comes from (P8). What the source doesn't say is said to be not written.
import { type ReactNode, useState } from 'react'
import type { Day, DocumentRow } from '../../../sync/contract/rows.ts'
import type { CountyData } from '../../data/county-data.ts'
import { Key } from '../../hall/Key.tsx'
import { OriginFacts } from '../../hall/OriginFacts.tsx'
import { Fact } from '../../hall/Row.tsx'
import { Ruled, SectionHead } from '../../hall/SectionHead.tsx'
import { useValue } from '../../hall/use-answer.ts'
import { longDay } from '../../text/dates.ts'
import { useText } from '../../text/use-text.tsx'

export function DocumentFacts(props: { document: DocumentRow; data: CountyData }): ReactNode {
  const text = useText()
  const { document } = props
  const [open, setOpen] = useState(false)
  const words = (value: string): string => (value === '' ? text('policies.notWritten') : value)
  const day = (value: Day | null): string =>
    value === null ? text('policies.notWritten') : longDay(value, text.language)
  return (
    <section className="stack">
      <SectionHead title={text('policies.facts')} />
      <dl className="stack">
        <Fact name={text('policies.issuer')}>{words(document.issuer)}</Fact>
        <Fact name={text('policies.made')}>{day(document.made)}</Fact>
        <Fact name={text('policies.publishedOn')}>{day(document.published)}</Fact>
        <Fact name={text('policies.registration')}>{words(document.registration)}</Fact>
        {document.registrationExpiry === null ? null : (
          <Fact name={text('policies.expiry')}>{day(document.registrationExpiry)}</Fact>
        )}
        {document.history === '' ? null : <Fact name={text('policies.history')}>{document.history}</Fact>}
        <Fact name={text('policies.index')}>{document.index}</Fact>
      </dl>
      <Key icon={open ? 'up' : 'down'} word={text('policies.source')} onTap={() => setOpen(!open)} />
      {open ? (
        <Ruled tone="tea">
          <Origin data={props.data} document={document} />
        </Ruled>
      ) : null}
    </section>
  )
}

function Origin(props: { data: CountyData; document: DocumentRow }): ReactNode {
  const { data, document } = props
  const origin = useValue(() => data.origin(document.origin), [data, document.origin])
  return <OriginFacts origin={origin} row={document.row} />
}
