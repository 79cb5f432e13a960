// Tables of this room in the service database.
import type { Kysely } from 'kysely'

// biome-ignore lint/suspicious/noEmptyInterface: filled by the commits that follow
export interface MatchTables {}

// biome-ignore lint/suspicious/noExplicitAny: Kysely's own type for a schema that isn't there yet
export async function createMatchTables(_service: Kysely<any>): Promise<void> {}
