// A villager's message — report, question or suggestion, alike from outside — on its way from the page to the one
// office that may read it, and its answer on the way back (P4).
//
//   page: reportMessage ─padded, JWE for two recipients─► sealedMessage ─POST /host/message─► journal, fsynced
//     ─in a slot─► office: stored sealed ─► officeReceipt (JWS) ─► the journal drops it
//   page: five words ─Argon2id─► key and label ◄─found by label, opened by key─ AnswerRow ◄─ a release
//
// Invariants: the page alone sees the plaintext before the inspectors do; whoever carries it learns number, length class
// and kids; the same `id` with other bytes is refused, the same bytes again are the same message.
import { z } from 'zod'

/** Receipt number: 10 random characters of Crockford's base 32 and one check character (`core/report-number.ts`). */
export const receiptNumber = z.string().regex(/^[0-9A-HJKMNP-TV-Z]{11}$/)
/** Five words of `assets/words.json`, joined by '-': 55 bits, drawn in the page. */
export const queryCode = z.string().regex(/^\p{Script=Han}{2}(-\p{Script=Han}{2}){4}$/u)

export const MESSAGE_KINDS = ['report', 'question', 'suggestion'] as const
export type MessageKind = (typeof MESSAGE_KINDS)[number]
export const OBJECT_KINDS = [
  'payment',
  'voucher',
  'project',
  'asset',
  'contract',
  'debt',
  'policy',
  'fund',
  'notice',
  'none',
] as const
export type ObjectKind = (typeof OBJECT_KINDS)[number]

/** Every reason that a screen offers; which of them, `REASONS` says by the kind of the thing. */
export const REASON_IDS = [
  'not-received', // 钱没收到
  'amount-wrong', // 数目不对
  'wrongly-paid', // 不该领的领了
  'left-out', // 该领的没领
  'favours', // 有人要好处
  'delay', // 办事拖着不办
  'incomplete', // 公开的不全
  'never-happened', // 没有这回事
  'too-dear', // 价钱太高
  'paper-wrong', // 单据不对
  'private-use', // 公家的钱私人用
  'not-discussed', // 没跟大家商量
  'bad-work', // 质量不好
  'unfinished', // 没有做完
  'unused', // 建了没有用
  'wages-owed', // 工钱没有给
  'too-cheap', // 租得太便宜
  'rent-unpaid', // 租金没有收
  'not-followed', // 没按这个办
  'not-told', // 没人告诉我们
  'refused', // 该办的不给办
  'officials', // 干部办事不公
  'land', // 田土山林的事
  'ask', // 我想问一问
  'suggest', // 我有个建议
] as const
export const reasonId = z.enum(REASON_IDS)
export type ReasonId = z.infer<typeof reasonId>

/** The eight reasons that stand under each kind of thing, in the order of the screen. */
export const REASONS: Readonly<Record<ObjectKind, readonly ReasonId[]>> = {
  payment: ['not-received', 'amount-wrong', 'wrongly-paid', 'left-out', 'favours', 'delay', 'incomplete', 'ask'],
  fund: ['not-received', 'amount-wrong', 'wrongly-paid', 'left-out', 'favours', 'delay', 'incomplete', 'ask'],
  voucher: [
    'never-happened',
    'amount-wrong',
    'too-dear',
    'paper-wrong',
    'private-use',
    'not-discussed',
    'incomplete',
    'ask',
  ],
  project: ['bad-work', 'unfinished', 'unused', 'too-dear', 'wages-owed', 'favours', 'ask', 'suggest'],
  asset: ['private-use', 'amount-wrong', 'unused', 'land', 'not-discussed', 'never-happened', 'incomplete', 'ask'],
  contract: ['too-cheap', 'rent-unpaid', 'not-discussed', 'favours', 'private-use', 'land', 'never-happened', 'ask'],
  debt: ['never-happened', 'amount-wrong', 'wages-owed', 'not-discussed', 'private-use', 'delay', 'incomplete', 'ask'],
  policy: ['not-followed', 'not-told', 'refused', 'favours', 'delay', 'incomplete', 'ask', 'suggest'],
  notice: ['not-followed', 'not-told', 'amount-wrong', 'delay', 'officials', 'incomplete', 'ask', 'suggest'],
  none: ['wrongly-paid', 'left-out', 'favours', 'private-use', 'officials', 'land', 'ask', 'suggest'],
}

/** What a reason makes of the message: all go the same way, the deadline differs (2 working days, or 15 and 60 days). */
export function messageKindOf(reason: ReasonId): MessageKind {
  if (reason === 'ask') return 'question'
  return reason === 'suggest' ? 'suggestion' : 'report'
}

/** Characters of the villager's own words, at most. */
export const MAX_WORDS = 1_000

/** The thing meant, as the screen showed it: shown words only, nothing that the screen didn't show. */
export const reportedObject = z.strictObject({
  kind: z.enum(OBJECT_KINDS),
  /** Code of the place concerned: village, township or county. */
  place: z.string().regex(/^(\d{6}|\d{9}|\d{12})$/),
  snapshot: z.array(z.strictObject({ label: z.string().max(40), value: z.string().max(200) })).max(12),
  /** Where the figure came from (P8); null where the thing has none. */
  origin: z.strictObject({ file: z.string().max(200), row: z.int().nonnegative() }).nullable(),
  /** Number of the release on screen. */
  release: z.int().nonnegative(),
})
export type ReportedObject = z.infer<typeof reportedObject>

