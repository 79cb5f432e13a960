// What a visit holds of a message that is being put together, and of the receipt that follows. Both live in the chart's
// context and nowhere else, so that the reset drops them (P6). Pure.
//
//   begin ─► draft ─reason─► details ─► last look ─sealed and stored (P4)─► receipt, draft gone ─60 s or noted─► gone
import type { PrintRequest, PrivateAnswer, ReasonId, ReportedObject } from '../../sync/contract/report.ts'
import type { PlaceCode } from '../../sync/contract/rows.ts'

/** The thing that a report key stands on. The app adds the release on screen, and the place where it is null. */
export interface ReportSubject {
  object: Omit<ReportedObject, 'release' | 'place'> & { place: PlaceCode | null }
  /** Names that stand on the screen beside it: one of them may be the villager's own. */
  names: readonly string[]
}

/** Asked for at the tap only: its origin may have to be read first. */
export type AskSubject = () => ReportSubject | Promise<ReportSubject>

export interface ReportDraft {
  object: ReportedObject
  names: readonly string[]
  reason: ReasonId | null
  /** Ready-made phrases that were tapped, in the order of the screen. */
  phrases: readonly string[]
  /** The villager's own words, written with the pinyin keys; '' where none. */
  written: string
  /** false: anonymous, as it starts. */
  named: boolean
  name: string
  /** Digits of a telephone number. */
  contact: string
}

/** What the receipt screen shows. Whether it was a report or a question, it doesn't know. */
export interface Receipt {
  id: string
  queryCode: string
  secondsLeft: number
}

/** Seconds for which a receipt stays, unless noted before. */
export const RECEIPT_SECONDS = 60
/** Digits of a telephone number, at most. */
export const LONGEST_CONTACT = 15

/** Characters of the villager's own words, at most. */
export const LONGEST_WRITTEN = 200

/** What a tap makes of the draft as it is by then: two quick taps are two changes, drawn or not. */
export type ChangeDraft = (draft: ReportDraft) => ReportDraft

export function newDraft(object: ReportedObject, names: readonly string[]): ReportDraft {
  return { object, names, reason: null, phrases: [], written: '', named: false, name: '', contact: '' }
}

/** The phrase is tapped: taken, or taken back. */
export function togglePhrase(draft: ReportDraft, phrase: string): ReportDraft {
  const has = draft.phrases.includes(phrase)
  return { ...draft, phrases: has ? draft.phrases.filter((one) => one !== phrase) : [...draft.phrases, phrase] }
}

/** More is written; what goes past the limit is left out. */
export function writeOn(draft: ReportDraft, text: string): ReportDraft {
  return { ...draft, written: [...draft.written, ...text].slice(0, LONGEST_WRITTEN).join('') }
}

/** The last character is taken back. */
export function unwrite(draft: ReportDraft): ReportDraft {
  return { ...draft, written: [...draft.written].slice(0, -1).join('') }
}

/** A report key with nothing particular under it: the door, and the key of the low bar. */
export const NOTHING_PARTICULAR: ReportSubject = {
  object: { kind: 'none', place: null, snapshot: [], origin: null },
  names: [],
}

/** What a screen may do about messages; null on a terminal that can't take any. */
export interface Reporting {
  draft: ReportDraft | null
  receipt: Receipt | null
  begin(subject: ReportSubject): void
  change(change: ChangeDraft): void
  /** Seals the draft and gives it to the host; the receipt follows. Errors: E-QUOTA and others; the draft stays. */
  send(): Promise<void>
  /** The receipt has been noted: it goes at once. */
  noted(): void
  /** What the pinyin keys offer; read when they are first shown. One function for good. */
  readonly lexicon: () => Promise<Lexicon>
  /** null without a printer. */
  print: ((request: PrintRequest) => Promise<void>) | null
  /** Whether the office is reachable now. */
  online: boolean
}

/** A word of the list and its toneless pinyin. */
export type ListedWord = readonly [word: string, pinyin: string]
/** Characters by toneless syllable ('lv' for 绿), the frequent ones first; words in the order in which they are offered. */
export interface Lexicon {
  characters: Readonly<Record<string, string>>
  words: readonly ListedWord[]
}
/** Finding private answers, offline. */
export interface AnswerBox {
  /** One function for good: what asks for it again is another list. */
  readonly words: () => Promise<readonly ListedWord[]>
  /** The answer to a query code: 'none' where no answer of this release opens by it. Takes about a second. */
  open(queryCode: string): Promise<PrivateAnswer | 'none' | 'pending'>
}
