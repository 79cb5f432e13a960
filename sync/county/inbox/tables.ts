// Tables of the inbox in the service database. Nothing in them says what a message is about: `sealed` is the JWE, and
// of the routing there is only what the inspector's browser writes back.
import type { Kysely } from 'kysely'

export interface InboxTables {
  /** A sealed message, and its envelope: number, terminal, day. No time of day (P4). */
  messages: {
    id: string
    terminal: string
    /** Local day of arrival, 'YYYY-MM-DD'. */
    day: string
    /** Of `sealed`: the receipt is over it. */
    sha256: string
    /** The sealed message's text, byte for byte. */
    sealed: string
    /** Compact JWS: the same for the same message, however often it comes. */
    receipt: string
  }
  /** What was refused, once each, so that a terminal that asks again gets the same answer and the trail one entry. */
  refusals: {
    /** SHA-256 of the refused bytes; for a refusal that may pass its code, terminal and day. */
    what: string
    terminal: string
    day: string
    /** Compact JWS for one for good; '' for one that may pass. */
    refusal: string
  }
  /** What the inspector chose after opening a message: body, class of deadline, state. Never its content. */
  routings: {
    message: string
    /** One of the routing vocabulary's bodies. */
    body: string
    /** 'question' or 'petition': which deadlines run. */
    deadlines: string
    /** 1 where the matter is about the head of the organ: off the ordinary list, to the level above. */
    goesUp: number
    /** 1 once the petitioner was told; days as 'YYYY-MM-DD', '' while open. */
    told: string
    closed: string
    /** 1 where the 30 days more were granted. */
    extended: number
    by: string
    /** Day of the last change. */
    day: string
  }
}

// biome-ignore lint/suspicious/noExplicitAny: Kysely's own type for a schema that isn't there yet
export async function createInboxTables(service: Kysely<any>): Promise<void> {
  await service.schema
    .createTable('messages')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('terminal', 'text', (column) => column.notNull())
    .addColumn('day', 'text', (column) => column.notNull())
    .addColumn('sha256', 'text', (column) => column.notNull())
    .addColumn('sealed', 'text', (column) => column.notNull())
    .addColumn('receipt', 'text', (column) => column.notNull())
    .execute()
  await service.schema
    .createTable('routings')
    .addColumn('message', 'text', (column) => column.primaryKey().references('messages.id'))
    .addColumn('body', 'text', (column) => column.notNull())
    .addColumn('deadlines', 'text', (column) => column.notNull())
    .addColumn('goesUp', 'integer', (column) => column.notNull())
    .addColumn('told', 'text', (column) => column.notNull())
    .addColumn('closed', 'text', (column) => column.notNull())
    .addColumn('extended', 'integer', (column) => column.notNull())
    .addColumn('by', 'text', (column) => column.notNull())
    .addColumn('day', 'text', (column) => column.notNull())
    .execute()
}

// biome-ignore lint/suspicious/noExplicitAny: Kysely's own type for a schema that isn't there yet
export async function createRefusalTable(service: Kysely<any>): Promise<void> {
  await service.schema
    .createTable('refusals')
    .addColumn('what', 'text', (column) => column.primaryKey())
    .addColumn('terminal', 'text', (column) => column.notNull())
    .addColumn('day', 'text', (column) => column.notNull())
    .addColumn('refusal', 'text', (column) => column.notNull())
    .execute()
}
