// Terminals that exist only as keys: they enrol and send heartbeats as real ones do, in whatever condition a test wants.
import { generateKeyPairSync } from 'node:crypto'
import { CompactSign, exportJWK } from 'jose'
import type { Actor } from '../../sync/contract/console/session.ts'
import { ENROLMENT_TYPE, HEARTBEAT_TYPE, type Heartbeat } from '../../sync/contract/fleet.ts'
import { receiveEnrolment, receiveHeartbeat } from '../../sync/county/fleet/receive.ts'
import { issueToken } from '../../sync/county/fleet/tokens.ts'
import type { Office } from '../../sync/county/office.ts'

const ROOT = 'a'.repeat(64)
const FINE: Omit<Heartbeat, 'terminal' | 'sequence'> = {
  county: '431225',
  iat: 1_790_000_000,
  shown: { number: 7, root: ROOT, signedAt: '2026-11-20T08:00:00Z', dataUntil: '2026-11-18' },
  trusted: 7,
  appVersion: '0.3.0',
  shell: 'browser',
  runtime: 'node 24.1.0, linux x64',
  browser: 'Chrome/140.0.7339.80',
  diskFreeBytes: 18_400_000_000,
  uptimeSeconds: 345_600,
  uncleanStop: false,
  lastError: null,
  refusal: null,
  clockOffsetMs: 1_200,
  media: { have: 212, wanted: 212 },
  waiting: null,
  usage: [],
}

export interface SimulatedTerminal {
  /** Errors: those of `receiveHeartbeat`. */
  beat(now: Date, change?: Partial<Heartbeat>): Promise<void>
}

export async function simulateTerminal(
  office: Office,
  terminal: string,
  technician: Actor,
  now: Date,
): Promise<SimulatedTerminal> {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  const { kty, crv, x } = await exportJWK(publicKey)
  const jwk = { kty: kty ?? '', crv: crv ?? '', x: x ?? '' }
  const sign = (body: object, header: object, typ: string): Promise<string> =>
    new CompactSign(new TextEncoder().encode(JSON.stringify(body)))
      .setProtectedHeader({ alg: 'EdDSA', typ, ...header })
      .sign(privateKey)
  const { token } = await issueToken(await office.service(), terminal, technician, now)
  const enrolment = { county: '431225', terminal, token, iat: FINE.iat }
  await receiveEnrolment(office, await sign(enrolment, { jwk }, ENROLMENT_TYPE), now)
  let sequence = 0
  return {
    async beat(at, change = {}) {
      sequence += 1
      const body = { ...FINE, terminal, sequence, ...change }
      await receiveHeartbeat(office, await sign(body, { kid: terminal }, HEARTBEAT_TYPE), at)
    },
  }
}
