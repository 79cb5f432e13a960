// The people registry of a village as it is published: numbers that are only ever appended, for people with open rows.
import { sql } from 'kysely'
import type { PayeeKind, PersonRow } from '../../contract/rows.ts'
import type { Books } from '../database/books.ts'

interface Member {
  id: number
  name: string
  group: string
  kind: PayeeKind
  household: string
  relation: string
  number: number | null
}

export interface Registry {
  people: Omit<PersonRow, 'blocks'>[]
  /** Registry number by the office's id. */
  numbers: ReadonlyMap<number, number>
}

/**
 * Registry of the people with open payments in a village, with their households' heads. Whoever has none yet gets the
 * next number, kept in the database: it never means another person. People only in masked funds get none (P5).
 */
export async function registryOf(books: Books, village: string, paid: Iterable<number>): Promise<Registry> {
  const members = await membersOf(books, village)
  const heads = headsOf(members)
  const wanted = new Map<number, Member>()
  for (const id of paid) {
    const member = members.get(id)
    if (member === undefined) continue
    wanted.set(id, member)
    const head = headOf(member, heads)
    wanted.set(head.id, head)
  }
  const numbers = await numberThem(
    books,
    village,
    members,
    [...wanted.values()].sort((a, b) => a.id - b.id),
  )
  const people = [...wanted.values()].map((member) => personOf(member, headOf(member, heads), numbers))
  return { people: people.sort((a, b) => a.number - b.number), numbers }
}

function personOf(member: Member, head: Member, numbers: ReadonlyMap<number, number>): Omit<PersonRow, 'blocks'> {
  const { name, group, kind, relation } = member
  const number = numbers.get(member.id) ?? 0
  return { number, name, group, kind, household: numbers.get(head.id) ?? number, relation }
}

async function numberThem(
  books: Books,
  village: string,
  members: ReadonlyMap<number, Member>,
  wanted: readonly Member[],
): Promise<Map<number, number>> {
  const numbers = new Map<number, number>()
  const fresh: Member[] = []
  let last = 0
  for (const member of members.values()) last = Math.max(last, member.number ?? 0)
  for (const member of wanted) {
    if (member.number === null) {
      last += 1
      member.number = last
      fresh.push(member)
    }
    numbers.set(member.id, member.number)
  }
  for (let from = 0; from < fresh.length; from += AT_ONCE)
    await writeNumbers(books, village, fresh.slice(from, from + AT_ONCE))
  return numbers
}

/** Numbers written in one statement, at most. */
const AT_ONCE = 1_000

async function writeNumbers(books: Books, village: string, members: readonly Member[]): Promise<void> {
  const given = sql.join(members.map(({ id, number }) => sql`(cast(${id} as integer), cast(${number} as integer))`))
  await sql`WITH given(id, number) AS (VALUES ${given})
    UPDATE roster SET number = given.number FROM given WHERE roster.village = ${village} AND roster.id = given.id`.execute(
    books,
  )
}

/** The household's head: the only person of that name in the group. Where two share it, nobody is put into a household by guess. */
function headOf(member: Member, heads: ReadonlyMap<string, Member | null>): Member {
  if (member.household === '' || isBody(member)) return member
  const head = heads.get(key(member.group, member.household))
  // A head who is named as somebody's member heads nothing: their household would be two.
  return head === undefined || head === null || (head.household !== '' && head.household !== head.name) ? member : head
}

function headsOf(members: ReadonlyMap<number, Member>): Map<string, Member | null> {
  const heads = new Map<string, Member | null>()
  for (const member of members.values()) {
    if (isBody(member)) continue
    const name = key(member.group, member.name)
    heads.set(name, heads.has(name) ? null : member)
  }
  return heads
}

async function membersOf(books: Books, village: string): Promise<Map<number, Member>> {
  const rows = await books
    .selectFrom('roster')
    .select(['id', 'name', 'group', 'kind', 'household', 'relation', 'number'])
    .where('village', '=', village)
    .orderBy('id')
    .execute()
  return new Map(rows.map((row) => [row.id, { ...row, kind: kindOf(row.kind) }]))
}

function kindOf(kind: string): PayeeKind {
  return kind === '人' || kind === '主体' || kind === '村' ? kind : '户'
}

function isBody(member: Member): boolean {
  return member.kind === '主体' || member.kind === '村'
}

function key(group: string, name: string): string {
  return `${group}\u0000${name}`
}
