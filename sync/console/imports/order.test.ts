import { describe, expect, it } from 'vitest'
import type { Peek } from '../../contract/console/imports.ts'
import { type Draft, missingFields, openHeadings, orderOf, yuan } from './order.ts'

const peek: Peek = {
  sheets: [],
  chosen: [],
  titles: [],
  unit: null,
  headings: [
    { heading: '姓名', field: 'payee', how: 'name', samples: [] },
    { heading: '奇怪', field: null, how: null, samples: [] },
  ],
}
const draft: Draft = {
  upload: { upload: 'x', name: 'a.csv', bytes: 1 },
  table: 'payments',
  sender: '',
  sheets: [],
  map: new Map(),
  set: new Map(),
}
const table = {
  name: 'payments',
  title: '资金发放',
  fields: ['payee', 'amount'].map((name) => ({ name, title: name, required: true })),
}

describe('a file on its way in', () => {
  it('waits for every heading that nobody knows', () => {
    expect(openHeadings(peek, draft)).toEqual(['奇怪'])
    expect(openHeadings(peek, { ...draft, map: new Map([['奇怪', '']]) })).toEqual([])
  })

  it('names the fields that every row must have until a heading or a value gives them', () => {
    expect(missingFields(peek, draft, table).map(({ name }) => name)).toEqual(['amount'])
    expect(missingFields(peek, { ...draft, map: new Map([['奇怪', 'amount']]) }, table)).toEqual([])
    expect(missingFields(peek, { ...draft, set: new Map([['amount', '']]) }, table)).toHaveLength(1)
  })

  it('gives no value that was emptied again', () => {
    expect(orderOf({ ...draft, set: new Map([['fund', '']]) }, 'none').set).toEqual([])
  })

  it('shows fen as 元, exactly', () => {
    expect([yuan(5), yuan(-123456789), yuan(100)]).toEqual(['0.05', '-1,234,567.89', '1.00'])
  })
})
