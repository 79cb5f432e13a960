// The 30 terminals of the county: 18 townships, 3 communities, the service centre and eight public places. What they
// share is here; what differs is in profiles.json.
import { z } from 'zod'
import { COUNTY } from '../sync/contract/tree.ts'
import profilesJson from './profiles.json' with { type: 'json' }
import type { TerminalConfig } from './schema.ts'

const profile = z.strictObject({
  terminal: z.string(),
  name: z.string(),
  kind: z.enum(['township', 'community', 'service-centre', 'public']),
  township: z.string(),
  village: z.string(),
})
export type Profile = z.infer<typeof profile>

export const PROFILES: readonly Profile[] = z.array(profile).parse(profilesJson)

/** First port of the browser shell; a terminal's own is this plus its number. */
const FIRST_PORT = 47_100

/** Looks every three hours; loads over 2 MB only at night, when nobody waits and the line is free. */
const SCHEDULE: TerminalConfig['schedule'] = {
  everyMinutes: 180,
  largeLoads: [{ from: '22:00', to: '06:00' }],
  largeBytes: 2_000_000,
}

export interface Provisioning {
  officeUrl: string
  /** `scrypt$…`, made by `pin.ts`. */
  pin: string
  production: boolean
  developer: boolean
  /** ISO 8601. */
  issuedAt: string
  /** One-time token of `county terminals token`; without one the terminal is on no board. */
  enrolment?: string
}

/** The config of one of the 30 terminals, ready to be signed; undefined for an unknown number. */
export function configOf(terminal: string, given: Provisioning): TerminalConfig | undefined {
  const slot = PROFILES.findIndex((one) => one.terminal === terminal)
  const own = PROFILES[slot]
  if (own === undefined) return undefined
  return {
    format: 1,
    county: COUNTY,
    ...own,
    officeUrl: given.officeUrl,
    officeName: '会同县民生监督办公室',
    officePhone: '0745-5550100',
    language: 'zh',
    port: FIRST_PORT + Number(own.terminal.slice(3)),
    schedule: SCHEDULE,
    slot,
    fleet: PROFILES.length,
    evening: { from: '18:30', to: '06:30' },
    idle: { warnAfterSeconds: 60, resetAfterSeconds: 20 },
    staleAfterDays: 30,
    maintenance: { pin: given.pin },
    production: given.production,
    developer: given.developer,
    issuedAt: given.issuedAt,
    ...(given.enrolment !== undefined && { enrolment: given.enrolment }),
  }
}
