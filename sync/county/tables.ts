// The import tables as the office keeps them: canonical rows after reading, before disclosure. These fields are the
// canonical headings of CSV and JSON lines (`docs/fields.md`). Money in fen, quantities in thousandths, dates
// 'YYYY-MM-DD' or null. Fields marked "office only" never enter a release (P5).
import type { Day, Fen, FundLevel, Goal, Milli, Month, PayeeKind, PaymentStatus } from '../contract/rows.ts'

export interface PlacesRow {
  code: string
  name: string
  level: 'county' | 'township' | 'village'
  parent: string
  groups: number | null
}
export interface FundsRow {
  code: string
  name: string
  level: FundLevel
  department: string
  class: string
  payee: PayeeKind
  unit: string
  standard: Fen | null
  frequency: string
  eligibility: string
  howToApply: string
  policy: string
  tier: 'A' | 'B'
  masked: boolean
  maskReason: string
  contactPhone: string
  complaintPhone: string
}
export interface AllocationsRow {
  fund: string
  year: number
  document: string
  from: string
  to: string
  amount: Fen
  central: Fen
  provincial: Fen
  municipal: Fen
  county: Fen
  date: Day | null
}
export interface ProjectsRow {
  code: string
  name: string
  fund: string
  year: number
  village: string
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
  photos: { stage: 'before' | 'during' | 'after'; media: string; date: Day | null }[]
  problems: { found: Day | null; problem: string; repair: string; repaired: Day | null }[]
}
export interface PaymentsRow {
  fund: string
  village: string
  group: string
  payee: string
  /** Head of the household where the payee isn't; '' when the payee is the head. */
  household: string
  relation: string
  /** Office only. */
  idNumber: string
  /** Office only. */
  bankAccount: string
  /** Office only. */
  phone: string
  batch: string
  serial: number
  standard: Fen | null
  quantity: Milli | null
  unit: string
  due: Fen
  amount: Fen
  date: Day
  status: PaymentStatus
  earlier: Day | null
  policy: string
  clauses: string
  /** Office only: free text can name a masked payee. */
  note: string
}
export interface LedgerRow {
  village: string
  month: Month
  voucher: string
  date: Day
  edition: string
  account: string
  accountName: string
  class: string
  summary: string
  direction: 'income' | 'expense'
  amount: Fen
  counterpart: string
  handler: string
  approver: string
  checkedBy: string
  checkedOn: Day | null
  publishedOn: Day | null
  images: string[]
  /** Opening balance of the month: on the month's first row, or on a row of its own with amount 0; null elsewhere. */
  opening: Fen | null
  /** Closing balance of the month, likewise. */
  closing: Fen | null
}
export interface AssetsRow {
  village: string
  number: string
  kind: 'asset' | 'resource'
  class: string
  name: string
  originalValue: Fen | null
  depreciation: Fen | null
  netValue: Fen | null
  landType: string
  area: Milli | null
  boundaries: string
  user: string
}
export interface ContractsRow {
  village: string
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
export interface DebtsRow {
  village: string
  number: string
  direction: 'receivable' | 'payable'
  counterpart: string
  reason: string
  amount: Fen
  date: Day | null
  dueDate: Day | null
}
export interface PoliciesRow {
  index: string
  title: string
  number: string
  issuer: string
  level: string
  topic: string
  made: Day | null
  published: Day | null
  inForce: Day | null
  repealed: Day | null
  validity: 'in-force' | 'repealed' | 'unknown'
  registration: string
  registrationExpiry: Day | null
  work: string
  history: string
  who: string
  howMuch: string
  how: string
  explainedBy: string
  tags: { dimension: string; values: string[] }[]
  funds: string[]
  /** Whole text; split into clauses by the import. */
  text: string
  /** Clause label → funds it concerns ('第五条' → ['F001']). */
  marks: Record<string, string[]>
}
export interface NoticesRow {
  id: string
  kind: 'news' | 'open-day' | 'answer'
  title: string
  body: string
  date: Day
  place: string
  venue: string
  time: string
  contactPhone: string
}
/** Canonical row of each import table. */
export interface Tables {
  places: PlacesRow
  funds: FundsRow
  allocations: AllocationsRow
  projects: ProjectsRow
  payments: PaymentsRow
  ledger: LedgerRow
  assets: AssetsRow
  contracts: ContractsRow
  debts: DebtsRow
  policies: PoliciesRow
  notices: NoticesRow
}
export type TableName = keyof Tables

/** What the sample county hands to the office: rows by table in an order that lets every reference be found, and pictures. */
export interface SampleCounty {
  rows<T extends TableName>(table: T): Iterable<Tables[T]>
  /** Pictures by hash: EXIF-free WebP of at most 200 kB. */
  pictures(): Iterable<{ hash: string; bytes: Uint8Array; caption: string }>
  /** Source file named in each row's origin, e.g. '示例-发放名册-高椅乡-2026-03.xlsx'. */
  fileOf<T extends TableName>(table: T, row: Tables[T]): string
}
