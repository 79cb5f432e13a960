// Answers that a visit asks for at every step, kept in the page, so that the step is drawn in one paint. Only lists that
// are the same for every villager: no household, no name, no search (P6); a few at a time, and gone with their release.
import type { Question } from './messages.ts'

const KEPT: ReadonlySet<Question> = new Set([
  ...(['places', 'village', 'years', 'funds', 'fundsOf', 'households', 'policyTags', 'policyWords'] as const),
])
/** Answers at once; the least recently asked goes first. A village's wall of names weighs about 200 kB. */
const MOST = 16

type Ask = (question: Question, given: readonly unknown[]) => Promise<unknown>

/** Asks through `ask`, or answers what it answered before. A failure is asked anew. */
export function keeping(ask: Ask): Ask {
  const kept = new Map<string, Promise<unknown>>()
  return (question, given) => {
    if (!KEPT.has(question)) return ask(question, given)
    const key = JSON.stringify([question, ...given])
    const answer = kept.get(key) ?? ask(question, given)
    kept.delete(key)
    kept.set(key, answer)
    answer.catch(() => kept.get(key) === answer && kept.delete(key))
    for (const oldest of kept.keys()) {
      if (kept.size <= MOST) break
      kept.delete(oldest)
    }
    return answer
  }
}
