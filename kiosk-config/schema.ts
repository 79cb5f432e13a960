// A terminal's config: all that makes one terminal differ from another. Written by `npm run provision -- write`,
// signed as a JWS by the key that the county's root delegates, read by the host at boot (`load.ts`).
import { z } from 'zod'
import { enrolmentToken } from '../sync/contract/fleet.ts'
import type { TerminalProfile } from '../sync/contract/host-api.ts'
import { COUNTY } from '../sync/contract/tree.ts'

const TOWNSHIP = /^431225\d{3}$/
const VILLAGE = /^431225\d{6}$/

/** True unless both codes are well formed and don't belong together: a malformed one is named by itself. */
const liesIn = (village: string, township: string): boolean =>
  !VILLAGE.test(village) || !TOWNSHIP.test(township) || village.startsWith(township)

const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/)
const hours = z.strictObject({ from: clock, to: clock })

export const terminalConfig = z
  .strictObject({
    format: z.literal(1),
    county: z.literal(COUNTY),
    /** 'HT-01' … 'HT-99'. */
    terminal: z.string().regex(/^HT-(0[1-9]|[1-9]\d)$/),
    name: z.string().min(1).max(40),
    kind: z.enum(['township', 'community', 'service-centre', 'public']),
    township: z.string().regex(TOWNSHIP),
    /** '' where the terminal belongs to no single village. */
    village: z.string().regex(/^(431225\d{6})?$/),
    officeUrl: z.url({ protocol: /^https?$/ }),
    officeName: z.string().min(1).max(40),
    officePhone: z.string().regex(/^[\d-]{5,20}$/),
    language: z.enum(['zh', 'en']),
    /** Port of the browser shell on 127.0.0.1. */
    port: z.int().min(1024).max(65_535),
    schedule: z.strictObject({
      /** Minutes between two looks at the office. */
      everyMinutes: z.int().min(5).max(1_440),
      /** Local hours in which large loads may run; empty for always. */
      largeLoads: z.array(hours).max(4),
      /** A load over this many bytes is large. */
      largeBytes: z.int().min(0),
    }),
    /** This terminal's place among `fleet`, from 0: its slot, so that they don't come at once. */
    slot: z.int().min(0).max(999),
    fleet: z.int().min(1).max(1_000),
    evening: hours.nullable(),
    idle: z.strictObject({
      warnAfterSeconds: z.int().min(15).max(600),
      resetAfterSeconds: z.int().min(10).max(120),
    }),
    staleAfterDays: z.int().min(1).max(400),
    maintenance: z.strictObject({
      /** `scrypt$N$r$p$salt$hash`, salt and hash in base64url. There is no default PIN. */
      pin: z.string().regex(/^scrypt\$\d+\$\d+\$\d+\$[\w-]{16,}\$[\w-]{32,}$/),
    }),
    /** A production terminal refuses sample keys. */
    production: z.boolean(),
    developer: z.boolean(),
    issuedAt: z.iso.datetime(),
    /** One-time token (`county terminals token`) by which the office learns this terminal's key; older configs have none. */
    enrolment: enrolmentToken.optional(),
  })
  .refine((config) => liesIn(config.village, config.township), {
    path: ['village'],
    error: 'Expected a village of the same township',
  })
  .refine((config) => config.slot < config.fleet, { path: ['slot'], error: 'Expected a slot below fleet' })
  .refine((config) => !(config.production && config.developer), {
    path: ['developer'],
    error: 'Expected developer to be false on a production terminal',
  })
export type TerminalConfig = z.infer<typeof terminalConfig>

/** The part of the config that the page may know: no PIN hash, no address. */
export function toProfile(config: TerminalConfig): TerminalProfile {
  const { terminal, name, township, village, officeName, officePhone, language, evening, idle } = config
  const { staleAfterDays, schedule, slot, fleet, developer } = config
  return {
    terminal,
    name,
    township,
    village,
    officeName,
    officePhone,
    language,
    evening,
    idle,
    staleAfterDays,
    schedule,
    slot,
    fleet,
    developer,
  }
}
