// Devices from which an account has signed in before (OWASP's device cookies): wrong passwords from elsewhere make strangers
// wait, not the person at her own desk, and a stranger with her cookie has no more tries than anybody else.
//
//   right password ─► cookie for 400 days ─► its tries are counted by the device, all others' by the login
import { createHash, randomBytes } from 'node:crypto'
import type { Service } from '../service/service.ts'

export const DEVICE_DAYS = 400
/** Of one account; the oldest goes. */
const DEVICES = 20
/** Of one cookie: people who share a desk. */
const TOKENS = 6
const DAY_MS = 86_400_000
const TOKEN_BYTES = 32

/** What tries are counted by: longer than any login that can be typed (64), so that none can stand for it. */
export type TryKey = string

/** A device's token, the only copy, for its cookie. */
export async function makeDevice(service: Service, login: string, now: Date): Promise<string> {
  await service.deleteFrom('devices').where('made_at', '<', daysBefore(now)).execute()
  const known = await service
    .selectFrom('devices')
    .select('device_hash')
    .where('login', '=', login)
    .orderBy('made_at', 'desc')
    .execute()
  const old = known.slice(DEVICES - 1).map(({ device_hash }) => device_hash)
  if (old.length > 0) await service.deleteFrom('devices').where('device_hash', 'in', old).execute()
  const token = randomBytes(TOKEN_BYTES).toString('base64url')
  await service
    .insertInto('devices')
    .values({ device_hash: hashOf(token), login, made_at: now.toISOString() })
    .execute()
  return token
}

/** The cookie of a desk at which several people sign in: the newest token first. */
export function joinTokens(token: string, before: string | undefined): string {
  return [token, ...tokensIn(before)].slice(0, TOKENS).join('.')
}

function tokensIn(cookie: string | undefined): string[] {
  return cookie === undefined ? [] : cookie.split('.', TOKENS)
}

/** By what the tries of this login from this device are counted; null for a stranger's. */
export async function deviceKey(
  service: Service,
  login: string,
  cookie: string | undefined,
  now: Date,
): Promise<TryKey | null> {
  const tokens = tokensIn(cookie)
  if (tokens.length === 0) return null
  const row = await service
    .selectFrom('devices')
    .select('device_hash')
    .where('device_hash', 'in', tokens.map(hashOf))
    .where('login', '=', login)
    .where('made_at', '>=', daysBefore(now))
    .executeTakeFirst()
  return row === undefined ? null : keyOf(row.device_hash)
}

/** The office's own machine: whoever may read its files needs no guessing. */
export function machineKey(login: string): TryKey {
  return `machine:${hashOf(login)}`
}

/** After a new password: who knew the old one is a stranger again. Gives back what their tries were counted by. */
export async function forgetDevices(service: Service, login: string): Promise<TryKey[]> {
  const gone = await service.deleteFrom('devices').where('login', '=', login).returning('device_hash').execute()
  return gone.map(({ device_hash }) => keyOf(device_hash))
}

const keyOf = (hash: string): TryKey => `device:${hash}`
const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex')
const daysBefore = (now: Date): string => new Date(now.getTime() - DEVICE_DAYS * DAY_MS).toISOString()
