// The 30 terminals of the county: real places, each with a right config of its own.
import { describe, expect, test } from 'vitest'
import places from '../assets/places.json' with { type: 'json' }
import { checkValues } from './load.ts'
import { hashPin } from './pin.ts'
import { configOf, PROFILES } from './profiles.ts'

const pin = hashPin('482916')
const configs = PROFILES.map(({ terminal }) =>
  configOf(terminal, {
    officeUrl: 'https://office.example',
    pin,
    production: true,
    developer: false,
    issuedAt: '2026-11-24T08:00:00Z',
  }),
)
const ofKind = (kind: string) => PROFILES.filter((one) => one.kind === kind)
const townships = places.filter(({ level }) => level === 'township').map(({ code }) => code)

describe('the profiles', () => {
  test('are HT-01 to HT-30: one in each of the 18 townships, 3 communities, the service centre, 8 public places', () => {
    const numbers = Array.from({ length: 30 }, (_, index) => `HT-${String(index + 1).padStart(2, '0')}`)
    expect(PROFILES.map(({ terminal }) => terminal)).toEqual(numbers)
    expect(
      ofKind('township')
        .map(({ township }) => township)
        .sort(),
    ).toEqual(townships.toSorted())
    const others = ['community', 'service-centre', 'public'].map((kind) => ofKind(kind).length)
    expect([townships.length, ...others]).toEqual([18, 3, 1, 8])
  })

  test('name places of the place list, and say so in their own names', () => {
    const names = new Map(places.map(({ code, name }) => [code, name]))
    for (const { township, village } of PROFILES) {
      expect(names.has(township), township).toBe(true)
      if (village === '') continue
      expect(names.has(village), village).toBe(true)
      expect(places.find(({ code }) => code === village)?.parent).toBe(township)
    }
    expect(PROFILES[16]).toMatchObject({ terminal: 'HT-17', name: '高椅乡翁高村便民服务点' })
    expect(names.get(PROFILES[16]?.village ?? '')).toMatch(/^翁高/)
  })

  test('have names, ports and slots of their own', () => {
    for (const field of ['name', 'port', 'slot'] as const) {
      expect(new Set(configs.map((one) => one?.[field])).size, field).toBe(30)
    }
  })

  test('make configs that the schema takes', () => {
    for (const config of configs) expect(checkValues(config)).toMatchObject({ ok: true })
    expect(configOf('HT-31', { officeUrl: '', pin, production: false, developer: false, issuedAt: '' })).toBeUndefined()
  })
})
