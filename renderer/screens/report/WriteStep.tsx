// Own words, for those who know pinyin: letters, then the character or the word. At most 200 characters; what is written
// lives in the draft alone, the letters in this drawing of the sheet, so that the reset leaves neither (P6).
//
//   letters ─► candidates ─tap─► written, the letters it answers are gone; without letters: digits and marks
import { type ReactNode, useState } from 'react'
import { useFrame } from '../../hall/frame-value.tsx'
import { Key } from '../../hall/Key.tsx'
import { Screen } from '../../hall/Screen.tsx'
import { useValue } from '../../hall/use-answer.ts'
import { useLandscape } from '../../hall/use-landscape.ts'
import { LONGEST_WRITTEN, unwrite, writeOn } from '../../navigation/report.ts'
import { useText } from '../../text/use-text.tsx'
import { type Candidate, candidates, canFollow, cellsOf, pagesOf } from './candidates.ts'
import type { StepProps } from './ReportScreen.tsx'
import { StepHead } from './StepHead.tsx'
import './write.css'

const LETTERS = [...'abcdefghijklmnopqrstuvwxyz']
const MARKS: readonly Candidate[] = [...'，。？0123456789元亩年月日'].map((text) => ({ text, used: 0 }))
/** Cells of a page: three rows of eight, or of six in the largest letters, less 更多字 and what doesn't fit a row's end. */
const CELLS = { 100: 19, 120: 19, 140: 14 } as const

export function WriteStep(props: StepProps): ReactNode {
  const text = useText()
  const beside = useLandscape()
  const [letters, setLetters] = useState('')
  const { draft, visit } = props
  const done = <Key icon="tick" word={text('report.writeDone')} tone="ink" size="big" onTap={visit.back} />
  return (
    <Screen
      name="report"
      aside={
        <>
          <StepHead step={2} title={text('report.writeTitle')} />
          <Sheet written={draft.written} letters={letters} />
          {beside ? <div className="report-keys">{done}</div> : null}
        </>
      }
      {...(beside ? {} : { foot: done })}
    >
      <Offered key={letters} step={props} letters={letters} onLetters={setLetters} />
      <Keyboard step={props} letters={letters} onLetters={setLetters} />
    </Screen>
  )
}

function Sheet(props: { written: string; letters: string }): ReactNode {
  const text = useText()
  const { written, letters } = props
  return (
    <output className="write-sheet">
      <span>
        {written === '' && letters === '' ? <span className="second">{text('report.writeNone')}</span> : written}
        <span className="write-letters">{letters}</span>
        <span className="write-caret" />
      </span>
      <span className="second">{text('report.writeRoom', { count: LONGEST_WRITTEN - [...written].length })}</span>
    </output>
  )
}

interface PadProps {
  step: StepProps
  letters: string
  /** What a tap makes of the letters as they are by then: two quick taps are two letters, drawn or not. */
  onLetters: (change: (was: string) => string) => void
}

/** One page of candidates; drawn anew with other letters, so that it begins at its first page. */
function Offered(props: PadProps): ReactNode {
  const text = useText()
  const frame = useFrame()
  const [page, setPage] = useState(0)
  const { letters, step } = props
  const { change, lexicon: read } = step.reporting
  const lexicon = useValue(read, [read])
  const all = letters === '' ? MARKS : lexicon === null ? [] : candidates(lexicon, letters)
  const pages = pagesOf(all, CELLS[frame.letters.size])
  const take = ({ text: more, used }: Candidate) => {
    change((was) => writeOn(was, more))
    props.onLetters((was) => was.slice(used))
  }
  return (
    <div className="write-offered">
      {(pages[page % Math.max(1, pages.length)] ?? []).map((candidate) => (
        <span key={candidate.text} data-cells={cellsOf(candidate)}>
          <Key word={candidate.text} onTap={() => take(candidate)} />
        </span>
      ))}
      {pages.length < 2 ? null : (
        <span data-cells={2}>
          <Key word={text('report.writeMore')} after="forward" onTap={() => setPage(page + 1)} />
        </span>
      )}
    </div>
  )
}

function Keyboard({ step, letters, onLetters }: PadProps): ReactNode {
  const text = useText()
  const { draft, reporting } = step
  const nothing = letters === '' && draft.written === ''
  const erase = () => (letters === '' ? reporting.change(unwrite) : onLetters((was) => was.slice(0, -1)))
  const clear = () => {
    onLetters(() => '')
    reporting.change((was) => ({ ...was, written: '' }))
  }
  return (
    <div className="write-keys">
      {LETTERS.map((letter) => (
        <Key
          key={letter}
          word={letter.toUpperCase()}
          dashed={!canFollow(letters, letter)}
          onTap={() => onLetters((was) => (canFollow(was, letter) ? was + letter : was))}
        />
      ))}
      <span className="write-wide">
        <Key icon="erase" word={text('report.writeErase')} dashed={nothing} onTap={erase} />
      </span>
      <span className="write-wide">
        <Key word={text('report.writeClear')} dashed={nothing} onTap={clear} />
      </span>
    </div>
  )
}
