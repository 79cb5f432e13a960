// The people registry of a village as it is published: numbers that are only ever appended, for people with open rows.
import type { DatabaseSync } from 'node:sqlite'
import type { PayeeKind, PersonRow } from '../../contract/rows.ts'

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
export function registryOf(database: DatabaseSync, village: string, paid: Iterable<number>): Registry {
  const members = membersOf(database, village)
  const heads = headsOf(members)
  const wanted = new Map<number, Member>()
  for (const id of paid) {
    const member = members.get(id)
    if (member === undefined) continue
    wanted.set(id, member)
    const head = headOf(member, heads)
    wanted.set(head.id, head)
  }
  const numbers = numberThem(
    database,
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

function numberThem(
  database: DatabaseSync,
  village: string,
  members: ReadonlyMap<number, Member>,
  wanted: readonly Member[],
): Map<number, number> {
  const numbers = new Map<number, number>()
  let last = 0
  for (const member of members.values()) last = Math.max(last, member.number ?? 0)
  const update = database.prepare('UPDATE roster SET number = ? WHERE village = ? AND id = ?')
  for (const member of wanted) {
    if (member.number === null) {
      last += 1
      member.number = last
      update.run(last, village, member.id)
    }
    numbers.set(member.id, member.number)
  }
  return numbers
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

function membersOf(database: DatabaseSync, village: string): Map<number, Member> {
  const members = new Map<number, Member>()
  const rows = database
    .prepare('SELECT id, name, "group", kind, household, relation, number FROM roster WHERE village = ? ORDER BY id')
    .iterate(village)
  for (const row of rows) {
    const kind = row.kind
    members.set(Number(row.id), {
      id: Number(row.id),
      name: String(row.name),
      group: String(row.group),
      kind: kind === '人' || kind === '主体' || kind === '村' ? kind : '户',
      household: String(row.household),
      relation: String(row.relation),
      number: row.number === null ? null : Number(row.number),
    })
  }
  return members
}

function isBody(member: Member): boolean {
  return member.kind === '主体' || member.kind === '村'
}

function key(group: string, name: string): string {
  return `${group}\u0000${name}`
}
