// A password that the office makes for somebody's first sign-in: read out or written on a slip, used once.
import { randomInt } from 'node:crypto'

/** No 0 and o, no 1, i and l: nothing that a slip of paper confuses. 31 signs, 16 of them: 79 bits. */
const SIGNS = 'abcdefghjkmnpqrstuvwxyz23456789'
const GROUPS = 4
const GROUP = 4

/** 'k7wd-9m3x-…' */
export function makePassword(): string {
  const group = (): string => Array.from({ length: GROUP }, () => SIGNS[randomInt(SIGNS.length)]).join('')
  return Array.from({ length: GROUPS }, group).join('-')
}
