// What a release holds of the county as a whole: places, catalogue, origins, allocations, totals, policies, notices.
import { sql } from 'kysely'
import { pinyin } from 'pinyin-pro'
import type {
  ClauseRow,
  DocumentRow,
  FundRow,
  MaskedTotalRow,
  NoticeRow,
  OriginRow,
  PlaceRow,
} from '../../contract/rows.ts'
import type { CountyRows } from '../../publish/source.ts'
import type { Books } from '../database/books.ts'
import { listed, rowsOf } from '../database/query.ts'
import type { BooksTables } from '../database/schema.ts'
import type { MaskPlans } from '../disclosure/mask-facts.ts'
import { shownAnswers } from '../inbox/answers.ts'
import { numberVersions } from '../policies/versions.ts'
import { type DatabaseRow, list, newest, oneOf, sourced, text, textOrNull, whole, wholeOrNull } from './rows.ts'
import { allocationsTo, type TownshipInput } from './township.ts'

export async function countyRows(input: TownshipInput, plans: MaskPlans): Promise<CountyRows> {
  const { books } = input
  const policies = await newestOf(books, 'policies', 'index')
  const entries = new Map(policies.map((row) => [text(row, 'index'), row]))
  const clauses = await clausesByPolicy(books)
  return {
    places: (await newestOf(books, 'places', 'code')).map(placeOf),
    catalogue: (await newestOf(books, 'funds', 'code')).map(fundOf),
    origins: await originsOf(input),
    allocations: await allocationsTo(input, null),
    maskedTotals: totalsOf(plans),
    documents: numberVersions(policies.map(documentOf)),
    clausesOf: (index) => clausesOf(clauses, entries.get(index)),
    notices: (await newestOf(books, 'notices', 'id')).map(noticeOf),
    answers: await shownAnswers(books),
  }
}

/** The newest row of each key, in the order in which keys first came. */
async function newestOf(
  books: Books,
  table: 'policies' | 'places' | 'funds' | 'notices',
  key: string,
): Promise<DatabaseRow[]> {
  return newest(await rowsOf(books, sql`SELECT * FROM ${sql.table(table)} ORDER BY entry`), (row) => text(row, key))
}

function placeOf(row: DatabaseRow): PlaceRow {
  const name = text(row, 'name')
  return {
    code: text(row, 'code'),
    name,
    level: oneOf(row, 'level', ['village', 'township', 'county']),
    parent: text(row, 'parent'),
    initials: initialsOf(name),
    groups: wholeOrNull(row, 'groups'),
  }
}

/** Pinyin initials without the place's kind: 翁高村 → 'wg', 金子岩侗族苗族乡 → 'jzy'. */
export function initialsOf(name: string): string {
  const bare = name.replace(/(?:[侗苗瑶土家]+族)*(?:村民委员会|社区居委会|村委会|社区|村|镇|乡|县)$/, '')
  return pinyin(bare === '' ? name : bare, { pattern: 'first', toneType: 'none', type: 'array' })
    .join('')
    .toLowerCase()
}

function fundOf(row: DatabaseRow): FundRow {
  return {
    code: text(row, 'code'),
    name: text(row, 'name'),
    level: oneOf(row, 'level', ['县', '市', '省', '中央']),
    department: text(row, 'department'),
    class: text(row, 'class'),
    payee: oneOf(row, 'payee', ['户', '人', '主体', '村']),
    unit: text(row, 'unit'),
    standard: wholeOrNull(row, 'standard'),
    frequency: text(row, 'frequency'),
    eligibility: text(row, 'eligibility'),
    howToApply: text(row, 'howToApply'),
    policy: text(row, 'policy'),
    tier: oneOf(row, 'tier', ['B', 'A']),
    masked: whole(row, 'masked') === 1,
    maskReason: text(row, 'maskReason'),
    contactPhone: text(row, 'contactPhone'),
    complaintPhone: text(row, 'complaintPhone'),
  }
}

