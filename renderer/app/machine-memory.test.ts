import { expect, test } from 'vitest'
import { fixtureProfile } from '../../test/pages/profile.ts'
import { MACHINE_KEY, recallProfile, rememberProfile } from './machine-memory.ts'

function storage(): Storage {
  const kept = new Map<string, string>()
  const part = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  }
  return part as Storage
}

test('What was remembered is recalled, the evening’s hours or none.', () => {
  for (const evening of [null, { from: '18:00', to: '06:30' }]) {
    const kept = storage()
    rememberProfile(kept, { ...fixtureProfile, evening })
    expect(recallProfile(kept)).toEqual({ ...fixtureProfile, evening })
  }
})

test('Nothing, no JSON, and a profile in which any part is missing or of another kind, are no profile.', () => {
  const kept = storage()
  expect(recallProfile(kept)).toBeNull()
  kept.setItem(MACHINE_KEY, '{')
  expect(recallProfile(kept)).toBeNull()
  for (const part of Object.keys(fixtureProfile)) {
    const { [part as keyof typeof fixtureProfile]: _, ...rest } = fixtureProfile
    kept.setItem(MACHINE_KEY, JSON.stringify(rest))
    expect(recallProfile(kept), part).toBeNull()
    kept.setItem(MACHINE_KEY, JSON.stringify({ ...fixtureProfile, [part]: [1] }))
    expect(recallProfile(kept), part).toBeNull()
  }
  kept.setItem(MACHINE_KEY, JSON.stringify({ ...fixtureProfile, idle: { warnAfterSeconds: 60 } }))
  expect(recallProfile(kept)).toBeNull()
})
