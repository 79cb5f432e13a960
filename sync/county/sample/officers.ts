// Invented officers of a village: who handles, approves and checks its money.
import type { Frame, Village } from './frame.ts'
import { givenName, surname } from './names.ts'
import { hash32, randomOf } from './random.ts'

export interface Officers {
  secretary: string
  treasurer: string
  /** Three members of the 民主理财小组. */
  checkers: readonly string[]
}

export function officersOf(frame: Frame, village: Village): Officers {
  const random = randomOf(frame.seed, `officers ${village.code}`)
  const lead = hash32(village.code) % 12
  const one = (woman: boolean): string => surname(random, lead) + givenName(random, woman, 45)
  return { secretary: one(false), treasurer: one(true), checkers: [one(false), one(true), one(false)] }
}
