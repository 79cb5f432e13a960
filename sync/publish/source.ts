// What publication is given: public rows, village by village, after the disclosure rules. sync/county implements it over
// its database; tests implement it over arrays. Rollups, name index, postings and full text are made by publish itself.
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
  FundRow,
  MaskedRow,
  MaskedTotalRow,
  MediaRow,
  NoticeRow,
  OriginRow,
  PaymentRow,
  PeriodRow,
  PersonRow,
  PlaceCode,
  PlaceRow,
  ProjectRow,
} from '../contract/rows.ts'
import type { Payments } from './payments.ts'
import type { VillageBuilder } from './village.ts'

export interface CountyRows {
  places: PlaceRow[]
  catalogue: FundRow[]
  origins: OriginRow[]
  /** Allocations to the county, its departments and its townships. */
  allocations: AllocationRow[]
  maskedTotals: MaskedTotalRow[]
  /** `clauses` and `clauseSeq` are filled in by publish. */
  documents: Omit<DocumentRow, 'clauses' | 'clauseSeq'>[]
  /** Clauses of one document, in order. */
  clausesOf(index: string): ClauseRow[]
  notices: NoticeRow[]
  /** Sealed private answers among decoys. */
  answers: AnswerRow[]
}
export interface TownshipRows {
  /** Allocations to this township's villages. */
  allocations: AllocationRow[]
  projects: ProjectRow[]
  /** Pictures of projects, vouchers and notices that belong to this township. */
  media: MediaRow[]
  assets: AssetRow[]
  contracts: ContractRow[]
  debts: DebtRow[]
}
export interface VillageRows {
  /** By number. */
  people: Omit<PersonRow, 'blocks'>[]
  /** Any order; publish puts them into canonical order. */
  payments: PaymentRow[]
  masked: MaskedRow[]
  periods: PeriodRow[]
  entries: EntryRow[]
}
/** The same with payments by column, as a source of many has them. */
export type VillageGiven = Omit<VillageRows, 'payments'> & {
  payments: Payments
  /** Two readings of a village with the same print have the same rows; left out where the source doesn't know. */
  print?: string
}
/** A source over arrays answers at once, one over a database when it has read. */
type Later<T> = T | Promise<T>

export interface ReleaseSource {
  readonly county: PlaceCode
  /** Last day the data reaches. */
  readonly dataUntil: Day
  readonly sample: boolean
  readonly reviewed: boolean
  /** Years before this one are closed: their payments are compacted to village and year. */
  readonly openYear: number
  countyRows(): Later<CountyRows>
  townships(): Later<PlaceCode[]>
  townshipRows(township: PlaceCode): Later<TownshipRows>
  villages(township: PlaceCode): Later<PlaceCode[]>
  villageRows(village: PlaceCode): Later<VillageGiven>
  /** Where a source builds its villages itself, in other threads: `villageRows` isn't asked then. */
  openBuilder?(): Later<VillageBuilder>
  /** Bytes of a picture by hash. */
  media(hash: string): Later<Uint8Array>
}
