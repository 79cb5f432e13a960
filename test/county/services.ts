// The service database on both of its engines, for one contract suite.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe } from 'vitest'
import { openService, type Service } from '../../sync/county/service/service.ts'
import { findPostgres, type Postgres, startPostgres } from './postgres.ts'

/**
 * Runs `suite` on SQLite and on PostgreSQL. `open` gives a new, empty service database, or the one at `target`; it is closed
 * after the suite. `fresh` gives the address of one that nobody has opened yet.
 */
export function eachService(suite: (open: (target?: string) => Promise<Service>, fresh: () => string) => void): void {
  describe('on SQLite', () => {
    const folder = mkdtempSync(join(tmpdir(), 'service-'))
    let count = 0
    // Clean-ups run last to first: databases are closed before what they lie in goes.
    afterAll(() => rmSync(folder, { recursive: true, force: true }))
    const fresh = (): string => join(folder, `${++count}.sqlite`)
    suite(opener(fresh), fresh)
  })
  const bin = findPostgres()
  describe.skipIf(bin === null)('on PostgreSQL (skipped where it can’t be installed)', () => {
    let postgres: Postgres | null = null
    beforeAll(() => {
      postgres = startPostgres(bin ?? '')
    }, 60_000)
    afterAll(() => postgres?.stop())
    const fresh = (): string => postgres?.fresh() ?? ''
    suite(opener(fresh), fresh)
  })
}

function opener(fresh: () => string): (target?: string) => Promise<Service> {
  const opened: Service[] = []
  afterAll(async () => {
    for (const service of opened) await service.destroy()
  })
  return async (target = fresh()) => {
    const service = await openService(target)
    opened.push(service)
    return service
  }
}
