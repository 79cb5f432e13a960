// Which fields of public rows are free texts, which hold offices' numbers, and which are no texts at all: what the
// proof looks for in each. A field in none of these lists is still searched for personal numbers.
import type { Kind, Rows } from '../../contract/rows.ts'

type FieldsOf = { readonly [K in Kind]?: readonly (keyof Rows[K] & string)[] }

/** Free texts: a masked payee's name in one is refused. */
export const FREE_TEXTS: FieldsOf = {
  origins: ['file'],
  payments: ['batch', 'unit'],
  allocations: ['document'],
  projects: ['name', 'place', 'content', 'acceptance', 'beneficiaries', 'goals', 'progress', 'problems'],
  entries: ['summary'],
  assets: ['name', 'boundaries'],
  contracts: ['subject'],
  debts: ['reason'],
  media: ['caption'],
  documents: ['title', 'history', 'who', 'howMuch', 'how'],
  clauses: ['text'],
  notices: ['title', 'body', 'venue'],
}

/** Typed for offices' numbers: each number must stand on the office's approved list. */
export const PHONE_FIELDS: FieldsOf = {
  catalogue: ['contactPhone', 'complaintPhone'],
  projects: ['officePhone'],
  notices: ['contactPhone'],
}

/** Names of people and bodies: a home address in one is refused. */
export const NAME_FIELDS: FieldsOf = {
  people: ['name', 'relation', 'group'],
  entries: ['summary', 'counterpart', 'handler', 'approver', 'checkedBy'],
  projects: ['responsible', 'beneficiaries'],
  contracts: ['lessee'],
  debts: ['counterpart'],
}

/** Hex, never text: hashes and bitmaps. */
export const HEX_FIELDS: FieldsOf = {
  people: ['blocks'],
  media: ['hash'],
  entries: ['images'],
  projects: ['photos'],
}

export function fieldsIn<K extends Kind>(fields: FieldsOf, kind: K): readonly string[] {
  return fields[kind] ?? []
}

/** Every string inside a value, however deep. */
export function* stringsIn(value: unknown): Generator<string> {
  if (typeof value === 'string') yield value
  else if (typeof value === 'object' && value !== null)
    for (const inner of Object.values(value)) yield* stringsIn(inner)
}
