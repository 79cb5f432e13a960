// Passwords: hashed with scrypt, compared in constant time, never stored, logged or mailed.
import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto'
import { PASSWORD_MAX, PASSWORD_MIN } from '../../contract/console/session.ts'
import { SunhallError } from '../../contract/errors.ts'

/** 64 MiB and about 0.2 s a try (OWASP's least is N = 2^17, r = 8, p = 1, or 2^16 with p = 2). */
const N = 2 ** 16
const R = 8
const P = 2
const KEY_BYTES = 32
const SALT_BYTES = 16
/** scrypt needs 128 · N · r bytes; Node refuses at its limit, so the limit is twice that. */
const memory = (n: number, r: number): number => 256 * n * r

/** Words that guessers try first; a password that is one of them with digits around is refused. */
const COMMON = ['password', 'qwerty', 'admin', 'huitong', 'sunhall', 'yangguang', 'abcdefgh', '12345678']

/** Why a password is too easy to guess, in Chinese; null where it is fine. */
export function weaknessOf(password: string, login: string): string | null {
  const length = [...password].length
  if (length < PASSWORD_MIN) return `密码至少 ${PASSWORD_MIN} 个字符`
  if (length > PASSWORD_MAX) return `密码最多 ${PASSWORD_MAX} 个字符`
  const lower = password.toLowerCase()
  if (lower.includes(login.toLowerCase())) return '密码里不能有自己的账号'
  if (new Set(lower).size < 5) return '密码里不同的字符太少'
  const bare = lower.replaceAll(/[\d\W_]+/g, '')
  if (COMMON.includes(bare) || COMMON.some((word) => lower.startsWith(word) && lower.length - word.length < 4))
    return '这个密码太常见，容易被猜到'
  if (/^\d+$/.test(lower)) return '密码不能全是数字'
  return null
}

/** `scrypt$N$r$p$salt$hash`. Errors: E-INPUT for a weak password. */
export async function hashPassword(password: string, login: string): Promise<string> {
  const weakness = weaknessOf(password, login)
  if (weakness !== null) throw new SunhallError('E-INPUT', weakness)
  const salt = randomBytes(SALT_BYTES)
  const hash = await derive(password, salt, { N, r: R, p: P })
  return ['scrypt', N, R, P, salt.toString('base64url'), hash.toString('base64url')].join('$')
}

/** Compares in constant time. `stored` null (no such account) takes as long and is false. */
export async function passwordMatches(password: string, stored: string | null): Promise<boolean> {
  const [scheme, n, r, p, salt, hash] = stored?.split('$') ?? ['scrypt', N, R, P, 'AAAAAAAAAAAAAAAAAAAAAA', '']
  if (scheme !== 'scrypt' || salt === undefined || hash === undefined)
    throw new SunhallError('E-FORMAT', 'Expected a password of the form scrypt$N$r$p$salt$hash, got another')
  const options = { N: Number(n), r: Number(r), p: Number(p) }
  const got = await derive(password, Buffer.from(String(salt), 'base64url'), options)
  const expected = Buffer.from(String(hash), 'base64url')
  return expected.length === got.length && timingSafeEqual(got, expected)
}

function derive(password: string, salt: Buffer, options: { N: number; r: number; p: number }): Promise<Buffer> {
  const full: ScryptOptions = { ...options, maxmem: memory(options.N, options.r) }
  // Two ways of typing the same characters are the same password.
  const bytes = Buffer.from(password.normalize('NFKC'))
  return new Promise((done, failed) => {
    scrypt(bytes, salt, KEY_BYTES, full, (error, key) => (error === null ? done(key) : failed(error)))
  })
}
