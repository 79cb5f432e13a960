// The host's own HTTP, the same in Electron (app://kiosk) and in the browser shell (http://127.0.0.1:port). The page
// talks to nothing else. `/county/*` are the office's files (paths in release.ts) out of the mirror or, verified, from
// the office; `/host/*` is the host itself. Everything is validated on both sides.
//
//   GET  /host/state          → HostState
//   GET  /host/events         → text/event-stream; event `state` with a HostState whenever it changes
//   POST /host/check          CheckRequest  → CheckResult     asks the office (or a folder) for a newer release
//   POST /host/shown          ShownRequest  → {}              the worker shows this root: the mirror may drop others
//   POST /host/status         SyncStatus    → {}              the worker's status, for the log and `--once`
//   POST /host/pin            { pin }       → { ok, waitSeconds }   opens maintenance; wrong ones slow down
//   POST /host/maintenance    MaintenanceRequest → {}         only while maintenance is open
//   POST /host/config         { folder }    → ConfigResult    takes a signed config from a folder or stick
//   GET  /host/recipients     → Recipients (report.ts); 404 while no signed keys of the inspectors are known
//   POST /host/message        SealedMessage → { stored: true }, after its fsync (P4); 507 where there is no room
//   POST /host/print          PrintRequest  → {}              a slip; only where HostState.printer is true
//   POST /host/usage          UsageRequest  → {}              one visit, one screen entered, or nobody there any more
//   GET  /host/folders        → { folders: FolderEntry[] }    sticks and folders that hold a config or a release
import { z } from 'zod'
import { ERROR_CODES } from './errors.ts'
import { screenName } from './fleet.ts'
import { releaseRecord } from './release.ts'

const errorInfo = z.strictObject({
  code: z.enum(ERROR_CODES),
  message: z.string(),
  /** Number of the release concerned, where known. */
  number: z.int().nullable(),
})
export type ErrorInfo = z.infer<typeof errorInfo>

/** The part of the terminal's config that the page may know. */
export const terminalProfile = z.strictObject({
  terminal: z.string(),
  name: z.string(),
  township: z.string(),
  /** '' where the terminal belongs to no single village. */
  village: z.string(),
  officeName: z.string(),
  /** The office's published number: stands where reporting will be. */
  officePhone: z.string(),
  language: z.enum(['zh', 'en']),
  /** Evening scheme, local hours 'HH:MM'; null for never. */
  evening: z.strictObject({ from: z.string(), to: z.string() }).nullable(),
  /** Seconds without a touch before the warning, and from the warning to the reset. */
  idle: z.strictObject({ warnAfterSeconds: z.number(), resetAfterSeconds: z.number() }),
  /** Days after which the screen says that its data is old. */
  staleAfterDays: z.number(),
  schedule: z.strictObject({
    everyMinutes: z.number(),
    /** Hours in which large loads may run, local 'HH:MM'; empty for always. */
    largeLoads: z.array(z.strictObject({ from: z.string(), to: z.string() })),
    /** A load over this many bytes is large. */
    largeBytes: z.number(),
  }),
  /** This terminal's number among `fleet`: its slot, so that they don't come at once. */
  slot: z.int().nonnegative(),
  fleet: z.int().positive(),
  developer: z.boolean(),
})
export type TerminalProfile = z.infer<typeof terminalProfile>

