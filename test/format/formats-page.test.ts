// docs/formats.md names every format that has a golden hash.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'

const at = (path: string): string => readFileSync(join(import.meta.dirname, path), 'utf8')

it('each golden hash belongs to a format that docs/formats.md lists', () => {
  const page = at('../../docs/formats.md')
  const tests = at('golden-release.test.ts') + at('golden-messages.test.ts')
  const names = [...tests.matchAll(/name: '([^']+)'/g)].map(([, name = '']) => name)
  expect(names.length).toBeGreaterThan(15)
  expect(names.filter((name) => !page.includes(name))).toEqual([])
})
