// The public rows, as they lie in blocks: what a terminal may know. Built by sync/publish after the disclosure rules
// have been applied by sync/county; read by renderer/data. Money is in fen, quantities in thousandths, dates are
// 'YYYY-MM-DD', months 'YYYY-MM', both null where unknown: unknown stays unknown. Hashes are lower-case hex SHA-256.

/** 'YYYY-MM-DD'. */
export type Day = string
/** 'YYYY-MM'. */
export type Month = string
/** Whole fen, negative for a reversal. */
export type Fen = number
/** Quantity × 1000, whole: 4.20 亩 is 4200. */
export type Milli = number
/** 64 lower-case hex digits. */
export type Hash = string

/** 12 digits for a village, 9 for a township, 6 for the county, 2 for the province, `dept:` + name for a department. */
export type PlaceCode = string
export type FundCode = string

export interface PlaceRow {
  code: PlaceCode
  name: string
  level: 'county' | 'township' | 'village'
  parent: PlaceCode
  /** Pinyin initials of the name without its kind (翁高村 → 'wg'), lower case. */
  initials: string
  /** Number of 村民小组; null where unknown. */
  groups: number | null
}

export type FundLevel = '中央' | '省' | '市' | '县'
export type PayeeKind = '户' | '人' | '主体' | '村'

export interface FundRow {
  code: FundCode
  name: string
  level: FundLevel
  department: string
  class: string
  payee: PayeeKind
  unit: string
  /** Fen a unit; null where it differs by case. */
  standard: Fen | null
  frequency: string
  eligibility: string
  howToApply: string
  /** Index number of the policy it rests on; '' where not given. */
  policy: string
  /** A: totals only. B: the village list. */
  tier: 'A' | 'B'
  masked: boolean
  /** Why names are masked; '' where they aren't. */
  maskReason: string
  contactPhone: string
  complaintPhone: string
}

/** Where a row came from (P8). `origin` in every row that follows is the id of one of these. */
export interface OriginRow {
  id: number
  table: string
  file: string
  importedBy: string
  importedOn: Day
  /** '' where nobody has approved it yet ("not reviewed"). */
  approvedBy: string
  approvedOn: Day | null
  sample: boolean
}
export interface Sourced {
  origin: number
  /** Row in that file, counted from 1 as a spreadsheet shows it. */
  row: number
}

export interface AllocationRow extends Sourced {
  fund: FundCode
  year: number
  document: string
  from: PlaceCode
  to: PlaceCode
  amount: Fen
  central: Fen
  provincial: Fen
  municipal: Fen
  county: Fen
  date: Day | null
}

export interface Goal {
  kind: 'quantity' | 'quality' | 'timeliness' | 'benefit'
  name: string
  target: string
  /** '' while not known. */
  result: string
  /** null while not known. */
  met: boolean | null
}
export interface ProjectRow extends Sourced {
  code: string
  name: string
  fund: FundCode
  year: number
  township: PlaceCode
  village: PlaceCode
  place: string
  content: string
  budget: Fen
  contractor: string
  contractPrice: Fen | null
  paid: Fen
  auditedPrice: Fen | null
  responsible: string
  officePhone: string
  start: Day | null
  end: Day | null
  accepted: Day | null
  acceptance: string
  beneficiaries: string
  goals: Goal[]
  progress: { date: Day; percent: number; note: string }[]
  photos: { stage: 'before' | 'during' | 'after'; media: Hash; date: Day | null }[]
  problems: { found: Day | null; problem: string; repair: string; repaired: Day | null }[]
}

export type PaymentStatus = '已发' | '退回' | '补发' | '冲销'
export interface PaymentRow extends Sourced {
  fund: FundCode
  /** Number in the village's people registry. */
  person: number
  batch: string
  serial: number
  /** Fen a unit; null where the row carries none. */
  standard: Fen | null
  quantity: Milli | null
  unit: string
  due: Fen
  amount: Fen
  date: Day
  status: PaymentStatus
  /** The other date of a 退回 or 补发; null elsewhere. */
  earlier: Day | null
  policy: string
  /** Clause labels of that policy, '第五条、第七条'; '' where not given. */
  clauses: string
}
/** A row of a masked fund: nothing that leads to a person, a household, a batch or a file. */
export interface MaskedRow {
  fund: FundCode
  month: Month
  /** A surname that at least five of the office's roster of the village share, else '某'. Shown as 粟* or 某*. */
  surname: string
  amount: Fen
  status: PaymentStatus
}
/** Money of a masked fund by township and year; townships are merged until at least five payees stand behind it. */
export interface MaskedTotalRow {
  fund: FundCode
  year: number
  townships: PlaceCode[]
  payees: number
  amount: Fen
}
/** The people registry of a village with postings. Numbers are only ever appended. */
export interface PersonRow {
  number: number
  name: string
  /** '' where the roster gives none. */
  group: string
  kind: PayeeKind
  /** Number of the household's head in this registry (its own number for a head). */
  household: number
  /** Relation to the head: '户主', '配偶', …; '' where unknown. */
  relation: string
  /** Hex bitmap: bit i stands for the i-th `payments` block in the village's node. */
  blocks: string
}
/** Sums that make each step of a drill-down one read. `month` is '' for the year's row. Masked funds have none. */
export interface RollupRow {
  place: PlaceCode
  fund: FundCode
  year: number
  month: Month | ''
  payees: number
  rows: number
  amount: Fen
}
/** County-wide index of names: in which villages a name stands. */
export interface NameRow {
  name: string
  villages: PlaceCode[]
}
export interface MediaRow {
  hash: Hash
  length: number
  caption: string
}

