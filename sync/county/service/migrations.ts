// The steps that bring a service database of any age to this version, in order, each run once (Kysely's Migrator). A step that
// has been published is never changed: what comes later is a step of its own.
//
//   1  settings and the audit trail: the first program, of 2026-11-24
//   2  accounts, checks, drafts, terminals, inbox, matching: came within that day, without a version of their own, so that a
//      database of those hours may have some of them
//   3  refusals of sealed messages
//   4  devices that an account has signed in from
import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'
import { createAccountTables, createDeviceTable } from '../accounts/tables.ts'
import { createAuditTables } from '../audit/tables.ts'
import { createCheckTables } from '../checks/tables.ts'
import { createDraftTables } from '../drafts/tables.ts'
import { createFleetTables } from '../fleet/tables.ts'
import { createInboxTables, createRefusalTable } from '../inbox/tables.ts'
import { createMatchTables } from '../match/tables.ts'

// biome-ignore lint/suspicious/noExplicitAny: Kysely's own type for a schema that isn't there yet
type Schemaless = Kysely<any>

/** By name: the number before the dash is the version that a database has after it. */
export const MIGRATIONS: { readonly [name: string]: Migration } = {
  '1-settings-and-trail': {
    async up(service: Schemaless) {
      const tables = await tablesOf(service)
      if (!tables.has('settings'))
        await service.schema
          .createTable('settings')
          .addColumn('name', 'text', (column) => column.primaryKey())
          .addColumn('value', 'text', (column) => column.notNull())
          .execute()
      if (!tables.has('audit')) await createAuditTables(service)
    },
  },
  '2-rooms': {
    async up(service: Schemaless) {
      const tables = await tablesOf(service)
      // Each room's tables came all at once: one of them tells for the rest.
      if (!tables.has('accounts')) await createAccountTables(service)
      if (!tables.has('findings')) await createCheckTables(service)
      if (!tables.has('drafts')) await createDraftTables(service)
      if (!tables.has('terminals')) await createFleetTables(service)
      if (!tables.has('messages')) await createInboxTables(service)
      if (!tables.has('matchRuns')) await createMatchTables(service)
    },
  },
  '3-refusals': { up: createRefusalTable },
  '4-devices': { up: createDeviceTable },
}

async function tablesOf(service: Schemaless): Promise<Set<string>> {
  const tables = await service.introspection.getTables()
  // On PostgreSQL the books lie beside them, in a schema of their own.
  return new Set(tables.filter(({ schema }) => schema === undefined || schema === 'public').map(({ name }) => name))
}
