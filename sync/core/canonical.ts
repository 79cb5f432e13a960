// Canonical JSON: equal values always give the same text, so that hashes can name them.
import { SunhallError } from '../contract/errors.ts'

/**
 * JSON text with object keys in code unit order and no spaces. Numbers are finite, as JSON writes them.
 * Errors: E-FORMAT for what JSON can't hold (NaN, undefined, functions, big integers).
 */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return JSON.stringify(value)
  if (typeof value === 'number') return numberText(value)
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  if (typeof value === 'object') return objectText(value)
  throw new SunhallError('E-FORMAT', `Expected a JSON value, got ${typeof value}; leave it out or make it null`)
}

function numberText(value: number): string {
  if (Number.isFinite(value)) return JSON.stringify(value)
  throw new SunhallError('E-FORMAT', `Expected a finite number, got ${value}; correct the row that it comes from`)
}

function objectText(value: object): string {
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
  return `{${entries.map(([key, inner]) => `${JSON.stringify(key)}:${canonicalJson(inner)}`).join(',')}}`
}
