// The county's places and funds as the office knows them now, for resolving what a row names. The key is the code:
// six village names repeat inside the county, so a name alone is taken only where it is the only one.
import type { PayeeKind } from '../../contract/rows.ts'
import type { Books } from '../database/books.ts'
import { type Reading, read, unreadable } from '../readers/reading.ts'

export interface Place {
  code: string
  name: string
  level: string
  parent: string
}
export interface FundFacts {
  code: string
  name: string
  payee: PayeeKind
  masked: boolean
}

const PROVINCE = '43'
/** The province and the city above the county. */
const ABOVE = /^(?:\d{2}|\d{4})$/
const DEPARTMENT = 'dept:'

export class Gazetteer {
  readonly #places = new Map<string, Place>()
  readonly #villagesByName = new Map<string, Place[]>()
  readonly #funds = new Map<string, FundFacts>()
  readonly #fundsByName = new Map<string, FundFacts[]>()
  readonly #departments = new Set<string>()

  private constructor(places: readonly Place[], funds: readonly (FundFacts & { department: string })[]) {
    for (const place of places) this.#places.set(place.code, place)
    for (const place of this.#places.values()) {
      if (place.level === 'village') push(this.#villagesByName, villageWord(place.name), place)
    }
    for (const { department, ...fund } of funds) {
      if (department !== '') this.#departments.add(departmentWord(department))
      this.#funds.set(fund.code, fund)
    }
    for (const fund of this.#funds.values()) push(this.#fundsByName, fundWord(fund.name), fund)
  }

  /** As the books have them now: of each code the newest row counts. */
  static async open(books: Books): Promise<Gazetteer> {
    const places = await books
      .selectFrom('places')
      .select(['code', 'name', 'level', 'parent'])
      .orderBy('entry')
      .execute()
    const funds = await books
      .selectFrom('funds')
      .select(['code', 'name', 'payee', 'masked', 'department'])
      .orderBy('entry')
      .execute()
    return new Gazetteer(
      places,
      funds.map((fund) => ({ ...fund, masked: fund.masked === 1 })),
    )
  }

  /** A place that the file being read has just named. */
  learn(place: Place): void {
    this.#places.set(place.code, place)
  }

  place(code: string): Place | undefined {
    return this.#places.get(code)
  }

  fund(code: string): FundFacts | undefined {
    return this.#funds.get(code)
  }

  /** A village's code from its code or name, with the township's name or code where the file gives one. */
  villageOf(text: string, township: string): Reading<string> {
    const known = this.#places.get(text)
    if (known !== undefined) {
      return known.level === 'village' ? read(known.code) : unreadable('not-a-village', { name: known.name, got: text })
    }
    if (/^\d+$/.test(text)) return unreadable('village-code', { got: text })
    const named = (this.#villagesByName.get(villageWord(text)) ?? []).filter((place) => this.#isIn(place, township))
    const [only] = named
    if (only !== undefined && named.length === 1) return read(only.code)
    if (named.length > 0)
      return unreadable('village-of-several', { got: text, codes: named.map((place) => place.code).join('、') })
    return township === '' ? unreadable('village', { got: text }) : unreadable('village-in', { got: text, township })
  }

  /** A fund's code from its code or exact name. */
  fundOf(text: string): Reading<string> {
    if (this.#funds.has(text)) return read(text)
    const named = this.#fundsByName.get(fundWord(text)) ?? []
    const [only] = named
    if (only !== undefined && named.length === 1) return read(only.code)
    return named.length === 0
      ? unreadable('fund', { got: text })
      : unreadable('fund-of-several', { got: text, codes: named.map((fund) => fund.code).join('、') })
  }

  /** Where an allocation comes from or goes to: a code, or an exact name of the county's places or departments. */
  bodyOf(text: string): Reading<string> {
    if (this.#places.has(text) || ABOVE.test(text)) return read(text)
    if (/^湖南省?$/.test(text)) return read(PROVINCE)
    const department = departmentWord(text.startsWith(DEPARTMENT) ? text.slice(DEPARTMENT.length) : text)
    const known = this.#departments.has(department)
    if (known || (text.startsWith(DEPARTMENT) && this.isAboveTownships(text))) return read(`${DEPARTMENT}${department}`)
    const [only, other] = [...this.#places.values()].filter(({ name }) => name === text)
    if (only !== undefined && other === undefined) return read(only.code)
    return unreadable('body', { got: text })
  }

  /** True for the county, what is above it, and its departments; false for anything that may be a township's or a village's. */
  isAboveTownships(code: string): boolean {
    const place = this.#places.get(code)
    if (place !== undefined) return place.level === 'county'
    if (ABOVE.test(code)) return true
    if (!code.startsWith(DEPARTMENT) || code.length === DEPARTMENT.length) return false
    for (const { name, level } of this.#places.values()) if (level !== 'county' && code.includes(name)) return false
    return true
  }

  #isIn(place: Place, township: string): boolean {
    if (township === '') return true
    return place.parent === township || this.#places.get(place.parent)?.name === township.trim()
  }
}

/** 小寨村, 小寨村委会 and the register's own 小寨村村委会 are one: the committee goes first, then what it is of. */
function villageWord(name: string): string {
  return name
    .trim()
    .replace(/(?:村民委员会|村委会|居民委员会|居委会)$/, '')
    .replace(/(?:社区|村)$/, '')
}

/** '会同县民政局' and '县民政局' are one. */
function departmentWord(name: string): string {
  return name.trim().replace(/^(?:湖南省)?(?:怀化市)?会同县/, '县')
}

function fundWord(name: string): string {
  return name.replaceAll('（', '(').replaceAll('）', ')').replace(/\s+/g, '')
}

function push<T>(lists: Map<string, T[]>, key: string, value: T): void {
  const list = lists.get(key)
  if (list === undefined) lists.set(key, [value])
  else list.push(value)
}
