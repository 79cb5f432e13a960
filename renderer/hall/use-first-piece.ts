// A long list in two paints: what is in sight answers the tap, the rest follows when the browser has painted it (P7).
import { useDeferredValue } from 'react'

/**
 * The first `inSight` of a list at once, and all of it right after. For lists whose component starts anew with each
 * question: a list that changes under it would stay the old one for a paint.
 */
export function useFirstPiece<T>(list: readonly T[], inSight: number): readonly T[] {
  return useDeferredValue(list, list.slice(0, inSight))
}
