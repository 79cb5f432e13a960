// Who may see what matching found: reviewers and inspectors of the whole county. A township's own people never do: they
// may be the ones who paid.
import { SunhallError } from '../../contract/errors.ts'
import { type Actor, type Role, requireRole } from '../accounts/roles.ts'

export const MATCH_ROLES: readonly Role[] = ['reviewer', 'inspector']

/** Errors: E-FORBIDDEN. */
export function requireMatcher(actor: Actor): void {
  requireRole(actor, ...MATCH_ROLES)
  if (actor.township === null) return
  throw new SunhallError('E-FORBIDDEN', '数据比对只给全县的审核人和纪检监察看，乡镇账号看不到')
}
