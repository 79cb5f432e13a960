// The table of codes in docs/errors.md names each code of the contract once, in its order, with four filled cells.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { ERROR_CODES } from '../../sync/contract/errors.ts'

it('explains every error code, and no other', () => {
  const text = readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'errors.md'), 'utf8')
  const rows = text.split('\n').filter((line) => line.startsWith('| E-'))
  const cells = rows.map((row) =>
    row
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  )
  expect(cells.map(([code]) => code)).toEqual([...ERROR_CODES])
  for (const row of cells) expect([row[0], row.length, row.every((cell) => cell !== '')]).toEqual([row[0], 5, true])
})
