// The maintenance PIN: hashed with scrypt, never stored, no default. The host compares (`electron/host/maintenance.ts`).
import { randomBytes, scryptSync } from 'node:crypto'
import { SunhallError } from '../sync/contract/errors.ts'

const N = 2 ** 15
const R = 8
const P = 1
const KEY_BYTES = 32
const SALT_BYTES = 16
/** scrypt needs 128 · N · r bytes; Node's default stops just below that. */
const MEMORY_BYTES = 256 * N * R

/** Why a PIN is too easy to guess, in Chinese; null where it is fine. Digits only: the pad has nothing else. */
export function weaknessOf(pin: string): string | null {
  if (!/^\d{6,12}$/.test(pin)) return '维护密码要 6 到 12 位数字'
  if (/^(\d)\1+$/.test(pin)) return '维护密码不能全是同一个数字'
  const digits = [...pin].map(Number)
  const steps = new Set(digits.slice(1).map((digit, index) => digit - (digits[index] ?? 0)))
  if (steps.size === 1) return '维护密码不能是 123456 这样的连号'
  if (/^(\d{2,3})\1+$/.test(pin)) return '维护密码不能是 121212 这样的重复'
  return null
}

/** `scrypt$N$r$p$salt$hash`. Throws E-INPUT for a weak PIN. */
export function hashPin(pin: string): string {
  const weakness = weaknessOf(pin)
  if (weakness !== null) throw new SunhallError('E-INPUT', weakness)
  const salt = randomBytes(SALT_BYTES)
  const hash = scryptSync(pin, salt, KEY_BYTES, { N, r: R, p: P, maxmem: MEMORY_BYTES })
  return ['scrypt', N, R, P, salt.toString('base64url'), hash.toString('base64url')].join('$')
}
