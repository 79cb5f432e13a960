import { expect, test, vi } from 'vitest'
import { memoryReader } from '../../test/county/memory-reader.ts'
import { TOWNSHIPS, VILLAGES } from '../../test/county/small-county.ts'
import { smallSource } from '../../test/county/small-source.ts'
import type { CountyData } from './county-data.ts'
import { createCountyData } from './create.ts'
import { warmUp } from './warm-up.ts'

const OWN = TOWNSHIPS[1] ?? ''
const FIRST = VILLAGES.find((village) => village.startsWith(OWN)) ?? ''

/** The small county, and which questions were asked of it about a village. */
async function watched(): Promise<{ data: CountyData; asked: unknown[][] }> {
  const data = createCountyData(await memoryReader(smallSource()), OWN)
  const asked: unknown[][] = []
  for (const name of ['households', 'household', 'fundsOf', 'fundPayments', 'month'] as const) {
    const ask = data[name] as (...given: unknown[]) => Promise<unknown>
    vi.spyOn(data, name).mockImplementation(((...given: unknown[]) => {
      asked.push([name, ...given])
      return ask(...given)
    }) as never)
  }
  return { data, asked }
}

test('the wall, some households, the funds and the accounts of a village of the own township are asked for', async () => {
  const { data, asked } = await watched()
  await warmUp(data, OWN, () => false)
  const names = asked.map(([name]) => name)
  expect(new Set(names)).toEqual(new Set(['households', 'household', 'fundsOf', 'fundPayments', 'month']))
  expect(names.filter((name) => name === 'household').length).toBeGreaterThan(1)
  for (const given of asked) expect(given).toContain(FIRST)
})

test('it stops as soon as somebody asks for himself', async () => {
  const { data, asked } = await watched()
  await warmUp(data, OWN, () => asked.length === 2)
  expect(asked).toHaveLength(2)
})

test('a store that fails is no one’s error here', async () => {
  const { data, asked } = await watched()
  vi.spyOn(data, 'household').mockRejectedValue(new Error('E-STORE'))
  await expect(warmUp(data, OWN, () => false)).resolves.toBeUndefined()
  expect(asked).toHaveLength(1)
})
