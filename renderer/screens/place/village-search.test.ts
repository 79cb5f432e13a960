// The letters of the place screen lead where they promise.
import { describe, expect, it } from 'vitest'
import { places } from '../../../test/county/fixture-places.ts'
import { found, LETTERS, leading, splitName } from './village-search.ts'

const villages = places.filter((place) => place.level === 'village')

describe('the place screen by letters', () => {
  it('every letter said to lead somewhere finds a village, and no other does', () => {
    for (const first of LETTERS) {
      const before = leading(villages, '')
      expect(found(villages, first, null).length > 0).toBe(before.has(first))
      for (const second of LETTERS) {
        expect(found(villages, first + second, null).length > 0).toBe(leading(villages, first).has(second))
      }
    }
  })

  it('no village begins with a letter that has no key', () => {
    for (const letter of leading(villages, '')) expect(LETTERS).toContain(letter)
  })

  it('own township comes first, since six names repeat in the county', () => {
    const names = found(villages, 'w', '431225204').slice(0, 3)
    expect(names.map((village) => village.parent)).toEqual(['431225204', '431225204', '431225204'])
  })

  it('long names of townships stand on two lines, short ones on one', () => {
    expect(splitName('金子岩侗族苗族乡')).toEqual(['金子岩', '侗族苗族乡'])
    expect(splitName('高椅乡')).toEqual(['高椅乡', undefined])
  })
})
