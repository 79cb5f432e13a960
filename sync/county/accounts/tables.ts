// The tables of people: accounts, their failed tries, their sessions, and one-time tickets for work done in their name.
import type { Kysely } from 'kysely'

export interface AccountTables {
  accounts: {
    login: string
    name: string
    /** `scrypt$N$r$p$salt$hash` (`passwords.ts`). */
    password: string
    /** 1 where somebody else chose the password. */
    must_change: number
    /** JSON list of roles. */
    roles: string
    /** 9-digit code; null for the whole county. */
    township: string | null
    disabled: number
    /** ISO 8601. */
    created_at: string
    password_at: string
  }
  /** Failed tries since the last success, by the login that was typed, whether it exists or not, or by a known device. */
  tries: {
    login: string
    failed: number
    last_at: string
    /** No try is taken before this moment; '' where there is no wait. */
    locked_until: string
  }
  sessions: {
    /** SHA-256 of the cookie's token: the table alone opens nothing. */
    token_hash: string
    login: string
    csrf: string
    created_at: string
    seen_at: string
  }
  /** Devices that an account has signed in from (`devices.ts`). */
  devices: {
    /** SHA-256 of the cookie's token. */
    device_hash: string
    login: string
    made_at: string
  }
  tickets: {
    /** SHA-256 of the ticket. */
    ticket_hash: string
    login: string
    expires_at: string
  }
}

// biome-ignore lint/suspicious/noExplicitAny: Kysely's own type for a schema that isn't there yet
export async function createAccountTables(service: Kysely<any>): Promise<void> {
  await service.schema
    .createTable('accounts')
    .addColumn('login', 'text', (column) => column.primaryKey())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('password', 'text', (column) => column.notNull())
    .addColumn('must_change', 'integer', (column) => column.notNull())
    .addColumn('roles', 'text', (column) => column.notNull())
    .addColumn('township', 'text')
    .addColumn('disabled', 'integer', (column) => column.notNull())
    .addColumn('created_at', 'text', (column) => column.notNull())
    .addColumn('password_at', 'text', (column) => column.notNull())
    .execute()
  await service.schema
    .createTable('tries')
    .addColumn('login', 'text', (column) => column.primaryKey())
    .addColumn('failed', 'integer', (column) => column.notNull())
    .addColumn('last_at', 'text', (column) => column.notNull())
    .addColumn('locked_until', 'text', (column) => column.notNull())
    .execute()
  await service.schema
    .createTable('sessions')
    .addColumn('token_hash', 'text', (column) => column.primaryKey())
    .addColumn('login', 'text', (column) => column.notNull())
    .addColumn('csrf', 'text', (column) => column.notNull())
    .addColumn('created_at', 'text', (column) => column.notNull())
    .addColumn('seen_at', 'text', (column) => column.notNull())
    .execute()
  await service.schema
    .createTable('tickets')
    .addColumn('ticket_hash', 'text', (column) => column.primaryKey())
    .addColumn('login', 'text', (column) => column.notNull())
    .addColumn('expires_at', 'text', (column) => column.notNull())
    .execute()
}

// biome-ignore lint/suspicious/noExplicitAny: Kysely's own type for a schema that isn't there yet
export async function createDeviceTable(service: Kysely<any>): Promise<void> {
  await service.schema
    .createTable('devices')
    .addColumn('device_hash', 'text', (column) => column.primaryKey())
    .addColumn('login', 'text', (column) => column.notNull())
    .addColumn('made_at', 'text', (column) => column.notNull())
    .execute()
}
