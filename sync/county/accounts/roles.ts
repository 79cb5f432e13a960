// What a person may do and see.
import { type Actor, ROLES, type Role, roleSchema } from '../../contract/console/session.ts'
import { SunhallError } from '../../contract/errors.ts'

export type { Actor, Role }

/** Roles that go with no other: who keeps accounts or reads the trail takes no part in the work. */
const ALONE: readonly Role[] = ['administrator', 'auditor']

/** Passes where the actor has one of the roles. Errors: E-FORBIDDEN. */
export function requireRole(actor: Actor, ...roles: readonly Role[]): void {
  if (roles.some((role) => actor.roles.includes(role))) return
  throw new SunhallError(
    'E-FORBIDDEN',
    `Expected a ${roles.join(' or ')}, got ${actor.login} (${actor.roles.join(', ') || 'no role'}); ask the administrator for the role`,
  )
}

/** The one township whose rows this person sees; null for the whole county. */
export function visibleTownship(actor: Actor): string | null {
  return actor.township
}

/** Passes where the actor may see a place (9 digits or a village's 12). Errors: E-FORBIDDEN. */
export function requirePlace(actor: Actor, place: string): void {
  if (actor.township === null || place.startsWith(actor.township)) return
  throw new SunhallError(
    'E-FORBIDDEN',
    `Expected a place of township ${actor.township}, got ${place}; ask the county office`,
  )
}

/** Roles from words. Errors: E-INPUT for unknown ones, none, or a pair that may not be one person's. */
export function parseRoles(words: readonly string[]): Role[] {
  const roles = words.map((word) => {
    const role = roleSchema.safeParse(word)
    if (role.success) return role.data
    throw new SunhallError('E-INPUT', `Expected roles (${ROLES.join(', ')}), got "${word}"`)
  })
  const set = [...new Set(roles)]
  if (set.length === 0) throw new SunhallError('E-INPUT', `Expected at least one role of ${ROLES.join(', ')}, got none`)
  const alone = ALONE.find((role) => set.includes(role))
  if (alone !== undefined && set.length > 1)
    throw new SunhallError(
      'E-INPUT',
      `Expected ${alone} as the only role, got ${set.join(', ')}; give the others to another person's account`,
    )
  return set
}
