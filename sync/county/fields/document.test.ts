import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readCell } from '../readers/cell.ts'
import { fieldsDocument } from './document.ts'
import { emptyValue } from './field.ts'
import { fieldsOf, TABLE_NAMES } from './tables.ts'

describe('the fields', () => {
  it('are described in docs/fields.md exactly as the code has them', () => {
    const written = readFileSync(join(import.meta.dirname, '..', '..', '..', 'docs', 'fields.md'), 'utf8')
    expect(written, 'Run: node sync/county/fields/document.ts > docs/fields.md').toBe(fieldsDocument())
  })

  it.each(TABLE_NAMES)('of %s have examples that their own readers accept', (table) => {
    for (const [name, field] of fieldsOf(table)) {
      if (field.example === '') continue
      expect(readCell(field.example, field, { year: null, unit: '元' }), `${table}.${name}`).toMatchObject({ ok: true })
    }
  })

  it('have headings that name one field each within a table', () => {
    for (const table of TABLE_NAMES) {
      const headings = fieldsOf(table).flatMap(([, field]) => field.zh)
      expect(new Set(headings).size, table).toBe(headings.length)
    }
  })

  it('are empty as unknown, never as zero, where unknown is possible', () => {
    for (const table of TABLE_NAMES)
      for (const [, field] of fieldsOf(table)) if (field.nullable) expect(emptyValue(field)).toBeNull()
  })
})
