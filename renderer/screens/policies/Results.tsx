// What was found, best fit first: title and excerpt with the hits lit, whether it holds, its number and its day.
import { type ReactNode, useState } from 'react'
import type { Day } from '../../../sync/contract/rows.ts'
import { validityOn } from '../../../sync/core/validity.ts'
import type { CountyData, PolicyHit } from '../../data/county-data.ts'
import { Answered, Said } from '../../hall/Answered.tsx'
import { Key } from '../../hall/Key.tsx'
import { Pictogram } from '../../hall/Pictogram.tsx'
import { SectionHead } from '../../hall/SectionHead.tsx'
import { useTap } from '../../hall/tap.ts'
import { useAnswer } from '../../hall/use-answer.ts'
import { useFirstPiece } from '../../hall/use-first-piece.ts'
import { ValidityChip } from '../../hall/ValidityChip.tsx'
import { longDay } from '../../text/dates.ts'
import { useText } from '../../text/use-text.tsx'
import type { Visit } from '../screen.ts'
import { stretches } from './marks.ts'
import type { Query } from './PoliciesScreen.tsx'

/** Hits shown at once. */
const PIECE = 20

interface ResultsProps {
  data: CountyData
  query: Query
  today: Day
  visit: Visit
}

export function Results(props: ResultsProps): ReactNode {
  const { query } = props
  // A new question starts with its first piece again.
  return <Pieces key={JSON.stringify([query.text, query.tags, query.on])} {...props} />
}

function Pieces(props: ResultsProps): ReactNode {
  const text = useText()
  const [limit, setLimit] = useState(PIECE)
  const { data, query } = props
  const asked = useAnswer(() => data.policies(query, limit), [data, query, limit])
  const all = query.text === '' && query.tags.length === 0 && query.on === null
  return (
    <Answered asked={asked}>
      {({ hits, total }) =>
        total === 0 ? (
          <Said icon="search" head={text('policies.none')} says={text('policies.noneMore')} />
        ) : (
          <section>
            <SectionHead
              title={text(all ? 'policies.all' : 'policies.found', { count: total })}
              {...(all ? {} : { note: text('policies.foundNote') })}
            />
            <Hits hits={hits} {...props} />
            {hits.length >= total ? null : (
              <Key
                icon="down"
                word={text('policies.moreHits', { count: Math.min(PIECE, total - hits.length) })}
                onTap={() => setLimit(limit + PIECE)}
              />
            )}
          </section>
        )
      }
    </Answered>
  )
}

/** Hits that a screen shows without being pushed. */
const IN_SIGHT = 8

function Hits(props: ResultsProps & { hits: readonly PolicyHit[] }): ReactNode {
  const hits = useFirstPiece(props.hits, IN_SIGHT)
  return hits.map((hit) => <Hit key={hit.document.index} {...props} hit={hit} />)
}

function Hit(props: ResultsProps & { hit: PolicyHit }): ReactNode {
  const text = useText()
  const { hit, query, today, visit } = props
  const { document } = hit
  const tap = useTap(() => visit.go({ screen: 'policy', index: document.index, because: null }))
  const day = query.on ?? today
  return (
    <button type="button" className="policy-hit" data-more="" {...tap}>
      <span className="policy-hit-words">
        <span className="policy-hit-title">
          <Lit text={document.title} marks={hit.titleMarks} />
        </span>
        <span className="policy-hit-meta">
          <ValidityChip validity={validityOn(document, day)} then={day !== today} />
          <span>{document.number === '' ? text('policies.noNumber') : document.number}</span>
          <span>
            {document.inForce === null
              ? text('policies.fromUnknown')
              : text('policies.from', { day: longDay(document.inForce, text.language) })}
          </span>
        </span>
        {hit.excerpt === '' || hit.marks.length === 0 ? null : (
          <span className="policy-hit-excerpt">
            {hit.clause === '' ? null : <b>{hit.clause} </b>}
            <Lit text={hit.excerpt} marks={hit.marks} />
          </span>
        )}
      </span>
      <Pictogram name="right" />
    </button>
  )
}

/** The sun falls on the hits; an underline says the same where there are no colours. */
function Lit(props: { text: string; marks: readonly [number, number][] }): ReactNode {
  let at = 0
  return stretches(props.text, props.marks).map((one) => {
    const start = at
    at += one.text.length
    return one.hit ? <mark key={start}>{one.text}</mark> : <span key={start}>{one.text}</span>
  })
}