export const hostState = z.strictObject({
  /** 'provisioning' without a config: only the technician's screen is shown. */
  mode: z.enum(['provisioning', 'terminal']),
  profile: terminalProfile.nullable(),
  shell: z.enum(['electron', 'browser']),
  appVersion: z.string(),
  runtime: z.string(),
  /** Host's clock, ISO 8601; `clockTrusted` false when outside the window of trust. */
  now: z.string(),
  clockTrusted: z.boolean(),
  startedAt: z.string(),
  diskFreeBytes: z.number().nullable(),
  dataFolder: z.string(),
  /** Newest release that the trust chain knows; null before the first. */
  trusted: releaseRecord.nullable(),
  /** When the trusted timestamp ends, ISO 8601; past it only new releases are refused. */
  timestampExpires: z.string().nullable(),
  sampleKeys: z.boolean(),
  maintenanceOpen: z.boolean(),
  /** True when the last run ended without a goodbye: the worker scrubs. */
  uncleanStop: z.boolean(),
  lastCheck: z.strictObject({ at: z.string(), ok: z.boolean(), error: errorInfo.nullable() }).nullable(),
  office: z.enum(['unknown', 'reachable', 'unreachable']),
  /** True when messages can be sealed and kept: recipients are known. Absent counts as false: no report key is shown. */
  reporting: z.boolean().optional(),
  /** True when a slip can be printed. Absent counts as false. */
  printer: z.boolean().optional(),
  /** Sealed messages that wait for the office. */
  waiting: z.int().nonnegative().optional(),
  /** Sealed messages that the office refused for good: they lie beside the journal, for the technician to tell the office of. */
  setAside: z.int().nonnegative().optional(),
  /** How the office knows this terminal; absent where it was given no enrolment token. */
  fleet: z
    .strictObject({
      /** ISO 8601, office's time; null before enrolment. */
      enrolledAt: z.string().nullable(),
      /** ISO 8601, host's time, of the last heartbeat that the office took; null before the first. */
      lastHeartbeat: z.string().nullable(),
      /** Why the last one was not taken; null after a success. */
      problem: z.string().nullable(),
      /** Thumbprint of this terminal's key, to be compared with the office's; null before it has one. */
      key: z.string().nullable(),
    })
    .optional(),
})
export type HostState = z.infer<typeof hostState>

export const checkRequest = z.strictObject({
  reason: z.enum(['slot', 'now', 'stick']),
  /** For 'stick': the folder, or null for the first one found. */
  folder: z.string().nullable(),
})
export type CheckRequest = z.infer<typeof checkRequest>
export const checkResult = z.discriminatedUnion('result', [
  /** The newest trusted release, newer than or the same as what is shown. */
  z.strictObject({ result: z.literal('release'), record: releaseRecord, bytes: z.number() }),
  /** Refused by trust: the old one stays (P2). */
  z.strictObject({ result: z.literal('refused'), error: errorInfo }),
  /** Not reachable or busy: try again, not before `retryAfterSeconds` where given. */
  z.strictObject({ result: z.literal('unavailable'), error: errorInfo, retryAfterSeconds: z.number().nullable() }),
])
export type CheckResult = z.infer<typeof checkResult>

/** Counted, never who or what for (P6). 'rest': the attract screen is up, or maintenance. */
export const usageRequest = z.discriminatedUnion('event', [
  z.strictObject({ event: z.literal('visit') }),
  z.strictObject({ event: z.literal('screen'), screen: screenName }),
  z.strictObject({ event: z.literal('rest') }),
])
export type UsageRequest = z.infer<typeof usageRequest>

export const shownRequest = z.strictObject({ root: z.string(), previous: z.string().nullable() })
export const pinRequest = z.strictObject({ pin: z.string().max(64) })
export const pinResult = z.strictObject({ ok: z.boolean(), waitSeconds: z.number() })
export const maintenanceRequest = z.discriminatedUnion('action', [
  z.strictObject({ action: z.literal('close') }),
  z.strictObject({ action: z.literal('restart') }),
  z.strictObject({ action: z.literal('diagnostics') }),
])
export type MaintenanceRequest = z.infer<typeof maintenanceRequest>
export const configRequest = z.strictObject({ folder: z.string() })
export const configResult = z.strictObject({
  ok: z.boolean(),
  terminal: z.string().nullable(),
  /** Each error by path, in Chinese and English. */
  errors: z.array(z.strictObject({ path: z.string(), zh: z.string(), en: z.string() })),
})
export type ConfigResult = z.infer<typeof configResult>
export const folderList = z.strictObject({
  folders: z.array(z.strictObject({ folder: z.string(), config: z.boolean(), release: z.boolean() })),
})