/** Files behind public rows. A file that brought nothing but masked rows stays unnamed: it would say who is listed (P5). */
async function originsOf(input: TownshipInput): Promise<OriginRow[]> {
  const open = [...input.facts.disclosure].filter(([, how]) => how === 'open').map(([code]) => code)
  const rows = await rowsOf(
    input.books,
    sql`SELECT * FROM origins o WHERE "table" NOT IN ('payments', 'places', 'funds') OR EXISTS
         (SELECT 1 FROM "originFunds" f WHERE f.origin = o.id AND f.fund IN ${listed(open)}) ORDER BY id`,
  )
  return rows.map((row) => ({
    id: whole(row, 'id'),
    table: text(row, 'table'),
    file: text(row, 'file'),
    importedBy: text(row, 'importedBy'),
    importedOn: text(row, 'importedOn'),
    approvedBy: text(row, 'approvedBy'),
    approvedOn: textOrNull(row, 'approvedOn'),
    sample: whole(row, 'sample') === 1,
  }))
}

function totalsOf(plans: MaskPlans): MaskedTotalRow[] {
  const totals: MaskedTotalRow[] = []
  for (const [fund, years] of plans) {
    for (const [year, plan] of years) for (const group of plan.groups) totals.push({ fund, year, ...group })
  }
  return totals
}

type Document = Omit<DocumentRow, 'clauses' | 'clauseSeq'>

function documentOf(row: DatabaseRow): Document {
  const tags = list<Document['tags'][number]>(row, 'tags')
  return {
    ...sourced(row),
    index: text(row, 'index'),
    title: text(row, 'title'),
    number: text(row, 'number'),
    issuer: text(row, 'issuer'),
    level: text(row, 'level'),
    topic: text(row, 'topic'),
    made: textOrNull(row, 'made'),
    published: textOrNull(row, 'published'),
    inForce: textOrNull(row, 'inForce'),
    repealed: textOrNull(row, 'repealed'),
    validity: oneOf(row, 'validity', ['unknown', 'in-force', 'repealed']),
    registration: text(row, 'registration'),
    registrationExpiry: textOrNull(row, 'registrationExpiry'),
    work: text(row, 'work'),
    version: 1,
    history: text(row, 'history'),
    who: text(row, 'who'),
    howMuch: text(row, 'howMuch'),
    how: text(row, 'how'),
    explainedBy: text(row, 'explainedBy'),
    tags: tags.length > 0 ? tags : [...tag('效力级别', text(row, 'level')), ...tag('类别', text(row, 'topic'))],
    funds: list<string>(row, 'funds'),
  }
}

function tag(dimension: string, value: string): Document['tags'] {
  return value === '' ? [] : [{ dimension, values: [value] }]
}

type Clause = BooksTables['clauses']

async function clausesByPolicy(books: Books): Promise<Map<number, Clause[]>> {
  const clauses = await books.selectFrom('clauses').selectAll().orderBy('policy').orderBy('ordinal').execute()
  return Map.groupBy(clauses, ({ policy }) => policy)
}

function clausesOf(clauses: ReadonlyMap<number, readonly Clause[]>, policy: DatabaseRow | undefined): ClauseRow[] {
  if (policy === undefined) return []
  const marks: Record<string, string[]> = JSON.parse(text(policy, 'marks') || '{}')
  const own = clauses.get(whole(policy, 'entry')) ?? []
  return own.map(({ ordinal, label, chapter, text: words }) => {
    return { document: text(policy, 'index'), ordinal, label, chapter, text: words, funds: marks[label] ?? [] }
  })
}

function noticeOf(row: DatabaseRow): NoticeRow {
  return {
    ...sourced(row),
    id: text(row, 'id'),
    kind: oneOf(row, 'kind', ['news', 'open-day', 'answer']),
    title: text(row, 'title'),
    body: text(row, 'body'),
    date: text(row, 'date'),
    place: text(row, 'place'),
    venue: text(row, 'venue'),
    time: text(row, 'time'),
    contactPhone: text(row, 'contactPhone'),
  }
}
