import { expect, test } from 'vitest'
import type { DocumentRow } from '../../../sync/contract/rows.ts'
import { versionBeside } from './version-beside.ts'

const version = (index: string, number: number): DocumentRow => ({ index, version: number }) as DocumentRow
const [one, two, three] = [version('A', 1), version('B', 2), version('C', 3)] as const

test('A version is laid beside the one before it, and the oldest beside the one after it.', () => {
  expect(versionBeside(three, [three, one, two])).toEqual({ left: 'B', right: 'C' })
  expect(versionBeside(one, [one, two, three])).toEqual({ left: 'A', right: 'B' })
})

test('A policy with one version has nothing to be laid beside.', () => {
  expect(versionBeside(one, [one])).toBeNull()
})