export interface PeriodRow extends Sourced {
  month: Month
  opening: Fen
  income: Fen
  expense: Fen
  closing: Fen
  entries: number
  checkedBy: string
  checkedOn: Day | null
  publishedOn: Day | null
}
export interface EntryRow extends Sourced {
  month: Month
  voucher: string
  date: Day
  edition: string
  account: string
  accountName: string
  /** Class on screen: 补助收入, 发包及上交收入, 管理费用, … */
  class: string
  summary: string
  direction: 'income' | 'expense'
  amount: Fen
  counterpart: string
  handler: string
  approver: string
  checkedBy: string
  images: Hash[]
}
export interface AssetRow extends Sourced {
  village: PlaceCode
  number: string
  kind: 'asset' | 'resource'
  class: string
  name: string
  originalValue: Fen | null
  depreciation: Fen | null
  netValue: Fen | null
  landType: string
  /** Thousandths of a mu. */
  area: Milli | null
  boundaries: string
  user: string
}
export interface ContractRow extends Sourced {
  village: PlaceCode
  number: string
  subject: string
  asset: string
  lessee: string
  awarded: string
  start: Day | null
  end: Day | null
  yearlyRent: Fen
  due: Fen
  received: Fen
  owed: Fen
}
export interface DebtRow extends Sourced {
  village: PlaceCode
  number: string
  direction: 'receivable' | 'payable'
  counterpart: string
  reason: string
  amount: Fen
  date: Day | null
  dueDate: Day | null
}

export interface DocumentRow extends Sourced {
  /** Index number: unique in a release. */
  index: string
  title: string
  /** 文号; '' where none. */
  number: string
  issuer: string
  level: string
  topic: string
  made: Day | null
  published: Day | null
  inForce: Day | null
  repealed: Day | null
  /** What the source says of it; what holds on a day is decided from the dates by `core/validity.ts`. */
  validity: 'in-force' | 'repealed' | 'unknown'
  registration: string
  registrationExpiry: Day | null
  /** Versions of one policy share this. */
  work: string
  /** 1 for the oldest known version. */
  version: number
  history: string
  /** Plain words: 谁能领, 领多少, 怎么领, signed by the department; '' where it wrote none. */
  who: string
  howMuch: string
  how: string
  explainedBy: string
  tags: { dimension: string; values: string[] }[]
  funds: FundCode[]
  clauses: number
  /** `seq` of the first `clauses` block that holds its clauses. */
  clauseSeq: number
}
export interface ClauseRow {
  document: string
  ordinal: number
  /** '第五条'; '' for a preamble or a text without clauses. */
  label: string
  /** '第一章 总则'; '' where none. */
  chapter: string
  text: string
  /** Funds that this clause concerns. */
  funds: FundCode[]
}
/** Postings of the policies' full text: character bigram → documents by their position in canonical order. */
export interface BigramRow {
  gram: string
  documents: number[]
}
export interface NoticeRow extends Sourced {
  id: string
  kind: 'news' | 'open-day' | 'answer'
  title: string
  body: string
  date: Day
  /** Place it concerns; the county's code for all. */
  place: PlaceCode
  /** Where and when an open day is held; '' elsewhere. */
  venue: string
  time: string
  contactPhone: string
}
/** A private answer, sealed; decoys look the same. Found by what Argon2id makes of a query code (`report.ts`). */
export interface AnswerRow {
  /** 32 lower-case hex digits. */
  label: string
  /** Compact JWE of a padded `privateAnswer`. */
  sealed: string
}

/** Row type of each block kind. */
export interface Rows {
  places: PlaceRow
  catalogue: FundRow
  origins: OriginRow
  allocations: AllocationRow
  projects: ProjectRow
  payments: PaymentRow
  masked: MaskedRow
  'masked-totals': MaskedTotalRow
  people: PersonRow
  rollup: RollupRow
  /** As releases before `name-index` have it, in the county's part; no longer written. */
  names: NameRow
  'name-index': NameRow
  media: MediaRow
  periods: PeriodRow
  entries: EntryRow
  assets: AssetRow
  contracts: ContractRow
  debts: DebtRow
  documents: DocumentRow
  clauses: ClauseRow
  bigrams: BigramRow
  notices: NoticeRow
  answers: AnswerRow
}
export type Kind = keyof Rows
