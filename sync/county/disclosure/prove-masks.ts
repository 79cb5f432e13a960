// The proof's look at masked funds: rebuilds the attack from what is about to be published, alone and as the difference
// from what was published before. A row that fewer than five people could be refuses the signature (P5).
import { MASK_CROWD } from '../../contract/limits.ts'
import type {
  AllocationRow,
  MaskedRow,
  MaskedTotalRow,
  NameRow,
  PersonRow,
  ProjectRow,
  RollupRow,
} from '../../contract/rows.ts'
import type { Failure } from './failure.ts'
import { type EarlierMasked, maskKey, type ProofFacts } from './proof-facts.ts'
import { earlierDecisionsOf, type PublishedDecisions } from './published.ts'
import { candidates, NOBODY } from './surnames.ts'

/** Money of the masked rows shown, by fund and year, then village. */
type Shown = Map<string, Map<string, number>>

export class MaskProof {
  readonly #facts: ProofFacts
  readonly #earlier: PublishedDecisions
  readonly #shown: Shown = new Map()
  readonly #people = new Set<string>()
  /** Registry numbers with open payments, by village. */
  readonly #paid = new Map<string, Set<number>>()
  readonly #registered: { row: PersonRow; village: string; where: string }[] = []
  readonly #names: { name: string; where: string }[] = []
  readonly #totals: { row: MaskedTotalRow; where: string }[] = []
  #village = ''
  #earlierRows: EarlierMasked = new Map()

  constructor(facts: ProofFacts, earlier: PublishedDecisions) {
    this.#facts = facts
    this.#earlier = earlier
  }

  /** Money of shown rows, for what is remembered of this release. */
  get shown(): ReadonlyMap<string, ReadonlyMap<string, number>> {
    return this.#shown
  }

  /** Reads what earlier releases showed of the village's masked rows; call it before `rows`. */
  async enter(village: string): Promise<void> {
    if (village === this.#village) return
    this.#village = village
    this.#earlierRows = await this.#facts.earlierMasked(village)
  }

  /** Masked rows of one block of the village that was entered. */
  *rows(rows: readonly MaskedRow[], village: string, where: string): Generator<Failure> {
    const told = new Set<string>()
    for (const [at, row] of rows.entries()) {
      const kindOfRow = `${row.fund} ${row.surname}`
      if (!told.has(kindOfRow)) {
        told.add(kindOfRow)
        yield* this.#crowd(row, village, `${where} row ${at + 1}`)
      }
      const before = this.#earlierRows.size === 0 ? undefined : this.#earlierRows.get(maskKey(row))
      if (before !== undefined && !before.has(row.surname)) {
        const what =
          'an earlier release showed this row with another surname, and together fewer than five people could be meant'
        yield { rule: 'masked-row-identifiable', where: `${where} row ${at + 1}`, what }
      }
      this.#count(row, village)
    }
  }

  /** Who could be meant by rows of this fund and surname, for a reader who knows everyone in the village. */
  *#crowd(row: MaskedRow, village: string, where: string): Generator<Failure> {
    if (this.#facts.masks.disclosure.get(row.fund) !== 'masked') {
      yield { rule: 'masked-fund-in-the-open', where, what: `fund ${row.fund} is not a masked fund of tier B` }
    }
    const { crowd, shown } = this.#facts.masks.village(village)
    if (row.surname !== NOBODY && !shown.has(row.surname)) {
      yield { rule: 'masked-row-identifiable', where, what: 'its surname may not be shown in this village' }
    }
    const people = candidates(crowd, shown, row.surname)
    if (people < MASK_CROWD) {
      yield { rule: 'masked-row-identifiable', where, what: `only ${people} people of the roster could be meant` }
    }
  }

