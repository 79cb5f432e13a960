// Reading an answer, at any terminal, without a line: five words are picked by their initials; what they open is shown
// here and nowhere kept. Below stand the answers that are public. All of it lives in this drawing of the screen (P6).
//
//   picking (1..5) ─fifth word─► looking ─► found │ none │ pending │ failed ──again──► picking
import { type ReactNode, useState } from 'react'
import type { PrivateAnswer } from '../../../sync/contract/report.ts'
import { CODE_WORDS, joinCode } from '../../../sync/core/report-code.ts'
import { Screen } from '../../hall/Screen.tsx'
import { useValue } from '../../hall/use-answer.ts'
import { useText } from '../../text/use-text.tsx'
import type { ScreenProps } from '../screen.ts'
import './answers.css'
import { FoundAnswer, NotFound } from './FoundAnswer.tsx'
import { PublicAnswers } from './PublicAnswers.tsx'
import { WordPicker } from './WordPicker.tsx'

type Looked =
  | { state: 'picking' | 'looking' | 'none' | 'pending' | 'failed' }
  | { state: 'found'; answer: PrivateAnswer }

export function AnswersScreen(props: ScreenProps<'answers'>): ReactNode {
  const text = useText()
  const { data, visit } = props
  const { picked, looked, pick, unpick, again } = useLookup(props)
  // The list is the same whatever release is on screen: a newer reader must not take away the letters tapped so far.
  const readWords = visit.answers.words
  const words = useValue(readWords, [readWords])
  const { state } = looked
  return (
    <Screen name="answers" topWhen={state}>
      <h1>{text('answers.title')}</h1>
      {state === 'picking' && words !== null ? (
        <WordPicker words={words} picked={picked} onPick={pick} onUnpick={unpick} />
      ) : null}
      {state === 'looking' ? <p>{text('answers.looking')}</p> : null}
      {state === 'found' ? <FoundAnswer answer={looked.answer} onClose={visit.home} /> : null}
      {state === 'none' || state === 'pending' || state === 'failed' ? (
        <NotFound state={state} release={data.record.number} onAgain={again} />
      ) : null}
      {state === 'picking' && picked.length === 0 ? <PublicAnswers data={data} village={visit.village} /> : null}
    </Screen>
  )
}

function useLookup({ visit }: ScreenProps<'answers'>) {
  const [picked, setPicked] = useState<readonly string[]>([])
  const [looked, setLooked] = useState<Looked>({ state: 'picking' })
  const look = (code: readonly string[]) => {
    setLooked({ state: 'looking' })
    // The words are given away here and kept no longer.
    setPicked([])
    visit.answers.open(joinCode(code)).then(
      (answer) => setLooked(typeof answer === 'string' ? { state: answer } : { state: 'found', answer }),
      () => setLooked({ state: 'failed' }),
    )
  }
  return {
    picked,
    looked,
    pick(word: string) {
      const code = [...picked, word]
      if (code.length === CODE_WORDS) look(code)
      else setPicked(code)
    },
    unpick: () => setPicked(picked.slice(0, -1)),
    again: () => setLooked({ state: 'picking' }),
  }
}
