// Canonical JSON: equal values always give the same text, so that hashes can name them.
import { SunhallError } from '../contract/errors.ts'

/** Lists and objects within each other, at most: nothing of ours has more than ten. */
const MAX_DEPTH = 200

/**
 * JSON text with object keys in code unit order and no spaces. Numbers are finite, as JSON writes them.
 * Errors: E-FORMAT for what JSON can't hold (NaN, undefined, functions, big integers), and for what is nested without end.
 */
export function canonicalJson(value: unknown): string {
  return textOf(value, 0)
}

function textOf(value: unknown, depth: number): string {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return JSON.stringify(value)
  if (typeof value === 'number') return numberText(value)
  if (depth > MAX_DEPTH)
    throw new SunhallError('E-FORMAT', `Expected lists and objects at most ${MAX_DEPTH} deep, got deeper ones`)
  if (Array.isArray(value)) return `[${value.map((inner) => textOf(inner, depth + 1)).join(',')}]`
  if (typeof value === 'object') return objectText(value, depth)
  throw new SunhallError('E-FORMAT', `Expected a JSON value, got ${typeof value}; leave it out or make it null`)
}

function numberText(value: number): string {
  if (Number.isFinite(value)) return JSON.stringify(value)
  throw new SunhallError('E-FORMAT', `Expected a finite number, got ${value}; correct the row that it comes from`)
}

function objectText(value: object, depth: number): string {
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
  return `{${entries.map(([key, inner]) => `${JSON.stringify(key)}:${textOf(inner, depth + 1)}`).join(',')}}`
}
