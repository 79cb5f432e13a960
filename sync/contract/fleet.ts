// What a terminal and the office say to each other about the terminal itself. All of it is asked by the terminal:
// nothing listens there. Each request is a compact JWS (RFC 7515, EdDSA) by the terminal's own key, which the office
// learnt once, against a one-time token:
//
//   POST /terminal/enrol       JWS of Enrolment, public key in the header (`jwk`)    → Answer
//   POST /terminal/heartbeat   JWS of Heartbeat, `kid` = terminal                    → Answer
//   POST /terminal/uploads/:id bytes; JWS of Upload in the header `sunhall-upload`   → {}
//
// An Answer is a JWS by the office key that the county's root delegates, typed ANSWER_TYPE; a county whose root is older
// than that key answers in plain JSON, and its terminals then obey no ask.
import { z } from 'zod'
import { ERROR_CODES, type ErrorCode } from './errors.ts'

/** `typ` of each JWS: one can't be taken for another. */
export const ENROLMENT_TYPE = 'sunhall-enrolment+jws'
export const HEARTBEAT_TYPE = 'sunhall-heartbeat+jws'
export const UPLOAD_TYPE = 'sunhall-upload+jws'
export const ANSWER_TYPE = 'sunhall-answer+jws'
/** Header of an upload that holds its JWS. */
export const UPLOAD_HEADER = 'sunhall-upload'

/** Characters of an enrolment or a heartbeat, at most: 40 days of counts with a full screen list stay below it. */
export const MAX_HEARTBEAT_CHARS = 512 * 1024
/** Bytes of a log or a screenshot, at most. */
export const MAX_UPLOAD_BYTES = 4 * 1024 * 1024
/** Bytes of a log that are sent: its end. */
export const LOG_TAIL_BYTES = 512 * 1024
/** Days of counts that a terminal keeps unacknowledged, and that the office still takes. */
export const USAGE_DAYS = 400
/** Days of counts in one heartbeat, oldest first: the rest comes with the next. */
export const USAGE_DAYS_SENT = 40
/** Different screens counted in a day, at most. */
export const USAGE_SCREENS = 60

/** 128 random bits in base64url: opens one enrolment, once. */
export const enrolmentToken = z.string().regex(/^[\w-]{22}$/)
export const terminalName = z.string().regex(/^HT-(0[1-9]|[1-9]\d)$/)
const county = z.string().regex(/^\d{6}$/)
const hash = z.string().regex(/^[0-9a-f]{64}$/)
const count = z.int().nonnegative()
/** Seconds since 1970 by the terminal's clock, which may be wrong by years: measured, never believed. */
const issuedAt = z.int()

export const enrolment = z.strictObject({
  county,
  terminal: terminalName,
  token: enrolmentToken,
  iat: issuedAt,
})
export type Enrolment = z.infer<typeof enrolment>

/** A screen's name as it is counted: 'home', 'fund', 'voice'. Never what was on it. */
export const screenName = z.string().regex(/^[a-z][a-z-]{0,31}$/)
/** Every screen of the report key, as one: a report can't be told from a question, and only whole days are told (P4). */
export const VOICE_SCREEN = 'voice'
/** What a terminal counts of a day: never persons, never what anybody looked for. */
export const usageDay = z.strictObject({
  /** Local day of the terminal. */
  day: z.iso.date(),
  /** Visits begun by hour of the day, 24 of them. */
  visits: z.array(count).length(24),
  /** Screens entered, by name and hour of the day. */
  screens: z.record(screenName, z.array(count).length(24)).refine((one) => Object.keys(one).length <= USAGE_SCREENS),
  /** The day is over: nothing will be added. */
  over: z.boolean(),
})
export type UsageDay = z.infer<typeof usageDay>

const wrong = z.strictObject({
  code: z.enum(ERROR_CODES),
  message: z.string().max(2_000),
  /** Number of the release concerned, where known. */
  number: z.int().nullable(),
  /** ISO 8601, the terminal's clock. */
  at: z.string().max(40),
})
export type TerminalFailure = z.infer<typeof wrong>

export const heartbeat = z.strictObject({
  county,
  terminal: terminalName,
  /** Grows by one or more with each heartbeat, kept across restarts: an old one is a replay. */
  sequence: z.int().positive(),
  iat: issuedAt,
  /** What is on screen; null before the first release. */
  shown: z
    .strictObject({ number: z.int(), root: hash, signedAt: z.string().max(40), dataUntil: z.string().max(40) })
    .nullable(),
  /** Number of the newest release that the terminal trusts. */
  trusted: z.int().nullable(),
  appVersion: z.string().max(40),
  shell: z.enum(['electron', 'browser']),
  /** 'node 24.1.0, linux x64' */
  runtime: z.string().max(100),
  /** 'Chromium 140.0.7339.80'; null where the browser hasn't said. */
  browser: z.string().max(100).nullable(),
  diskFreeBytes: count.nullable(),
  uptimeSeconds: count,
  uncleanStop: z.boolean(),
  lastError: wrong.nullable(),
  /** The release that trust refuses now (P2); null when the last look was accepted. */
  refusal: wrong.nullable(),
  /** Office's time minus the terminal's, measured at the last answer; null before the first. */
  clockOffsetMs: z.int().nullable(),
  media: z.strictObject({ have: count, wanted: count }).nullable(),
  /** Sealed messages that wait in the terminal's journal; null where there is none. */
  waiting: count.nullable(),
  usage: z.array(usageDay).max(USAGE_DAYS_SENT),
})
export type Heartbeat = z.infer<typeof heartbeat>

export const askKind = z.enum(['log', 'screenshot'])
export type AskKind = z.infer<typeof askKind>
export const askId = z.string().regex(/^[\w-]{16}$/)
export const answer = z.strictObject({
  terminal: terminalName,
  /** The request that is answered: its sequence, 0 for an enrolment. */
  sequence: z.int().nonnegative(),
  /** Office's time, ISO 8601. */
  time: z.iso.datetime(),
  /** False where it was refused, with the reason. */
  ok: z.boolean(),
  refused: z.enum(['replayed', 'revoked', 'unknown', 'token']).nullable(),
  /** The next sequence that the office takes. */
  expects: z.int().positive(),
  /** Days of counts that the office has for good; what is over may be dropped. */
  usageDays: z.array(z.iso.date()),
  /** What the office asks for, told again with every answer until it has come. */
  asks: z.array(z.strictObject({ id: askId, kind: askKind })).max(10),
})
export type Answer = z.infer<typeof answer>
export type Refused = NonNullable<Answer['refused']>

export const upload = z.strictObject({
  county,
  terminal: terminalName,
  id: askId,
  kind: askKind,
  /** Of the body. */
  sha256: hash,
  bytes: z.int().positive().max(MAX_UPLOAD_BYTES),
  iat: issuedAt,
})
export type Upload = z.infer<typeof upload>

const TRUST_CODES = [
  ...(['E-SIGNATURE', 'E-HASH', 'E-LENGTH', 'E-NUMBER', 'E-EXPIRED'] as const),
  ...(['E-FORMAT', 'E-UPDATE', 'E-MIXED', 'E-CLOCK', 'E-SAMPLE-KEY'] as const),
] satisfies ErrorCode[]
const REFUSALS: ReadonlySet<string> = new Set(TRUST_CODES)
/** A refusal by trust (P2), against a failure that is simply tried again. */
export function isRefusalCode(code: string): boolean {
  return REFUSALS.has(code)
}
