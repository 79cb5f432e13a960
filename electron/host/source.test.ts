import { expect, it } from 'vitest'
import { retryAfter } from './source.ts'

it('reads Retry-After as seconds and as a date, and nothing else', () => {
  const now = Date.parse('2026-11-24T08:00:00Z')
  expect(retryAfter('120', now)).toBe(120)
  expect(retryAfter('Tue, 24 Nov 2026 08:01:30 GMT', now)).toBe(90)
  expect(retryAfter('Tue, 24 Nov 2026 07:00:00 GMT', now)).toBe(0)
  expect(retryAfter('soon', now)).toBe(null)
  expect(retryAfter(null, now)).toBe(null)
})
