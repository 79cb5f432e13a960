// The text: first the clauses that concern the payment one came from, lit and labelled; then all of it, nothing hidden.
// Shown in pieces, because a code has a thousand clauses and a tap must be answered at once.
import { type ReactNode, useState } from 'react'
import type { ClauseRow, FundCode } from '../../../sync/contract/rows.ts'
import type { PolicyView } from '../../data/county-data.ts'
import { Key } from '../../hall/Key.tsx'
import { Ruled, SectionHead } from '../../hall/SectionHead.tsx'
import { useFirstPiece } from '../../hall/use-first-piece.ts'
import { useText } from '../../text/use-text.tsx'

/** Clauses drawn at once. */
const PIECE = 60
/** Clauses that a screen shows without being pushed, and some. */
const IN_SIGHT = 12

export function PolicyText(props: { view: PolicyView; because: FundCode | null }): ReactNode {
  const text = useText()
  const { clauses } = props.view
  const lit = clauses.filter((clause) => isLit(clause, props.because))
  const count = clauses.filter((clause) => clause.label !== '').length
  if (clauses.length === 0) return <p>{text('policies.noClauses')}</p>
  return (
    <>
      {lit.length === 0 ? null : (
        <section className="policy-clauses">
          <SectionHead title={text('policies.text')} note={text('policies.litCount', { count, lit: lit.length })} />
          {lit.map((clause) => (
            <LitClause key={clause.ordinal} clause={clause} />
          ))}
        </section>
      )}
      <Whole clauses={clauses} count={count} because={props.because} first={lit.length === 0} />
    </>
  )
}

function isLit(clause: ClauseRow, because: FundCode | null): boolean {
  return because !== null && clause.funds.includes(because)
}

function Whole(props: {
  clauses: readonly ClauseRow[]
  count: number
  because: FundCode | null
  first: boolean
}): ReactNode {
  const text = useText()
  const [shown, setShown] = useState(PIECE)
  const { clauses } = props
  const drawn = useFirstPiece(clauses, IN_SIGHT).slice(0, shown)
  return (
    <section className="policy-clauses">
      <SectionHead
        title={text(props.first ? 'policies.text' : 'policies.whole')}
        {...(props.count === 0 ? {} : { note: text('policies.clauseCount', { count: props.count }) })}
      />
      {drawn.map((clause, at) => (
        <div key={clause.ordinal} className="policy-clause">
          {clause.chapter !== '' && clause.chapter !== clauses[at - 1]?.chapter ? <h3>{clause.chapter}</h3> : null}
          {isLit(clause, props.because) ? <LitClause clause={clause} /> : <Clause clause={clause} />}
        </div>
      ))}
      {shown >= clauses.length ? null : (
        <Key
          icon="down"
          word={text('policies.moreClauses', { count: clauses.length - shown })}
          onTap={() => setShown(shown + PIECE * 2)}
        />
      )}
    </section>
  )
}

function LitClause(props: { clause: ClauseRow }): ReactNode {
  const text = useText()
  return (
    <Ruled tone="sun">
      <p className="lit-label">
        <span>{text('policies.litLabel')}</span>
      </p>
      <Clause clause={props.clause} />
    </Ruled>
  )
}

function Clause(props: { clause: ClauseRow }): ReactNode {
  const { label, text } = props.clause
  return (
    <p className="clause">
      {label === '' ? null : <b>{label}　</b>}
      {text}
    </p>
  )
}
