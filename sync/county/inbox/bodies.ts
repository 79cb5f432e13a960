// The bodies that a matter can go to: the inspection itself, the level above, the departments that answer for funds, the
// townships. The vocabulary of routing; nothing else is ever written beside a message.
import type { DatabaseSync } from 'node:sqlite'
import type { RoutingBody } from '../../contract/console/inbox.ts'

const INSPECTION: RoutingBody = { code: 'inspection', name: '县纪委监委', kind: 'inspection' }
export const UP: RoutingBody = { code: 'up', name: '上一级纪检监察机关', kind: 'up' }

export function routingBodies(database: DatabaseSync): RoutingBody[] {
  const departments = database
    .prepare("SELECT DISTINCT department FROM funds WHERE department <> '' ORDER BY department")
    .all()
    .map(
      ({ department }): RoutingBody => ({ code: `dept:${department}`, name: String(department), kind: 'department' }),
    )
  const townships = database
    .prepare("SELECT DISTINCT code, name FROM places WHERE level = 'township' ORDER BY code")
    .all()
    .map(({ code, name }): RoutingBody => ({ code: String(code), name: String(name), kind: 'township' }))
  return [INSPECTION, UP, ...departments, ...townships]
}
