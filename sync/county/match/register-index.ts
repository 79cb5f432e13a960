// A register in memory while payments stream by: by ID number and by name. A row of 80,000 costs about half a kilobyte.
import type { RegisterName, RegisterRow } from '../../contract/console/match.ts'
import { SunhallError } from '../../contract/errors.ts'
import type { Service } from '../service/service.ts'
import { MAX_REGISTER_ROWS, rowsOf } from './registers.ts'

const NONE: readonly RegisterRow[] = []

export class RegisterIndex {
  rows = 0
  readonly #byId = new Map<string, RegisterRow[]>()
  readonly #byName = new Map<string, RegisterRow[]>()

  add(row: RegisterRow): void {
    this.rows += 1
    if (row.idNumber !== '') push(this.#byId, row.idNumber, row)
    // Without a place a name alone joins nobody.
    if (row.village !== '') push(this.#byName, row.name, row)
  }

  byId(idNumber: string): readonly RegisterRow[] {
    return this.#byId.get(idNumber) ?? NONE
  }

  byName(name: string): readonly RegisterRow[] {
    return this.#byName.get(name) ?? NONE
  }
}

/** Indexes of the registers named. Errors: E-INPUT where they hold more rows than memory should. */
export async function loadIndexes(
  service: Service,
  registers: Iterable<RegisterName>,
): Promise<Map<RegisterName, RegisterIndex>> {
  const indexes = new Map<RegisterName, RegisterIndex>()
  let rows = 0
  for (const register of new Set(registers)) {
    const index = new RegisterIndex()
    for await (const row of rowsOf(service, register)) index.add(row)
    rows += index.rows
    if (rows > 2 * MAX_REGISTER_ROWS)
      throw new SunhallError('E-INPUT', `Expected registers of ${2 * MAX_REGISTER_ROWS} rows in all, got more`)
    indexes.set(register, index)
  }
  return indexes
}

function push(lists: Map<string, RegisterRow[]>, key: string, row: RegisterRow): void {
  const list = lists.get(key)
  if (list === undefined) lists.set(key, [row])
  else list.push(row)
}
