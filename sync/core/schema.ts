// The columns of each block kind, in the order of their bytes (docs/format.md): type, allowed values, and what helps to
// write them shortly. A field added to contract/rows.ts and not here is a type error.
import { z } from 'zod'
import type { Kind, Rows } from '../contract/rows.ts'

/** How a column's values look. 'ascending' is a list of ascending whole numbers, 'texts' a list of texts. */
export type ColumnType = 'text' | 'day' | 'month' | 'hash' | 'integer' | 'flag' | 'json' | 'ascending' | 'texts'

export interface Column<T> {
  readonly type: ColumnType
  readonly nullable: boolean
  /** The only values allowed, where there is such a list. */
  readonly values?: readonly string[]
  /** Shape of a 'json' column's values. */
  readonly shape?: z.ZodType
  /** Earlier column with whose value this one mostly goes (payments: unit with fund). */
  readonly by?: string
  /** Earlier column whose value this one mostly repeats. */
  readonly like?: string
  /** Earlier columns whose product / 1000, rounded, this one mostly is. */
  readonly product?: readonly [string, string]
  /** Never set: keeps T in the type, so that a column of a wrong type doesn't fit its field. */
  readonly is?: (value: T) => T
}
export type Schema<K extends Kind> = { readonly [F in keyof Rows[K]]-?: Column<Rows[K][F]> }

interface Hints {
  by?: string
  like?: string
  product?: readonly [string, string]
}
const text = (hints: Hints = {}): Column<string> => ({ type: 'text', nullable: false, ...hints })
const day = (hints: Hints = {}): Column<string> => ({ type: 'day', nullable: false, ...hints })
const dayOrNull = (hints: Hints = {}): Column<string | null> => ({ type: 'day', nullable: true, ...hints })
const month = (hints: Hints = {}): Column<string> => ({ type: 'month', nullable: false, ...hints })
const integer = (hints: Hints = {}): Column<number> => ({ type: 'integer', nullable: false, ...hints })
const integerOrNull = (hints: Hints = {}): Column<number | null> => ({ type: 'integer', nullable: true, ...hints })
const flag = (): Column<boolean> => ({ type: 'flag', nullable: false })
const hashText = (): Column<string> => ({ type: 'hash', nullable: false })
const texts = (): Column<string[]> => ({ type: 'texts', nullable: false })
const ascending = (): Column<number[]> => ({ type: 'ascending', nullable: false })
const oneOf = <V extends string>(values: readonly V[], hints: Hints = {}): Column<V> => ({
  type: 'text',
  nullable: false,
  values,
  ...hints,
})
const json = <T>(shape: z.ZodType<T>): Column<T> => ({ type: 'json', nullable: false, shape })

const sourced = { origin: integer(), row: integer() } as const
const payee = ['户', '人', '主体', '村'] as const
const status = ['已发', '退回', '补发', '冲销'] as const
const dayShape = z.string().regex(/^\d{4}-\d{2}-\d{2}$/)
const hashShape = z.string().regex(/^[0-9a-f]{64}$/)
const goals = z.array(
  z.strictObject({
    kind: z.enum(['quantity', 'quality', 'timeliness', 'benefit']),
    name: z.string(),
    target: z.string(),
    result: z.string(),
    met: z.boolean().nullable(),
  }),
)
const progress = z.array(z.strictObject({ date: dayShape, percent: z.number(), note: z.string() }))
const photos = z.array(
  z.strictObject({ stage: z.enum(['before', 'during', 'after']), media: hashShape, date: dayShape.nullable() }),
)
const problems = z.array(
  z.strictObject({
    found: dayShape.nullable(),
    problem: z.string(),
    repair: z.string(),
    repaired: dayShape.nullable(),
  }),
)
const tags = z.array(z.strictObject({ dimension: z.string(), values: z.array(z.string()) }))
const perFund = { by: 'fund' } as const

