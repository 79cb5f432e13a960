// The county's terminals by name: which there are, where they stand, and what an account may see of them.
import { PROFILES, type Profile } from '../../../kiosk-config/profiles.ts'
import { SunhallError } from '../../contract/errors.ts'
import { type Actor, visibleTownship } from '../accounts/roles.ts'
import type { Office } from '../office.ts'

/** The terminals that an account sees: its township's, or all 30. */
export function visibleTerminals(actor: Actor): readonly Profile[] {
  const township = visibleTownship(actor)
  return township === null ? PROFILES : PROFILES.filter((one) => one.township === township)
}

/** Errors: E-INPUT for an unknown one, E-FORBIDDEN for one of another township. */
export function requireTerminal(actor: Actor, terminal: string): Profile {
  const profile = PROFILES.find((one) => one.terminal === terminal)
  if (profile === undefined)
    throw new SunhallError('E-INPUT', `Expected a terminal from HT-01 to HT-30, got ${terminal.slice(0, 20)}`)
  if (visibleTerminals(actor).includes(profile)) return profile
  throw new SunhallError('E-FORBIDDEN', `Expected a terminal of your township, got ${terminal}; ask the county office`)
}

export function nameOf(terminal: string): string {
  return PROFILES.find((one) => one.terminal === terminal)?.name ?? terminal
}

/** Names of the townships by their 9-digit codes. */
export async function townshipNames(office: Office): Promise<ReadonlyMap<string, string>> {
  const townships = (await office.books()).selectFrom('places').where('level', '=', 'township')
  const rows = await townships.select(['code', 'name']).orderBy('entry').execute()
  return new Map(rows.map(({ code, name }) => [code, name]))
}
