// Who is who in a village: every payee the office knows, masked or not, under a number of the office's own.
//
// Registry numbers (what is published) are given by publication and only ever appended; the ids here never leave.
import type { DatabaseSync, StatementSync } from 'node:sqlite'
import type { PayeeKind } from '../../contract/rows.ts'

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

/** Finds or adds the people of the villages that an import touches. One instance for one transaction. */
export class Roster {
  readonly #importId: number
  readonly #load: StatementSync
  readonly #insert: StatementSync
  readonly #learn: StatementSync
  readonly #villages = new Map<string, VillageRoster>()

  constructor(database: DatabaseSync, importId: number) {
    this.#importId = importId
    this.#load = database.prepare(
      'SELECT id, name, "group", kind, idNumber, household FROM roster WHERE village = ? ORDER BY id',
    )
    this.#insert = database.prepare(
      `INSERT INTO roster (village, id, import, name, "group", kind, idNumber, household, relation)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    )
    this.#learn = database.prepare(
      'UPDATE roster SET idNumber = ?, household = ?, relation = ? WHERE village = ? AND id = ?',
    )
  }

  /**
   * The office's id of a payee. Same ID number and name: same person; a parent's number beside a child's name isn't.
   * Without one: the same name and group, if only one such is known. An ID number never joins a person who has another one.
   */
  idOf(village: string, facts: PayeeFacts): number {
    const people = this.#village(village)
    const known = people.find(facts)
    if (known === undefined) return this.#add(village, people, facts)
    if ((facts.idNumber !== '' && known.idNumber === '') || (facts.household !== '' && known.household === '')) {
      if (known.idNumber === '') known.idNumber = facts.idNumber
      if (known.household === '') known.household = facts.household
      people.index(facts, known)
      this.#learn.run(known.idNumber, known.household, facts.relation, village, known.id)
    }
    return known.id
  }

  #add(village: string, people: VillageRoster, facts: PayeeFacts): number {
    const id = people.size + 1
    const { name, group, kind, idNumber, household, relation } = facts
    this.#insert.run(village, id, this.#importId, name, group, kind, idNumber, household, relation)
    people.index(facts, { id, idNumber, household })
    people.size = id
    // A head who gets nothing is in the village all the same: members hang on this entry.
    if (household !== '' && household !== name) {
      this.idOf(village, { name: household, group, kind: '户', idNumber: '', household: '', relation: '户主' })
    }
    return id
  }

  #village(village: string): VillageRoster {
    const open = this.#villages.get(village)
    if (open !== undefined) return open
    const people = new VillageRoster()
    for (const row of this.#load.iterate(village)) {
      const facts = {
        name: String(row.name),
        group: String(row.group),
        kind: kindOf(row.kind),
        idNumber: String(row.idNumber),
      }
      people.index(
        { ...facts, household: '', relation: '' },
        { id: Number(row.id), idNumber: facts.idNumber, household: String(row.household) },
      )
      people.size = Math.max(people.size, Number(row.id))
    }
    this.#villages.set(village, people)
    return people
  }
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
