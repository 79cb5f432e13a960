// Tables of the terminals in the service database. Times are ISO 8601 by the office's clock unless said otherwise.
import type { Kysely } from 'kysely'

export interface FleetTables {
  enrolment_tokens: {
    /** SHA-256 of the token: the table alone enrols nobody. */
    hash: string
    terminal: string
    issued_at: string
    issued_by: string
    /** '' until it was spent, or withdrawn by a newer one. */
    used_at: string
    /** Thumbprint of the key that spent it; '' for a withdrawn one. */
    used_by: string
  }
  terminals: {
    terminal: string
    /** Public key as a JWK, JSON. */
    key: string
    /** RFC 7638. */
    thumbprint: string
    enrolled_at: string
    /** '' while it is in service. */
    revoked_at: string
    revoked_why: string
    /** Last one taken; 0 before the first. */
    sequence: number
    /** '' before the first heartbeat. */
    heard_at: string
    /** The last heartbeat without its counts, JSON; '' before the first. */
    heartbeat: string
  }
  /** One line a heartbeat; after a week one a day (`history.ts`). */
  heartbeats: {
    terminal: string
    at: string
    /** Number of the release on screen. */
    release: number | null
    disk_free: number | null
    clock_offset_ms: number | null
    /** Code of what trust refused; ''. */
    refusal: string
    /** Code of the last error; ''. */
    error: string
  }
  usage_counts: {
    terminal: string
    /** Local day of the terminal. */
    day: string
    hour: number
    /** Screen's name; '' counts visits. */
    screen: string
    count: number
  }
  alarms: {
    id: string
    terminal: string
    kind: string
    detail: string
    raised_at: string
    /** '' while it lasts. */
    cleared_at: string
    acknowledged_at: string
    acknowledged_by: string
    /** What the person who acknowledged it wrote. */
    note: string
  }
  asks: {
    id: string
    terminal: string
    kind: string
    asked_at: string
    asked_by: string
    /** When the terminal was told first; ''. */
    told_at: string
    /** When it came; ''. */
    came_at: string
    bytes: number
    sha256: string
  }
}

type Columns = { readonly [name: string]: 'text' | 'integer' | 'bigint' }
const TABLES: { readonly [T in keyof FleetTables]: { columns: Columns; key: readonly string[] } } = {
  enrolment_tokens: {
    columns: { hash: 'text', terminal: 'text', issued_at: 'text', issued_by: 'text', used_at: 'text', used_by: 'text' },
    key: ['hash'],
  },
  terminals: {
    columns: {
      ...{ terminal: 'text', key: 'text', thumbprint: 'text', enrolled_at: 'text', revoked_at: 'text' },
      ...{ revoked_why: 'text', sequence: 'bigint', heard_at: 'text', heartbeat: 'text' },
    },
    key: ['terminal'],
  },
  heartbeats: {
    columns: {
      ...{ terminal: 'text', at: 'text', release: 'integer', disk_free: 'bigint', clock_offset_ms: 'bigint' },
      ...{ refusal: 'text', error: 'text' },
    },
    key: ['terminal', 'at'],
  },
  usage_counts: {
    columns: { terminal: 'text', day: 'text', hour: 'integer', screen: 'text', count: 'integer' },
    key: ['terminal', 'day', 'hour', 'screen'],
  },
  alarms: {
    columns: {
      ...{ id: 'text', terminal: 'text', kind: 'text', detail: 'text', raised_at: 'text', cleared_at: 'text' },
      ...{ acknowledged_at: 'text', acknowledged_by: 'text', note: 'text' },
    },
    key: ['id'],
  },
  asks: {
    columns: {
      ...{ id: 'text', terminal: 'text', kind: 'text', asked_at: 'text', asked_by: 'text', told_at: 'text' },
      ...{ came_at: 'text', bytes: 'integer', sha256: 'text' },
    },
    key: ['id'],
  },
}
/** Unknown to a heartbeat: everything else is always written. */
const NULLABLE = new Set(['release', 'disk_free', 'clock_offset_ms'])

// biome-ignore lint/suspicious/noExplicitAny: Kysely's own type for a schema that isn't there yet
export async function createFleetTables(service: Kysely<any>): Promise<void> {
  for (const [table, { columns, key }] of Object.entries(TABLES)) {
    let making = service.schema.createTable(table)
    for (const [name, type] of Object.entries(columns))
      making = making.addColumn(name, type, (column) => (NULLABLE.has(name) ? column : column.notNull()))
    // Kysely checks names against columns given in one chain; these come from the table above.
    await making.addPrimaryKeyConstraint(`${table}_key`, [...key] as never[]).execute()
  }
  await service.schema.createIndex('alarms_terminal').on('alarms').columns(['terminal', 'cleared_at']).execute()
  await service.schema.createIndex('usage_day').on('usage_counts').column('day').execute()
}