/** The plaintext: exists in the page until it is sealed, and then in the inspectors' browser only. */
export const reportMessage = z
  .strictObject({
    format: z.literal(1),
    id: receiptNumber,
    queryCode,
    kind: z.enum(MESSAGE_KINDS),
    object: reportedObject,
    reason: reasonId,
    words: z.string().max(MAX_WORDS),
    /** null: anonymous. `contact` is digits, '' where none was given. */
    named: z.strictObject({ name: z.string().max(40), contact: z.string().regex(/^\d{0,20}$/) }).nullable(),
    /** The terminal's name in its config. */
    terminal: z.string().max(80),
    /** 'YYYY-MM-DD' by the host's clock. */
    day: z.string().regex(/^\d{4}-\d{2}-\d{2}$/),
  })
  .refine((message) => message.kind === messageKindOf(message.reason), 'kind is what the reason makes of it')
export type ReportMessage = z.infer<typeof reportMessage>

/** Bytes of a padded plaintext: the length tells one of four sizes, no more. Padded by trailing spaces (JSON allows them). */
export const SIZE_CLASSES: readonly number[] = [2_048, 4_096, 8_192, 16_384]
/** Bytes of a sealed message as JSON, at most: 16 kB in base64url, headers and keys. */
export const MAX_SEALED_BYTES = 24 * 1024

const base64url = z.string().regex(/^[\w-]+$/)

/** An X25519 public key (RFC 8037). */
export const publicKey = z.strictObject({
  kty: z.literal('OKP'),
  crv: z.literal('X25519'),
  x: z.string().regex(/^[\w-]{43}$/),
})
const recipient = z.strictObject({ kid: z.string().min(1).max(80), jwk: publicKey })
/** Both keys are signed targets of the release's `inspectors` role: the host has verified them. */
export const recipients = z.strictObject({ version: z.int().positive(), active: recipient, recovery: recipient })
export type Recipients = z.infer<typeof recipients>

/**
 * JWE General JSON (RFC 7516, 7.2.1): ECDH-ES+A256KW and A256GCM, first the active key, then the recovery key. `aad` is
 * base64url of the id, so that an envelope can't be given another number.
 */
export const sealedJwe = z.strictObject({
  protected: base64url,
  aad: base64url,
  iv: base64url,
  ciphertext: base64url,
  tag: base64url,
  recipients: z
    .array(
      z.strictObject({
        encrypted_key: base64url,
        header: z.strictObject({ alg: z.literal('ECDH-ES+A256KW'), kid: z.string().max(80), epk: publicKey }),
      }),
    )
    .length(2),
})
/** What leaves the page, and all that host, line and office see. */
export const sealedMessage = z.strictObject({ format: z.literal(1), id: receiptNumber, sealed: sealedJwe })
export type SealedMessage = z.infer<typeof sealedMessage>

/** The host's answer after its fsync. Anything else (507: no room) means not stored, and no receipt is shown. */
export const messageStored = z.strictObject({ stored: z.literal(true) })

/** Payload of the office's receipt, a compact JWS: the message with these bytes has arrived, on that day. */
export const officeReceipt = z.strictObject({
  format: z.literal(1),
  id: receiptNumber,
  /** Lower-case hex SHA-256 of the sealed message's bytes as they lie in the journal. */
  sha256: z.string().regex(/^[\da-f]{64}$/),
  day: z.string().regex(/^\d{4}-\d{2}-\d{2}$/),
})
export type OfficeReceipt = z.infer<typeof officeReceipt>

/** A slip for the printer. The query code stands on it only when the villager asked for that. */
export const printRequest = z.strictObject({
  lines: z.array(z.strictObject({ text: z.string().max(80), large: z.boolean() })).max(40),
  /** Content of the QR code: the receipt number. */
  qr: receiptNumber,
})
export type PrintRequest = z.infer<typeof printRequest>

/** Raised whenever one of the numbers below changes; part of the salt, so that old labels lead nowhere. */
export const ANSWER_VERSION = 1
/** Argon2id (RFC 9106) over the query code: about a second on a terminal, as long for whoever guesses. */
export const ANSWER_KDF = { memoryKiB: 65_536, iterations: 8, parallelism: 1, bytes: 64 } as const

/** The salt of one county and version, UTF-8. Constant, because the code is all that a villager has. */
export function answerSalt(county: string): string {
  return `sunhall-answer:${county}:${ANSWER_VERSION}`
}

/** A private answer before it is sealed (compact JWE, `dir`, A256GCM), padded like a report; newest entry last. */
export const privateAnswer = z.strictObject({
  format: z.literal(1),
  id: receiptNumber,
  entries: z
    .array(
      z.strictObject({
        day: z.string().regex(/^\d{4}-\d{2}-\d{2}$/),
        /** Name of the office that speaks. */
        from: z.string().max(80),
        state: z.enum(['accepted', 'not-accepted', 'passed-on', 'extended', 'answered']),
        text: z.string().max(2_000),
      }),
    )
    .min(1)
    .max(8),
})
export type PrivateAnswer = z.infer<typeof privateAnswer>
