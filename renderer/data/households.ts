// By household: the wall of names of a village, everything one household received, and a name over the whole county.
//
// Reads: the wall is the people blocks; a household is the people blocks and the payments blocks that its members'
// bitmaps name, nothing else.

import { NAME_BUCKETS } from '../../sync/contract/limits.ts'
import type { NameRow, OriginRow, PaymentRow, PersonRow, PlaceCode } from '../../sync/contract/rows.ts'
import { COUNTY, NAMES, type VillageNode } from '../../sync/contract/tree.ts'
import { bitsOf } from '../../sync/core/bitmap.ts'
import { bucketOf } from '../../sync/core/bucket.ts'
import type { Catalogue } from './catalogue.ts'
import type { Answer, HouseholdName, HouseholdView, Village } from './county-data.ts'
import { byYear, joinPayments, readJoins } from './payments.ts'
import { type PlaceIndex, villageIn } from './places.ts'
import { here, NONE, PENDING, type Shelf } from './shelf.ts'
import { surnameOf } from './surname.ts'

export interface Households {
  wall(village: PlaceCode): Promise<Answer<HouseholdName[]>>
  household(village: PlaceCode, head: number): Promise<Answer<HouseholdView>>
  findName(name: string, own: PlaceCode | null): Promise<Answer<{ village: Village; heads: PersonRow[] }[]>>
}

export function createHouseholds(
  shelf: Shelf,
  places: () => Promise<PlaceIndex>,
  catalogue: Catalogue,
  origins: () => Promise<OriginRow[]>,
): Households {
  return {
    async wall(village) {
      const people = await shelf.of('funds', village, 'people')
      if (people === null) return PENDING
      const heads = people.filter(isHead)
      return heads.length === 0 ? NONE : here(heads.map(nameOf))
    },
    async household(village, head) {
      const node = await shelf.node('funds', village)
      if (node === 'pending') return PENDING
      const place = villageIn(await places(), village)
      if (node === null || place === null) return NONE
      const members = await peopleWith(shelf, node, 'household', [head])
      const first = members.find(isHead) ?? (await peopleWith(shelf, node, 'number', [head]))[0]
      if (first === undefined) return NONE
      const rows = await paymentsOf(shelf, node, members)
      const views = joinPayments(rows, await readJoins(catalogue, origins, members))
      return here({ head: first, members, village: place, years: byYear(views) })
    },
    findName: (name, own) => findName(shelf, places, name, own),
  }
}

function isHead(person: PersonRow): boolean {
  return person.number === person.household
}

function nameOf(head: PersonRow): HouseholdName {
  return { head, group: head.group, surname: head.kind === '户' || head.kind === '人' ? surnameOf(head.name) : '' }
}

function peopleWith<F extends 'number' | 'household' | 'name'>(
  shelf: Shelf,
  node: VillageNode,
  field: F,
  values: readonly PersonRow[F][],
): Promise<PersonRow[]> {
  return shelf.reader.rowsWith(node, 'people', { field, values: new Set(values) })
}

/** Payments of these people, reading only the blocks that their bitmaps name. */
async function paymentsOf(shelf: Shelf, node: VillageNode, members: readonly PersonRow[]): Promise<PaymentRow[]> {
  const leaves = node.blocks.flatMap((leaf, index) => (leaf[0] === 'payments' ? [index] : []))
  const wanted = new Set(members.flatMap((member) => bitsOf(member.blocks)))
  const chosen = leaves.filter((_, bit) => wanted.has(bit))
  const values = new Set(members.map((member) => member.number))
  return shelf.reader.rowsWith(node, 'payments', { field: 'person', values }, chosen)
}

async function findName(
  shelf: Shelf,
  places: () => Promise<PlaceIndex>,
  name: string,
  own: PlaceCode | null,
): Promise<Answer<{ village: Village; heads: PersonRow[] }[]>> {
  // A list over the county stays shut until all of it is here (design.md, "Order").
  if (!shelf.whole) return PENDING
  const rows = await namesIn(shelf, String(bucketOf(name, NAME_BUCKETS)))
  const codes = rows.find((row) => row.name === name)?.villages ?? []
  const index = await places()
  const found = await Promise.all(
    ownFirst(codes, own).map(async (code) => {
      const village = villageIn(index, code)
      const node = village === null ? null : await shelf.node('funds', code)
      return village === null || node === null || node === 'pending'
        ? null
        : { village, heads: await headsOf(shelf, node, name) }
    }),
  )
  const hits = found.filter((hit) => hit !== null && hit.heads.length > 0) as { village: Village; heads: PersonRow[] }[]
  return hits.length === 0 ? NONE : here(hits)
}

/** Releases of before 'name-index' have them in the county's part. */
async function namesIn(shelf: Shelf, bucket: string): Promise<NameRow[]> {
  const rows = (await shelf.own('funds', NAMES, 'name-index', bucket)) ?? []
  return rows.length > 0 ? rows : ((await shelf.own('funds', COUNTY, 'names', bucket)) ?? [])
}

function ownFirst(codes: readonly PlaceCode[], own: PlaceCode | null): PlaceCode[] {
  const isOwn = (code: PlaceCode): boolean => own !== null && code.startsWith(own)
  return [...codes.filter(isOwn), ...codes.filter((code) => !isOwn(code))]
}

/** Heads of the households in which the name stands, each once. */
async function headsOf(shelf: Shelf, node: VillageNode, name: string): Promise<PersonRow[]> {
  const named = await peopleWith(shelf, node, 'name', [name])
  const heads = new Set(named.map((person) => person.household))
  // Mostly the head bears the name: then it has been read already.
  const found = named.filter((person) => heads.has(person.number))
  if (found.length < heads.size) {
    return (await peopleWith(shelf, node, 'number', [...heads])).filter(isHead)
  }
  return found.filter(isHead)
}
