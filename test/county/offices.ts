// Whole offices on both of their engines, for one contract suite: books and service in the folder's SQLite files, or all of it
// in one PostgreSQL database.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe } from 'vitest'
import { type Office, openOffice } from '../../sync/county/office.ts'
import { findPostgres, type Postgres, startPostgres } from './postgres.ts'

export type OpenOffice = (now: Date) => Office

/** Runs `suite` on SQLite and on PostgreSQL. `open` gives a new, empty office; it is closed after the suite. */
export function eachOffice(suite: (open: OpenOffice, engine: 'sqlite' | 'postgres') => void): void {
  describe('on SQLite', () =>
    suite(
      opener(() => null),
      'sqlite',
    ))
  const bin = findPostgres()
  describe.skipIf(bin === null)('on PostgreSQL (skipped where it can’t be installed)', () => {
    let postgres: Postgres | null = null
    beforeAll(() => {
      postgres = startPostgres(bin ?? '')
    }, 60_000)
    afterAll(() => postgres?.stop())
    suite(
      opener(() => postgres?.fresh() ?? null),
      'postgres',
    )
  })
}

function opener(address: () => string | null): OpenOffice {
  const opened: Office[] = []
  afterAll(async () => {
    for (const office of opened) {
      await office.close()
      rmSync(office.folder, { recursive: true, force: true })
    }
  })
  return (now) => {
    const office = openOffice(mkdtempSync(join(tmpdir(), 'office-')), now, address())
    opened.push(office)
    return office
  }
}
