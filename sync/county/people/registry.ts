// The people registry of a village as it is published: numbers that are only ever appended, for people with open rows.
// Pure; the roster is read in `release/village-read.ts`, and new numbers are kept by `keep-numbers.ts`.
import type { PayeeKind, PersonRow } from '../../contract/rows.ts'

/** Who the office knows in a village. */
export interface Member {
  id: number
  name: string
  group: string
  kind: PayeeKind
  household: string
  relation: string
  number: number | null
}
/** What is read of them. */
export const MEMBER_COLUMNS = ['id', 'name', 'group', 'kind', 'household', 'relation', 'number'] as const

/** A number given for the first time, to whom the office knows by this id. */
export interface NewNumber {
  id: number
  number: number
}
export interface Registry {
  people: Omit<PersonRow, 'blocks'>[]
  /** Registry number by the office's id. */
  numbers: ReadonlyMap<number, number>
  /** To be kept: they never mean another person. */
  fresh: NewNumber[]
}

/**
 * Registry of the people with open payments in a village, with their households' heads. Whoever has none yet gets the
 * next number. People only in masked funds get none (P5). `members` are all of the village, by id.
 */
export function registryOf(members: ReadonlyMap<number, Member>, paid: Iterable<number>): Registry {
  const heads = headsOf(members)
  const wanted = new Map<number, Member>()
  for (const id of paid) {
    const member = members.get(id)
    if (member === undefined) continue
    wanted.set(id, member)
    const head = headOf(member, heads)
    wanted.set(head.id, head)
  }
  const { numbers, fresh } = numberThem(
    members,
    [...wanted.values()].sort((a, b) => a.id - b.id),
  )
  const people = [...wanted.values()].map((member) => personOf(member, headOf(member, heads), numbers))
  return { people: people.sort((a, b) => a.number - b.number), numbers, fresh }
}

function personOf(member: Member, head: Member, numbers: ReadonlyMap<number, number>): Omit<PersonRow, 'blocks'> {
  const { name, group, kind, relation } = member
  const number = numbers.get(member.id) ?? 0
  return { number, name, group, kind, household: numbers.get(head.id) ?? number, relation }
}

function numberThem(
  members: ReadonlyMap<number, Member>,
  wanted: readonly Member[],
): { numbers: Map<number, number>; fresh: NewNumber[] } {
  const numbers = new Map<number, number>()
  const fresh: NewNumber[] = []
  let last = 0
  for (const member of members.values()) last = Math.max(last, member.number ?? 0)
  for (const { id, number } of wanted) {
    if (number === null) fresh.push({ id, number: ++last })
    numbers.set(id, number ?? last)
  }
  return { numbers, fresh }
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

export function kindOf(kind: unknown): PayeeKind {
  return kind === '人' || kind === '主体' || kind === '村' ? kind : '户'
}

function isBody(member: Member): boolean {
  return member.kind === '主体' || member.kind === '村'
}

function key(group: string, name: string): string {
  return `${group}\u0000${name}`
}
