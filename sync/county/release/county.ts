// What a release holds of the county as a whole: places, catalogue, origins, allocations, totals, policies, notices.
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
import type { MaskPlans } from '../disclosure/mask-facts.ts'
import { shownAnswers } from '../inbox/answers.ts'
import { numberVersions } from '../policies/versions.ts'
import { type DatabaseRow, list, newest, oneOf, sourced, text, textOrNull, whole, wholeOrNull } from './rows.ts'
import { allocationsTo, type TownshipInput } from './township.ts'

export function countyRows(input: TownshipInput, plans: MaskPlans): CountyRows {
  const { database } = input
  const policies = newest(database.prepare('SELECT * FROM policies ORDER BY entry').all(), (row) => text(row, 'index'))
  const entries = new Map(policies.map((row) => [text(row, 'index'), row]))
  return {
    places: newest(database.prepare('SELECT * FROM places ORDER BY entry').all(), (row) => text(row, 'code')).map(
      placeOf,
    ),
    catalogue: newest(database.prepare('SELECT * FROM funds ORDER BY entry').all(), (row) => text(row, 'code')).map(
      fundOf,
    ),
    origins: originsOf(input),
    allocations: allocationsTo(input, null),
    maskedTotals: totalsOf(plans),
    documents: numberVersions(policies.map(documentOf)),
    clausesOf: (index) => clausesOf(input, entries.get(index)),
    notices: newest(database.prepare('SELECT * FROM notices ORDER BY entry').all(), (row) => text(row, 'id')).map(
      noticeOf,
    ),
    answers: shownAnswers(database),
  }
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
function originsOf(input: TownshipInput): OriginRow[] {
  const open = [...input.facts.disclosure].filter(([, how]) => how === 'open').map(([code]) => code)
  return input.database
    .prepare(
      `SELECT * FROM origins o WHERE "table" NOT IN ('payments', 'places', 'funds') OR EXISTS
         (SELECT 1 FROM originFunds f WHERE f.origin = o.id AND f.fund IN (SELECT value FROM json_each(?))) ORDER BY id`,
    )
    .all(JSON.stringify(open))
    .map((row) => ({
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

function clausesOf(input: TownshipInput, policy: DatabaseRow | undefined): ClauseRow[] {
  if (policy === undefined) return []
  const marks: Record<string, string[]> = JSON.parse(text(policy, 'marks') || '{}')
  return input.database
    .prepare('SELECT ordinal, label, chapter, text FROM clauses WHERE policy = ? ORDER BY ordinal')
    .all(whole(policy, 'entry'))
    .map((row) => ({
      document: text(policy, 'index'),
      ordinal: whole(row, 'ordinal'),
      label: text(row, 'label'),
      chapter: text(row, 'chapter'),
      text: text(row, 'text'),
      funds: marks[text(row, 'label')] ?? [],
    }))
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
