// Who is who in a village: every payee the office knows, masked or not, under a number of the office's own.
//
// Registry numbers (what is published) are given by publication and only ever appended; the ids here never leave.
import { SunhallError } from '../../contract/errors.ts'
import type { PayeeKind } from '../../contract/rows.ts'
import type { Books } from '../database/books.ts'
import { Bulk } from '../database/bulk.ts'

export interface PayeeFacts {
  name: string
  group: string
  kind: PayeeKind
  idNumber: string
  household: string
  relation: string
}
interface Known {
  id: number
  idNumber: string
  household: string
}

const COLUMNS = ['village', 'id', 'import', 'name', 'group', 'kind', 'idNumber', 'household', 'relation'] as const

/** Finds or adds the people of the villages that an import touches. One instance for one transaction. */
export class Roster {
  readonly #books: Books
  readonly #importId: number
  readonly #added: Bulk
  readonly #villages = new Map<string, VillageRoster>()
  /** What was learnt of people, by village and id, and isn't written yet. */
  #learnt = new Map<string, Learnt>()

  constructor(books: Books, importId: number) {
    this.#books = books
    this.#importId = importId
    this.#added = new Bulk(books, 'roster', COLUMNS)
  }

  /** Reads a village's people, once; call it before `idOf`. */
  async open(village: string): Promise<void> {
    if (!this.#villages.has(village)) this.#villages.set(village, await readVillage(this.#books, village))
    if (this.#added.isFull || this.#learnt.size >= LEARNT) await this.flush()
  }

  /** Writes what was found so far. */
  async flush(): Promise<void> {
    await this.#added.flush()
    const learnt = [...this.#learnt.values()]
    this.#learnt = new Map()
    for (const { village, id, ...facts } of learnt)
      await this.#books.updateTable('roster').set(facts).where('village', '=', village).where('id', '=', id).execute()
  }

  /**
   * The office's id of a payee. Same ID number and name: same person; a parent's number beside a child's name isn't.
   * Without one: the same name and group, if only one such is known. An ID number never joins a person who has another one.
   */
  idOf(village: string, facts: PayeeFacts): number {
    const people = this.#villages.get(village)
    if (people === undefined) throw new SunhallError('E-STATE', `Expected the roster of ${village} opened, got none`)
    const known = people.find(facts)
    if (known === undefined) return this.#add(village, people, facts)
    if ((facts.idNumber !== '' && known.idNumber === '') || (facts.household !== '' && known.household === '')) {
      if (known.idNumber === '') known.idNumber = facts.idNumber
      if (known.household === '') known.household = facts.household
      people.index(facts, known)
      const { id, idNumber, household } = known
      this.#learnt.set(`${village} ${id}`, { village, id, idNumber, household, relation: facts.relation })
    }
    return known.id
  }

  #add(village: string, people: VillageRoster, facts: PayeeFacts): number {
    const id = people.size + 1
    const { name, group, kind, idNumber, household, relation } = facts
    this.#added.add([village, id, this.#importId, name, group, kind, idNumber, household, relation])
    people.index(facts, { id, idNumber, household })
    people.size = id
    // A head who gets nothing is in the village all the same: members hang on this entry.
    if (household !== '' && household !== name) {
      this.idOf(village, { name: household, group, kind: '户', idNumber: '', household: '', relation: '户主' })
    }
    return id
  }
}

interface Learnt {
  village: string
  id: number
  idNumber: string
  household: string
  relation: string
}
/** Facts that wait to be written, at most. */
const LEARNT = 1_000

async function readVillage(books: Books, village: string): Promise<VillageRoster> {
  const people = new VillageRoster()
  const rows = await books
    .selectFrom('roster')
    .select(['id', 'name', 'group', 'kind', 'idNumber', 'household'])
    .where('village', '=', village)
    .orderBy('id')
    .execute()
  for (const { id, name, group, kind, idNumber, household } of rows) {
    people.index(
      { name, group, kind: kindOf(kind), idNumber, household: '', relation: '' },
      { id, idNumber, household },
    )
    people.size = Math.max(people.size, id)
  }
  return people
}

class VillageRoster {
  size = 0
  readonly #byIdNumber = new Map<string, Known>()
  readonly #byName = new Map<string, Known[]>()

  find(facts: PayeeFacts): Known | undefined {
    if (facts.idNumber !== '') {
      const same = this.#byIdNumber.get(`${facts.idNumber} ${facts.name}`)
      if (same !== undefined) return same
    }
    const named = this.#byName.get(nameKey(facts)) ?? []
    if (facts.idNumber === '') return named.length === 1 ? named[0] : named.find((known) => known.idNumber === '')
    return named.length === 1 && named[0]?.idNumber === '' ? named[0] : undefined
  }

  index(facts: PayeeFacts, known: Known): void {
    if (known.idNumber !== '') this.#byIdNumber.set(`${known.idNumber} ${facts.name}`, known)
    const key = nameKey(facts)
    const named = this.#byName.get(key)
    if (named === undefined) this.#byName.set(key, [known])
    else if (!named.includes(known)) named.push(known)
  }
}

/** People and bodies never mix; a household's head and a person of the same name and group are one. */
function nameKey(facts: PayeeFacts): string {
  const sort = facts.kind === '主体' || facts.kind === '村' ? 'b' : 'p'
  return `${sort}\u0000${facts.group}\u0000${facts.name}`
}

function kindOf(value: unknown): PayeeKind {
  return value === '人' || value === '主体' || value === '村' ? value : '户'
}
