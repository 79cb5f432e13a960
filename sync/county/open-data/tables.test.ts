// Nothing public is forgotten, and nothing is left out without a reason.
import { describe, expect, it } from 'vitest'
import type { Kind } from '../../contract/rows.ts'
import { columnsOf, SCHEMAS } from '../../core/schema.ts'
import { fieldsOf, TABLE_NAMES } from '../fields/tables.ts'
import type { TableName } from '../tables.ts'
import type { OpenTable } from './column.ts'
import { FIELDS_LEFT_OUT, KINDS_LEFT_OUT } from './left-out.ts'
import { OPEN_TABLES } from './tables.ts'

const KINDS = Object.keys(SCHEMAS) as Kind[]
/** Fields whose values stand in other tables or under another name. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  'people.name': 'payments.payee',
  'people.group': 'payments.group',
  'projects.goals': 'project-goals.target',
  'projects.progress': 'project-progress.percent',
  'projects.photos': 'project-photos.picture',
  'projects.problems': 'project-problems.problem',
  'entries.images': 'voucher-images.picture',
  'documents.tags': 'policy-tags.value',
}
/** Open tables that an import table's rows end in. */
const ENDS_IN: Readonly<Record<TableName, readonly string[]>> = {
  places: ['places'],
  funds: ['funds'],
  policies: ['policies', 'clauses'],
  allocations: ['allocations'],
  projects: ['projects'],
  payments: ['payments'],
  ledger: ['entries', 'periods'],
  assets: ['assets'],
  contracts: ['contracts'],
  debts: ['debts'],
  notices: ['notices'],
}
const NOT_PUBLIC: Readonly<Record<string, string>> = {
  'payments.household': FIELDS_LEFT_OUT.people?.household ?? '',
  'payments.relation': FIELDS_LEFT_OUT.people?.relation ?? '',
  'payments.serial': FIELDS_LEFT_OUT.payments?.serial ?? '',
  'ledger.images': 'in voucher-images',
  'projects.goals': 'in project-goals',
  'projects.progress': 'in project-progress',
  'projects.photos': 'in project-photos',
  'projects.problems': 'in project-problems',
  'policies.tags': 'in policy-tags',
  'policies.marks': 'in clauses, as the funds of each',
}
const columnNames = (names: readonly string[]): Set<string> =>
  new Set(
    OPEN_TABLES.filter(({ name }) => names.includes(name)).flatMap(({ columns }) => columns.map(({ name }) => name)),
  )
const tablesOf = (kind: Kind): OpenTable[] => OPEN_TABLES.filter((table) => table.kind === kind)

describe('the open tables', () => {
  it('hold every field of every block kind, or the reason why not', () => {
    for (const kind of KINDS) {
      if (KINDS_LEFT_OUT[kind] !== undefined) {
        expect(tablesOf(kind), kind).toEqual([])
        continue
      }
      const held = new Set(tablesOf(kind).flatMap(({ columns }) => columns.map(({ name }) => name)))
      const why: Readonly<Record<string, string>> = FIELDS_LEFT_OUT[kind] ?? {}
      for (const [field] of columnsOf(kind)) {
        const [table = '', column = ''] = (ELSEWHERE[`${kind}.${field}`] ?? '').split('.')
        const isHeld = held.has(field) || columnNames([table]).has(column)
        expect(isHeld !== ((why[field] ?? '') !== ''), `${kind}.${field} is exported, or left out with a reason`).toBe(
          true,
        )
      }
    }
  })

  it('hold every field that an import takes and that may leave the office (docs/fields.md)', () => {
    for (const table of TABLE_NAMES) {
      const held = columnNames(ENDS_IN[table])
      for (const [field, { office }] of fieldsOf(table))
        expect(
          held.has(field) || office === true || NOT_PUBLIC[`${table}.${field}`] !== undefined,
          `${table}.${field}`,
        ).toBe(true)
      for (const [field, { office }] of fieldsOf(table))
        if (office === true) expect(held.has(field), `${table}.${field} never leaves the office`).toBe(false)
    }
  })

  it('explain each word that a column can hold, in Chinese and English', () => {
    for (const table of OPEN_TABLES)
      for (const { name, type, words } of table.columns) {
        const allowed = Object.entries(SCHEMAS[table.kind]).find(([field]) => field === name)?.[1].values
        if (allowed !== undefined)
          expect(Object.keys(words ?? {}).sort(), `${table.name}.${name}`).toEqual([...allowed].sort())
        expect(words !== null, `${table.name}.${name}`).toBe(type === 'word' || type === 'flag')
        for (const [chinese, english] of Object.values(words ?? {})) {
          expect(chinese).toMatch(/\p{Script=Han}/u)
          expect(english).toMatch(/^[a-z][^\p{Script=Han}]*$/u)
        }
      }
  })

  it('have a name, a Chinese and an English title each, and refer only to columns that are there', () => {
    const all = new Set(OPEN_TABLES.flatMap(({ name, columns }) => columns.map((column) => `${name}.${column.name}`)))
    expect(new Set(OPEN_TABLES.map(({ name }) => name)).size).toBe(OPEN_TABLES.length)
    for (const { name, title, english, columns, key } of OPEN_TABLES) {
      expect([title !== '', english !== ''], name).toEqual([true, true])
      for (const field of key) expect(all.has(`${name}.${field}`), `${name}.${field}`).toBe(true)
      for (const column of columns) {
        expect(column.title, `${name}.${column.name}`).toMatch(/\p{Script=Han}/u)
        expect(column.english, `${name}.${column.name}`).not.toMatch(/^$|\p{Script=Han}/u)
        if (column.refersTo !== null) expect(all.has(column.refersTo), column.refersTo).toBe(true)
      }
    }
  })
})
