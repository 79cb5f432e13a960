// The bodies that a matter can go to: the inspection itself, the level above, the departments that answer for funds, the
// townships. The vocabulary of routing; nothing else is ever written beside a message.
import type { RoutingBody } from '../../contract/console/inbox.ts'
import type { Books } from '../database/books.ts'

const INSPECTION: RoutingBody = { code: 'inspection', name: '县纪委监委', kind: 'inspection' }
export const UP: RoutingBody = { code: 'up', name: '上一级纪检监察机关', kind: 'up' }

export async function routingBodies(books: Books): Promise<RoutingBody[]> {
  const departments = await books
    .selectFrom('funds')
    .select('department')
    .distinct()
    .where('department', '<>', '')
    .orderBy('department')
    .execute()
  const townships = await books
    .selectFrom('places')
    .select(['code', 'name'])
    .distinct()
    .where('level', '=', 'township')
    .orderBy('code')
    .execute()
  return [
    INSPECTION,
    UP,
    ...departments.map(({ department }): RoutingBody => {
      return { code: `dept:${department}`, name: department, kind: 'department' }
    }),
    ...townships.map(({ code, name }): RoutingBody => ({ code, name, kind: 'township' })),
  ]
}