  #count(row: MaskedRow, village: string): void {
    const key = `${row.fund} ${row.month.slice(0, 4)}`
    const villages = this.#shown.get(key) ?? new Map<string, number>()
    this.#shown.set(key, villages)
    villages.set(village, (villages.get(village) ?? 0) + (row.status === '退回' ? 0 : row.amount))
  }

  /** The index of names may only repeat the registries. */
  name(row: NameRow, where: string): void {
    this.#names.push({ name: row.name, where })
  }

  /** Sums of payments: a masked fund has none but its totals, a tier A fund none of a village. */
  *rollup({ fund, place }: RollupRow, where: string): Generator<Failure> {
    const level = this.#facts.gazetteer.place(place)?.level
    const told = this.#isTotals(fund) && (level === 'county' || level === 'township')
    if (!told) yield* this.#closed(fund, `a sum of fund ${fund} for ${place} beside its masked rows`, where)
  }

  /** Sums given out: whatever isn't surely above the townships would tell by subtraction what a mask hides. */
  *allocation({ fund, to }: AllocationRow, where: string): Generator<Failure> {
    const { gazetteer } = this.#facts
    if (gazetteer.isAboveTownships(to)) return
    const told = this.#isTotals(fund) && gazetteer.place(to)?.level === 'township'
    if (!told) yield* this.#closed(fund, `money of fund ${fund} given to one place beside its masked rows`, where)
  }

  /** Projects: a closed fund's could name whom it serves. */
  *project({ fund }: ProjectRow, where: string): Generator<Failure> {
    yield* this.#closed(fund, `a project of fund ${fund}, which is published in totals or masked only`, where)
  }

  #isTotals(fund: string): boolean {
    return this.#facts.masks.disclosure.get(fund) === 'totals'
  }

  *#closed(fund: string, what: string, where: string): Generator<Failure> {
    if (this.#facts.masks.disclosure.get(fund) !== 'open') yield { rule: 'masked-fund-in-the-open', where, what }
  }

  total(row: MaskedTotalRow, where: string): void {
    this.#totals.push({ row, where })
  }

  /** Open payments: no fund that must not have any. Who is paid is held against the registry at the end. */
  *payments(
    rows: { fund: readonly string[]; person: readonly number[] },
    village: string,
    where: string,
  ): Generator<Failure> {
    const paid = this.#paid.get(village) ?? new Set<number>()
    this.#paid.set(village, paid)
    for (const person of rows.person) paid.add(person)
    for (const fund of new Set(rows.fund)) {
      const disclosure = this.#facts.masks.disclosure.get(fund)
      const at = `${where} row ${rows.fund.indexOf(fund) + 1}`
      if (disclosure === 'open') {
        if (this.#facts.shownMasked.has(fund))
          yield {
            rule: 'masked-fund-in-the-open',
            where: at,
            what: `an open payment of fund ${fund}, whose rows an earlier release showed masked: together they give the names`,
          }
        continue
      }
      const rule = disclosure === 'totals' ? 'tier-a-row' : 'masked-fund-in-the-open'
      yield { rule, where: at, what: `an open payment of fund ${fund} in ${village}, which may not have any` }
    }
  }

  /** Registry rows: a number means the person that the roster says, and the one it meant before. */
  *people(rows: readonly PersonRow[], village: string, where: string): Generator<Failure> {
    const names = this.#facts.registryNames(village)
    const published = this.#facts.publishedNames(village)
    for (const [at, row] of rows.entries()) {
      const place = `${where} row ${at + 1} (${row.number})`
      this.#registered.push({ row, village, where: place })
      this.#people.add(row.name)
      const known = names.get(row.number)
      if (known !== row.name) {
        const rule = known === undefined ? 'masked-person-named' : 'person-number-changed'
        yield { rule, where: place, what: `number ${row.number} does not stand for that person` }
      }
      const before = published.get(row.number)
      if (before !== undefined && before !== row.name) {
        const what = `number ${row.number} meant somebody else in an earlier release`
        yield { rule: 'person-number-changed', where: place, what }
      }
    }
  }

  /** Whoever has a registry number has an open payment in these very blocks, or heads the household of one who has. */
  *#unpaid(): Generator<Failure> {
    const heads = new Set<string>()
    const isPaid = (village: string, number: number): boolean => this.#paid.get(village)?.has(number) === true
    for (const { row, village } of this.#registered) {
      if (isPaid(village, row.number)) heads.add(`${village} ${row.household}`)
    }
    for (const { row, village, where } of this.#registered) {
      if (isPaid(village, row.number) || heads.has(`${village} ${row.number}`)) continue
      yield {
        rule: 'masked-person-named',
        where,
        what: `number ${row.number} stands for somebody without an open payment`,
      }
    }
  }

  /** After all rows: villages with five payees, totals with five payees, and what subtraction leaves. */
  *finish(): Generator<Failure> {
    for (const [key, villages] of this.#shown) {
      const [fund = '', year = ''] = key.split(' ')
      const payees = this.#facts.payees(fund, Number(year))
      for (const village of villages.keys()) {
        const count = payees.get(village) ?? 0
        const where = `masked ${village} ${fund} ${year}`
        if (count < MASK_CROWD)
          yield { rule: 'masked-row-identifiable', where, what: `rows of ${count} payees are shown; five are needed` }
      }
      yield* this.#againstEarlier(fund, Number(year), villages)
    }
    for (const { row, where } of this.#totals) yield* this.#total(row, where)
    yield* this.#unpaid()
    for (const { name, where } of this.#names) {
      if (!this.#people.has(name))
        yield { rule: 'masked-person-named', where, what: 'the index has a name that no registry has' }
    }
  }

  /** A village may not change between shown and counted: its money could be found in the difference of two totals. */
  *#againstEarlier(fund: string, year: number, villages: ReadonlyMap<string, number>): Generator<Failure> {
    for (const [village, state] of earlierDecisionsOf(this.#earlier, fund, year)) {
      const now = villages.has(village)
      if (state === 'counted' && now) {
        yield {
          rule: 'masked-total-identifiable',
          where: `masked ${village} ${fund} ${year}`,
          what: 'rows are shown that an earlier release only counted in a total',
        }
      }
    }
  }

  *#total(row: MaskedTotalRow, where: string): Generator<Failure> {
    if (this.#facts.masks.disclosure.get(row.fund) === 'open') {
      yield { rule: 'masked-fund-in-the-open', where, what: `a masked total of fund ${row.fund}, which is open` }
    }
    if (row.payees < MASK_CROWD)
      yield { rule: 'masked-total-identifiable', where, what: `the total holds ${row.payees} payees; five are needed` }
    const villages = this.#shown.get(`${row.fund} ${row.year}`) ?? new Map<string, number>()
    const payees = this.#facts.payees(row.fund, row.year)
    let hidden = row.payees
    let money = row.amount
    for (const [village, amount] of villages) {
      if (!row.townships.includes(this.#facts.gazetteer.place(village)?.parent ?? '')) continue
      hidden -= payees.get(village) ?? 0
      money -= amount
    }
    if (hidden > 0 && hidden < MASK_CROWD) {
      yield {
        rule: 'masked-total-identifiable',
        where,
        what: `total minus shown rows leaves ${hidden} payees; none or five are needed`,
      }
    }
    if (hidden <= 0 && money !== 0) {
      yield {
        rule: 'masked-total-identifiable',
        where,
        what: 'the total holds money of payees who are neither shown nor counted',
      }
    }
  }
}
