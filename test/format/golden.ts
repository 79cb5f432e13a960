// What a golden test holds: the bytes of a format as this program writes them, named by their hash, and what whoever changes
// them has to do. docs/formats.md lists every format.
import { createHash } from 'node:crypto'
import { expect } from 'vitest'
import { z } from 'zod'
import { canonicalJson } from '../../sync/core/canonical.ts'

export interface Golden {
  /** As docs/formats.md names it. */
  name: string
  /** What must be done when the hash changes, and where. */
  bump: string
  /** SHA-256 of what `bytes` gives. */
  sha256: string
  bytes(): string | Uint8Array | Promise<string | Uint8Array>
}

/** Fails with the instruction, the new hash, and the beginning of what is hashed. */
export async function requireGolden({ name, bump, sha256, bytes }: Golden): Promise<void> {
  const content = await bytes()
  const got = createHash('sha256').update(content).digest('hex')
  const shown = typeof content === 'string' ? content.slice(0, 1_500) : `${content.length} bytes`
  const what = `The format "${name}" has changed. If that is not meant, undo the change. If it is: ${bump}; then put ${got} in its golden test, and a line into docs/formats.md. It begins now: ${shown}`
  expect(got, what).toBe(sha256)
}

/** A schema as JSON Schema, so that a field more, less or other shows. */
export function schemaText(schema: z.ZodType): string {
  return canonicalJson(JSON.parse(JSON.stringify(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }))))
}

/** Where values are drawn or dated, the shape alone: keys, and the types of what they hold. */
export function shapeOf(value: unknown): unknown {
  if (Array.isArray(value)) return [...new Set(value.map((each) => canonicalJson(shapeOf(each))))].sort()
  if (typeof value !== 'object' || value === null) return value === null ? 'null' : typeof value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key.replace(HASH, '<hash>'), shapeOf(inner)]))
}

const HASH = /[0-9a-f]{64}/g

export function withoutHashes(text: string): string {
  return text.replace(HASH, '<hash>')
}
