// The clauses of two versions beside each other. Only the changes at first; the unchanged ones are one tap away and
// counted, so that nothing is hidden in silence.
import { type ReactNode, useMemo, useState } from 'react'
import type { ClauseRow } from '../../../sync/contract/rows.ts'
import { Chip, type ChipProps } from '../../hall/Chip.tsx'
import { Key } from '../../hall/Key.tsx'
import { useText } from '../../text/use-text.tsx'
import { alignClauses, type ClausePair } from './align.ts'
import { changedPieces, type Piece } from './pieces.ts'

/** Pairs drawn at once. */
const PIECE = 60

export function Comparison(props: { older: readonly ClauseRow[]; newer: readonly ClauseRow[] }): ReactNode {
  const text = useText()
  const [withSame, setWithSame] = useState(false)
  const [shown, setShown] = useState(PIECE)
  const pairs = useMemo(() => alignClauses(props.older, props.newer), [props.older, props.newer])
  const count = (kind: ClausePair['kind']): number => pairs.filter((pair) => pair.kind === kind).length
  const same = count('same') + count('moved')
  const listed = withSame ? pairs : pairs.filter((pair) => pair.kind !== 'same' && pair.kind !== 'moved')
  const sums = { changed: count('changed'), added: count('added'), removed: count('removed'), same }
  return (
    <>
      <p className="strong">{text('policies.sums', sums)}</p>
      <Legend />
      {same === 0 ? null : (
        <Key
          icon={withSame ? 'up' : 'down'}
          word={withSame ? text('policies.hideSame') : text('policies.showSame', { count: same })}
          onTap={() => setWithSame(!withSame)}
        />
      )}
      {listed.length === 0 ? <p>{text('policies.identical')}</p> : null}
      {listed.slice(0, shown).map((pair) => (
        <Pair key={keyOf(pair)} pair={pair} />
      ))}
      {shown >= listed.length ? null : (
        <Key
          icon="down"
          word={text('policies.moreClauses', { count: listed.length - shown })}
          onTap={() => setShown(shown + PIECE)}
        />
      )}
    </>
  )
}

function Legend(): ReactNode {
  const text = useText()
  return (
    <p className="versions-legend">
      <span>{text('policies.legend')}</span>
      <span>
        <del>{text('policies.legendRemoved')}</del>
      </span>
      <span>
        <ins>{text('policies.legendAdded')}</ins>
      </span>
    </p>
  )
}

function keyOf(pair: ClausePair): string {
  return `${'left' in pair ? pair.left.ordinal : ''} ${'right' in pair ? pair.right.ordinal : ''}`
}

const CHIPS: Record<ClausePair['kind'], Pick<ChipProps, 'tone' | 'icon'>> = {
  same: { tone: 'off', icon: 'equals' },
  moved: { tone: 'off', icon: 'equals' },
  changed: { tone: 'warn', icon: 'turning' },
  added: { tone: 'good', icon: 'plussed' },
  removed: { tone: 'bad', icon: 'minused' },
} as const

function Pair(props: { pair: ClausePair }): ReactNode {
  const text = useText()
  const { pair } = props
  return (
    <section className="versions-clause" data-kind={pair.kind} data-more="">
      <p className="versions-clause-head">
        <Chip {...CHIPS[pair.kind]} word={text(`policies.${pair.kind}`)} />
        <span className="strong">{labels(pair, text('policies.preamble'))}</span>
      </p>
      {pair.kind === 'same' || pair.kind === 'moved' ? (
        <p className="versions-text">{pair.right.text}</p>
      ) : (
        <Sides pair={pair} />
      )}
    </section>
  )
}

function labels(pair: ClausePair, preamble: string): string {
  const left = 'left' in pair ? pair.left.label || preamble : null
  const right = 'right' in pair ? pair.right.label || preamble : null
  if (left === null || right === null || left === right) return left ?? right ?? ''
  return `${left} → ${right}`
}

function Sides(props: { pair: Extract<ClausePair, { kind: 'changed' | 'added' | 'removed' }> }): ReactNode {
  const text = useText()
  const { pair } = props
  const pieces = useMemo(() => {
    if (pair.kind === 'changed') return changedPieces(pair.left.text, pair.right.text)
    if (pair.kind === 'added') return { left: null, right: [{ text: pair.right.text, mark: true }] }
    return { left: [{ text: pair.left.text, mark: true }], right: null }
  }, [pair])
  return (
    <div className="versions-sides">
      <Side name={text('policies.older')} pieces={pieces.left} mark="del" />
      <Side name={text('policies.newer')} pieces={pieces.right} mark="ins" />
    </div>
  )
}

function Side(props: { name: string; pieces: readonly Piece[] | null; mark: 'del' | 'ins' }): ReactNode {
  const text = useText()
  const { pieces, mark: Mark } = props
  let at = 0
  const drawn = pieces?.map((piece) => {
    const start = at
    at += piece.text.length
    return piece.mark ? <Mark key={start}>{piece.text}</Mark> : <span key={start}>{piece.text}</span>
  })
  return (
    <div className="versions-text" data-absent={drawn === undefined ? '' : undefined}>
      <span className="versions-side">{props.name}</span>
      <p>{drawn ?? text('policies.notThere', { side: props.name })}</p>
    </div>
  )
}
