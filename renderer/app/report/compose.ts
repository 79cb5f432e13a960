// From a draft to the message that is sealed. Pure: numbers and words come from random bytes that are given.
import type { TerminalProfile } from '../../../sync/contract/host-api.ts'
import { MAX_WORDS, messageKindOf, type ReportedObject, type ReportMessage } from '../../../sync/contract/report.ts'
import { COUNTY } from '../../../sync/contract/tree.ts'
import type { ReportDraft, ReportSubject } from '../../navigation/report.ts'

export interface Codes {
  /** Receipt number. */
  id: string
  queryCode: string
}

/** Errors: a draft without a reason can't be sent; the screens offer no way to. */
export function messageOf(draft: ReportDraft, codes: Codes, terminal: string, day: string): ReportMessage {
  if (draft.reason === null) throw new Error('Expected a draft with a reason, got one without')
  return {
    format: 1,
    id: codes.id,
    queryCode: codes.queryCode,
    kind: messageKindOf(draft.reason),
    object: draft.object,
    reason: draft.reason,
    words: [...draft.phrases, draft.written]
      .filter((part) => part !== '')
      .join('；')
      .slice(0, MAX_WORDS),
    named: draft.named ? { name: draft.name, contact: draft.contact } : null,
    terminal,
    day,
  }
}

/** A subject with what the screen itself needn't know: the place one is at, and the release on screen. */
export function objectOf(
  { object }: ReportSubject,
  visited: string | null,
  profile: Pick<TerminalProfile, 'village' | 'township'>,
  release: number,
): ReportedObject {
  const place = [object.place, visited, profile.village, profile.township].find((code) => code !== null && code !== '')
  return { ...object, place: place ?? COUNTY, release }
}
