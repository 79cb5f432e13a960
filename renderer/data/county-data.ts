// The questions a screen may ask, and nothing else: the read side's interface. Answers come out of one release.
// `pending` means that part is still being received (还在接收); `none` that nothing has been published there, which
// is never shown as zero. Money in fen.

import type { ReleaseRecord } from '../../sync/contract/release.ts'
import type {
  AllocationRow,
  AnswerRow,
  AssetRow,
  ClauseRow,
  ContractRow,
  Day,
  DebtRow,
  DocumentRow,
  EntryRow,
  Fen,
  FundCode,
  FundRow,
  Hash,
  MaskedRow,
  MaskedTotalRow,
  Month,
  NoticeRow,
  OriginRow,
  PaymentRow,
  PeriodRow,
  PersonRow,
  PlaceCode,
  PlaceRow,
  ProjectRow,
  RollupRow,
} from '../../sync/contract/rows.ts'
import type { Words } from './words.ts'

export type Answer<T> = { state: 'here'; value: T } | { state: 'pending' } | { state: 'none' }

export interface Village {
  place: PlaceRow
  township: PlaceRow
}
/** A payment with the words a screen needs. */
export interface PaymentView {
  row: PaymentRow
  fund: FundRow
  person: PersonRow
  /** Title and index of the policy it rests on; null where not given or not published. */
  policy: { index: string; title: string; number: string } | null
  origin: OriginRow | null
}
export interface HouseholdView {
  head: PersonRow
  members: PersonRow[]
  village: Village
  /** Newest year first; years that the release has for this household. */
  years: { year: number; sum: Fen; payments: PaymentView[] }[]
}
/** A name on the wall, with what narrows it. */
export interface HouseholdName {
  head: PersonRow
  group: string
  surname: string
}
export interface FundYear {
  fund: FundRow
  year: number
  /** Years that have any data for this fund, newest first. */
  years: number[]
  policy: DocumentRow | null
}
export interface FlowStep {
  level: 'source' | 'county' | 'township' | 'village'
  amount: Fen
  /** For 'source': shares by level of government. */
  shares: { level: '中央' | '省' | '市' | '县'; amount: Fen }[]
  /** Shares by receiving place, canonical order; for the last two levels. */
  places: { place: PlaceRow; amount: Fen }[]
  allocations: AllocationRow[]
}
/** First question: where the money came from. Steps whose money is not published are left out, never zero. */
export interface FundFlow {
  steps: FlowStep[]
  own: { township: PlaceRow | null; village: PlaceRow | null }
}
/** Second question: where it went. */
export interface FundSpread {
  /** By township (whole county) or by village (one township) or by month (one village). */
  rows: { place: PlaceRow | null; month: Month | ''; rollup: RollupRow }[]
  masked: { rows: MaskedRow[]; totals: MaskedTotalRow[] } | null
}
export interface MonthView {
  village: Village
  period: PeriodRow
  before: PeriodRow | null
  yearBefore: PeriodRow | null
  /** Months published, newest first. */
  months: Month[]
  income: { class: string; amount: Fen; before: Fen | null; yearBefore: Fen | null }[]
  expense: { class: string; amount: Fen; before: Fen | null; yearBefore: Fen | null }[]
  /** Largest first. */
  entries: EntryRow[]
  /** True when opening + income − expense = closing, and the entries add up to both. */
  adds: boolean
}
export interface PolicyView {
  document: DocumentRow
  clauses: ClauseRow[]
  versions: DocumentRow[]
  funds: FundRow[]
}
export interface PolicyHit {
  document: DocumentRow
  /** Text around the first hit, with the hit's place in it. */
  excerpt: string
  /** [start, end) pairs in `excerpt`. */
  marks: [number, number][]
  titleMarks: [number, number][]
  clause: string
}
export interface PolicyQuery {
  text: string
  tags: { dimension: string; value: string }[]
  /** Only what was in force on that day; null for all. */
  on: Day | null
}

export interface CountyData {
  readonly record: ReleaseRecord
  places(): Promise<{ county: PlaceRow; townships: PlaceRow[]; villages: PlaceRow[] }>
  village(code: PlaceCode): Promise<Village | null>

  funds(): Promise<Answer<FundRow[]>>
  /** Funds with money in that village (or township, or county) in that year, largest first, with its sum. */
  fundsOf(place: PlaceCode, year: number): Promise<Answer<{ fund: FundRow; sum: RollupRow }[]>>
  /** Years with payments, newest first. */
  years(): Promise<number[]>
  fund(fund: FundCode, year: number): Promise<Answer<FundYear>>
  fundFlow(fund: FundCode, year: number, village: PlaceCode): Promise<Answer<FundFlow>>
  /** `place`: county → by township; township → by village; village → by month. */
  fundSpread(fund: FundCode, year: number, place: PlaceCode): Promise<Answer<FundSpread>>
  /** The village's list, each payment, by person and day. */
  fundPayments(fund: FundCode, year: number, village: PlaceCode): Promise<Answer<PaymentView[]>>
  projects(fund: FundCode, year: number, village: PlaceCode | null): Promise<Answer<ProjectRow[]>>
  project(code: string): Promise<Answer<ProjectRow>>

  /** Wall of names of a village: households, by group. */
  households(village: PlaceCode): Promise<Answer<HouseholdName[]>>
  household(village: PlaceCode, head: number): Promise<Answer<HouseholdView>>
  /** Villages where a name stands, own township first; for a search over the county. */
  findName(name: string): Promise<Answer<{ village: Village; heads: PersonRow[] }[]>>

  /** Newest published month, or the chosen one. */
  month(village: PlaceCode, month: Month | null): Promise<Answer<MonthView>>
  assets(village: PlaceCode): Promise<Answer<AssetRow[]>>
  contracts(village: PlaceCode): Promise<Answer<ContractRow[]>>
  debts(village: PlaceCode): Promise<Answer<DebtRow[]>>

  policyTags(): Promise<Answer<{ dimension: string; values: { value: string; count: number }[] }[]>>
  /** Words to tap instead of typing, and years, out of the titles and tags of what holds and is newest. */
  policyWords(): Promise<Words>
  /** Ranked hits; every hit is verified against the text. */
  policies(query: PolicyQuery, limit: number): Promise<Answer<{ hits: PolicyHit[]; total: number }>>
  policy(index: string): Promise<Answer<PolicyView>>
  notices(place: PlaceCode | null): Promise<Answer<NoticeRow[]>>
  /** The private answer under a label (`core/report-answer.ts`), sealed. */
  answer(label: string): Promise<Answer<AnswerRow>>

  origin(id: number): Promise<OriginRow | null>
  /** Object for an <img>; null where this terminal doesn't keep it. */
  picture(hash: Hash): Promise<Uint8Array | null>
}
