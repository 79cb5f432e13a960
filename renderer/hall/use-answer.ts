// Asks the read side a question and keeps its answer, for as long as the question stays the same.
//
//   waiting ─► here │ pending │ none │ failed ──retry──► waiting
//
// An answer that comes after the question has changed, or after the screen has gone, is dropped.
import { useCallback, useEffect, useRef, useState } from 'react'
import { codeOf, type ErrorCode } from '../../sync/contract/errors.ts'
import type { Answer } from '../data/county-data.ts'

export type Asked<T> =
  | { state: 'waiting' }
  | { state: 'here'; value: T }
  | { state: 'pending' }
  | { state: 'none' }
  | { state: 'failed'; code: ErrorCode; retry: () => void }

/** `deps` are the question: `useAnswer(() => data.month(village, month), [data, village, month])`. */
export function useAnswer<T>(ask: () => Promise<Answer<T>>, deps: readonly unknown[]): Asked<T> {
  const [tries, setTries] = useState(0)
  const [kept, setKept] = useState<{ question: readonly unknown[]; asked: Asked<T> } | null>(null)
  const retry = useCallback(() => setTries((count) => count + 1), [])
  const question = useSame([...deps, tries])
  const latest = useRef(ask)
  useEffect(() => {
    latest.current = ask
  })
  useEffect(() => {
    let wanted = true
    const keep = (asked: Asked<T>) => {
      if (wanted) setKept({ question, asked })
    }
    latest.current().then(keep, (error: unknown) => keep({ state: 'failed', code: codeOf(error, 'E-STORE'), retry }))
    return () => {
      wanted = false
    }
  }, [question, retry])
  if (kept === null) return { state: 'waiting' }
  // More of the same release has come: what is on screen stays until the new answer is here.
  return kept.question === question || sameWords(kept.question, question) ? kept.asked : { state: 'waiting' }
}

/** The same question, only asked of a newer reader. */
function sameWords(was: readonly unknown[], now: readonly unknown[]): boolean {
  return (
    was.length === now.length && was.every((part, at) => Object.is(part, now[at]) || (isData(part) && isData(now[at])))
  )
}

function isData(part: unknown): boolean {
  return typeof part === 'object' && part !== null && 'record' in part
}

/** The same list object for as long as its parts are the same. */
function useSame(parts: readonly unknown[]): readonly unknown[] {
  const [was, setWas] = useState(parts)
  const same = was.length === parts.length && was.every((part, index) => Object.is(part, parts[index]))
  if (!same) setWas(parts)
  return same ? was : parts
}

/** For questions that always have an answer (places, years): `null` while waiting. Failures throw into the page's guard. */
export function useValue<T>(ask: () => Promise<T>, deps: readonly unknown[]): T | null {
  const asked = useAnswer(async () => ({ state: 'here', value: await ask() }) as const, deps)
  return asked.state === 'here' ? asked.value : null
}