export const SCHEMAS: { readonly [K in Kind]: Schema<K> } = {
  places: {
    code: text(),
    name: text(),
    level: oneOf(['county', 'township', 'village']),
    parent: text(),
    initials: text(),
    groups: integerOrNull(),
  },
  catalogue: {
    code: text(),
    name: text(),
    level: oneOf(['中央', '省', '市', '县']),
    department: text(),
    class: text(),
    payee: oneOf(payee),
    unit: text(),
    standard: integerOrNull(),
    frequency: text(),
    eligibility: text(),
    howToApply: text(),
    policy: text(),
    tier: oneOf(['A', 'B']),
    masked: flag(),
    maskReason: text(),
    contactPhone: text(),
    complaintPhone: text(),
  },
  origins: {
    id: integer(),
    table: text(),
    file: text(),
    importedBy: text(),
    importedOn: day(),
    approvedBy: text(),
    approvedOn: dayOrNull(),
    sample: flag(),
  },
  allocations: {
    fund: text(),
    year: integer(),
    document: text(),
    from: text(),
    to: text(),
    amount: integer(),
    central: integer(),
    provincial: integer(),
    municipal: integer(),
    county: integer(),
    date: dayOrNull(),
    ...sourced,
  },
  projects: {
    code: text(),
    name: text(),
    fund: text(),
    year: integer(),
    township: text(),
    village: text(),
    place: text(),
    content: text(),
    budget: integer(),
    contractor: text(),
    contractPrice: integerOrNull(),
    paid: integer(),
    auditedPrice: integerOrNull(),
    responsible: text(),
    officePhone: text(),
    start: dayOrNull(),
    end: dayOrNull(),
    accepted: dayOrNull(),
    acceptance: text(),
    beneficiaries: text(),
    goals: json(goals),
    progress: json(progress),
    photos: json(photos),
    problems: json(problems),
    ...sourced,
  },
  payments: {
    fund: text(),
    person: integer(),
    batch: text(perFund),
    serial: integer(),
    standard: integerOrNull(perFund),
    quantity: integerOrNull(perFund),
    unit: text(perFund),
    due: integer({ product: ['standard', 'quantity'] }),
    amount: integer({ like: 'due' }),
    date: day({ by: 'batch' }),
    status: oneOf(status),
    earlier: dayOrNull(),
    policy: text(perFund),
    clauses: text(perFund),
    origin: integer({ by: 'batch' }),
    row: integer(),
  },
  masked: { fund: text(), month: month(), surname: text(), amount: integer(), status: oneOf(status) },
  'masked-totals': { fund: text(), year: integer(), townships: texts(), payees: integer(), amount: integer() },
  people: {
    number: integer(),
    name: text(),
    group: text(),
    kind: oneOf(payee),
    household: integer({ like: 'number' }),
    relation: text(),
    blocks: text(),
  },
  rollup: {
    place: text(),
    fund: text(),
    year: integer(),
    month: text(),
    payees: integer(),
    rows: integer({ like: 'payees' }),
    amount: integer(),
  },
  names: { name: text(), villages: texts() },
  'name-index': { name: text(), villages: texts() },
  media: { hash: hashText(), length: integer(), caption: text() },
  periods: {
    month: month(),
    opening: integer(),
    income: integer(),
    expense: integer(),
    closing: integer(),
    entries: integer(),
    checkedBy: text(),
    checkedOn: dayOrNull(),
    publishedOn: dayOrNull(),
    ...sourced,
  },
  entries: {
    month: month(),
    voucher: text(),
    date: day(),
    edition: text(),
    account: text(),
    accountName: text({ by: 'account' }),
    class: text({ by: 'account' }),
    summary: text(),
    direction: oneOf(['income', 'expense'], { by: 'account' }),
    amount: integer(),
    counterpart: text(),
    handler: text(),
    approver: text(),
    checkedBy: text(),
    images: texts(),
    ...sourced,
  },
  assets: {
    village: text(),
    number: text(),
    kind: oneOf(['asset', 'resource']),
    class: text(),
    name: text(),
    originalValue: integerOrNull(),
    depreciation: integerOrNull(),
    netValue: integerOrNull(),
    landType: text(),
    area: integerOrNull(),
    boundaries: text(),
    user: text(),
    ...sourced,
  },
  contracts: {
    village: text(),
    number: text(),
    subject: text(),
    asset: text(),
    lessee: text(),
    awarded: text(),
    start: dayOrNull(),
    end: dayOrNull(),
    yearlyRent: integer(),
    due: integer(),
    received: integer({ like: 'due' }),
    owed: integer(),
    ...sourced,
  },
  debts: {
    village: text(),
    number: text(),
    direction: oneOf(['receivable', 'payable']),
    counterpart: text(),
    reason: text(),
    amount: integer(),
    date: dayOrNull(),
    dueDate: dayOrNull(),
    ...sourced,
  },
  documents: {
    index: text(),
    title: text(),
    number: text(),
    issuer: text(),
    level: text(),
    topic: text(),
    made: dayOrNull(),
    published: dayOrNull(),
    inForce: dayOrNull(),
    repealed: dayOrNull(),
    validity: oneOf(['in-force', 'repealed', 'unknown']),
    registration: text(),
    registrationExpiry: dayOrNull(),
    work: text({ like: 'index' }),
    version: integer(),
    history: text(),
    who: text(),
    howMuch: text(),
    how: text(),
    explainedBy: text(),
    tags: json(tags),
    funds: texts(),
    clauses: integer(),
    clauseSeq: integer(),
    ...sourced,
  },
  clauses: {
    document: text(),
    ordinal: integer(),
    label: text(),
    chapter: text(),
    text: text(),
    funds: texts(),
  },
  bigrams: { gram: text(), documents: ascending() },
  notices: {
    id: text(),
    kind: oneOf(['news', 'open-day', 'answer']),
    title: text(),
    body: text(),
    date: day(),
    place: text(),
    venue: text(),
    time: text(),
    contactPhone: text(),
    ...sourced,
  },
  answers: { label: text(), sealed: text() },
}

/** Columns of a kind in the order of their bytes. */
export function columnsOf(kind: Kind): readonly (readonly [name: string, column: Column<unknown>])[] {
  return Object.entries(SCHEMAS[kind]) as [string, Column<unknown>][]
}

/** True for the name of a block kind. */
export function isKind(text: string): text is Kind {
  return Object.hasOwn(SCHEMAS, text)
}
