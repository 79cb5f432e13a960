// What the console asks about the terminals, and what it is told. Served under /console/api/fleet.
//
//   GET  /board                        → Board           of the actor's township, or the county
//   GET  /terminals/:id                → TerminalPage
//   POST /terminals/:id/token          → IssuedToken     shown once
//   POST /terminals/:id/revoke         RevokeRequest → {}
//   POST /terminals/:id/ask            AskRequest    → {}
//   GET  /uploads/:id                  → the log (text/plain) or the screenshot (image/png)
//   GET  /alarms                       → AlarmList       open ones first
//   POST /alarms/:id/acknowledge       AcknowledgeRequest → {}
//   GET  /usage?from=&to=&terminal=    → UsageReport
//   GET  /usage.csv?from=&to=          → text/csv
//   GET  /settings, POST /settings     FleetSettings
import { z } from 'zod'
import { askId, askKind, heartbeat, terminalName } from '../fleet.ts'

/** Worst first. */
export const TERMINAL_STATES = ['silent', 'refusing', 'late', 'revoked', 'never-enrolled', 'fresh'] as const
export const terminalState = z.enum(TERMINAL_STATES)
export type TerminalState = z.infer<typeof terminalState>

export const ALARM_KINDS = ['silent', 'refusing', 'disk', 'clock'] as const
export const alarmKind = z.enum(ALARM_KINDS)
export type AlarmKind = z.infer<typeof alarmKind>

export const fleetSettings = z
  .strictObject({
    /** Hours without a heartbeat, or behind a published release, after which a terminal is late. */
    lateAfterHours: z.number().min(0.5).max(720),
    /** Hours without a heartbeat after which it is silent, and an alarm is raised. */
    silentAfterHours: z.number().min(1).max(2_160),
    /** Bytes of free disk below which an alarm is raised. */
    diskFreeBytes: z.int().min(0),
    /** Minutes of clock offset beyond which an alarm is raised. */
    clockMinutes: z.number().min(1).max(525_600),
  })
  .refine((one) => one.lateAfterHours < one.silentAfterHours, {
    path: ['silentAfterHours'],
    error: 'Expected silentAfterHours above lateAfterHours',
  })
export type FleetSettings = z.infer<typeof fleetSettings>

const lastHeartbeat = heartbeat.omit({ usage: true })
export type LastHeartbeat = z.infer<typeof lastHeartbeat>

/** Why it is in its state: one key of the console's words, with its numbers. */
const why = z.strictObject({
  key: z.enum(['in-time', 'no-heartbeat', 'behind', 'refusal', 'revoked', 'never', 'no-release']),
  /** Hours without a heartbeat; 0 otherwise. */
  hours: z.number(),
  /** Number of a release, where one is concerned. */
  number: z.int().nullable(),
  /** Code of a refusal, else ''. */
  code: z.string(),
})
export type Why = z.infer<typeof why>

export const boardLine = z.strictObject({
  terminal: terminalName,
  name: z.string(),
  /** 9 digits. */
  township: z.string(),
  townshipName: z.string(),
  kind: z.enum(['township', 'community', 'service-centre', 'public']),
  state: terminalState,
  why,
  /** Alarms that last. */
  alarms: z.array(alarmKind),
  heardAt: z.string().nullable(),
  /** Number of the release on screen. */
  release: z.int().nullable(),
  dataUntil: z.string().nullable(),
  diskFreeBytes: z.number().nullable(),
  clockOffsetMs: z.number().nullable(),
  waiting: z.int().nullable(),
})
export type BoardLine = z.infer<typeof boardLine>
export const board = z.strictObject({
  /** Office's time. */
  now: z.string(),
  /** Number of the published release; null before the first. */
  published: z.int().nullable(),
  settings: fleetSettings,
  lines: z.array(boardLine),
})
export type Board = z.infer<typeof board>

export const askLine = z.strictObject({
  id: askId,
  kind: askKind,
  askedAt: z.string(),
  askedBy: z.string(),
  toldAt: z.string().nullable(),
  cameAt: z.string().nullable(),
  bytes: z.int(),
})
export type AskLine = z.infer<typeof askLine>
export const historyLine = z.strictObject({
  at: z.string(),
  release: z.int().nullable(),
  diskFreeBytes: z.number().nullable(),
  clockOffsetMs: z.number().nullable(),
  refusal: z.string(),
  error: z.string(),
})
export type HistoryLine = z.infer<typeof historyLine>

export const alarmLine = z.strictObject({
  id: z.string(),
  terminal: terminalName,
  name: z.string(),
  kind: alarmKind,
  detail: z.string(),
  raisedAt: z.string(),
  clearedAt: z.string().nullable(),
  acknowledgedAt: z.string().nullable(),
  acknowledgedBy: z.string(),
  note: z.string(),
})
export type AlarmLine = z.infer<typeof alarmLine>
export const alarmList = z.strictObject({ alarms: z.array(alarmLine) })

export const terminalPage = z.strictObject({
  line: boardLine,
  heartbeat: lastHeartbeat.nullable(),
  enrolledAt: z.string().nullable(),
  /** Thumbprint of its key. */
  key: z.string().nullable(),
  revoked: z.strictObject({ at: z.string(), why: z.string() }).nullable(),
  /** A token that waits to be used: since when, until when. */
  token: z.strictObject({ issuedAt: z.string(), until: z.string() }).nullable(),
  asks: z.array(askLine),
  alarms: z.array(alarmLine),
  history: z.array(historyLine),
})
export type TerminalPage = z.infer<typeof terminalPage>

export const issuedToken = z.strictObject({ terminal: terminalName, token: z.string(), until: z.string() })
export type IssuedToken = z.infer<typeof issuedToken>
export const revokeRequest = z.strictObject({ why: z.string().trim().min(1).max(200) })
export const askRequest = z.strictObject({ kind: askKind })
export const acknowledgeRequest = z.strictObject({ note: z.string().trim().max(200) })

const count = z.int().nonnegative()
export const usageReport = z.strictObject({
  from: z.iso.date(),
  to: z.iso.date(),
  visits: count,
  byScreen: z.array(z.strictObject({ screen: z.string(), count })),
  /** 24 hours. */
  byHour: z.array(z.strictObject({ hour: z.int(), visits: count, screens: count })),
  byTerminal: z.array(z.strictObject({ terminal: terminalName, name: z.string(), visits: count, screens: count })),
  byDay: z.array(z.strictObject({ day: z.iso.date(), visits: count })),
})
export type UsageReport = z.infer<typeof usageReport>
