// The inspectors' page and the office: envelopes one way, sealed messages as they are, and back nothing but the routing,
// the deadlines and sealed answers. What a message says exists in the inspector's browser only (P4).
//
//   GET  /console/api/inbox?list=ordinary|up   → inboxList
//   GET  /console/api/inbox/bodies             → bodyList
//   GET  /console/api/inbox/messages/:id       → sealedText
//   PUT  /console/api/inbox/messages/:id       routingRequest → envelope
//   POST /console/api/inbox/answers            privateAnswerRequest → {}
//   POST /console/api/inbox/public-answers     publicAnswerRequest → JobView (jobs.ts): an import of a notice
import { z } from 'zod'
import { MAX_SEALED_BYTES, receiptNumber } from '../report.ts'

const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/)
const dayOrNone = z.union([day, z.literal('')])

/**
 * Which deadlines run: a question is answered within 2 working days; a petition is told within 15 days whether it is
 * accepted and closed within 60, or 90 where extended (信访工作条例 22, 23, 34).
 */
export const DEADLINE_CLASSES = ['question', 'petition'] as const
export const deadlineClass = z.enum(DEADLINE_CLASSES)
export type DeadlineClass = z.infer<typeof deadlineClass>

/** A body that a matter can go to. 'up' is the level above: for what is about the head of the organ itself. */
export const routingBody = z.strictObject({
  /** 'inspection', 'up', 'dept:' + name, or a township's code. */
  code: z.string().min(1).max(80),
  name: z.string().max(80),
  kind: z.enum(['inspection', 'up', 'department', 'township']),
})
export type RoutingBody = z.infer<typeof routingBody>
export const bodyList = z.strictObject({ bodies: z.array(routingBody) })

export const due = z.strictObject({
  what: z.enum(['answer', 'told', 'closed']),
  day,
  /** Working days still left for a question, days for a petition; negative when over. */
  left: z.int(),
})
export type Due = z.infer<typeof due>

export const envelope = z.strictObject({
  id: receiptNumber,
  terminal: z.string(),
  day,
  routing: z
    .strictObject({
      body: z.string(),
      deadlines: deadlineClass,
      goesUp: z.boolean(),
      extended: z.boolean(),
      told: dayOrNone,
      closed: dayOrNone,
    })
    .nullable(),
  /** What runs out next; null once closed. Before it is opened, the shortest deadline counts. */
  due: due.nullable(),
})
export type Envelope = z.infer<typeof envelope>
export const inboxList = z.strictObject({ envelopes: z.array(envelope) })

export const sealedText = z.strictObject({ id: receiptNumber, sealed: z.string().max(MAX_SEALED_BYTES) })

export const routingRequest = z.strictObject({
  body: z.string().min(1).max(80),
  /** Bodies that the matter accuses, as the inspector read it: never sent to any of them. Checked, and not kept. */
  accuses: z.array(z.string().max(80)).max(10),
  deadlines: deadlineClass,
  /** About the head of the organ: it goes to the level above and off the ordinary list (检举控告工作规则 15). */
  goesUp: z.boolean(),
  extended: z.boolean(),
  told: z.boolean(),
  closed: z.boolean(),
})
export type RoutingRequest = z.infer<typeof routingRequest>

export const privateAnswerRequest = z.strictObject({
  label: z.string().regex(/^[0-9a-f]{32}$/),
  sealed: z.string().max(MAX_SEALED_BYTES),
})
export const publicAnswerRequest = z.strictObject({
  title: z.string().min(2).max(80),
  body: z.string().min(2).max(4_000),
  /** Place it concerns; the county's code for all. */
  place: z.string().regex(/^(\d{6}|\d{9}|\d{12})$/),
})
export type PublicAnswerRequest = z.infer<typeof publicAnswerRequest>
