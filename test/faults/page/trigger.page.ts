// Loaded before the terminal's own worker: counts what it does to IndexedDB and to the line, by the phase that it told
// last, and tells the office when the moment has come that the worker's name carries. The worker's code isn't changed.
import { z } from 'zod'
import { type Counts, countStep, type Moment, PHASES, type Phase, STEPS, type Step } from '../moments.ts'

const momentSchema: z.ZodType<Moment | null> = z
  .strictObject({
    phase: z.enum(PHASES),
    step: z.enum(STEPS),
    nth: z.number(),
    delayMs: z.number(),
    held: z.boolean(),
  })
  .nullable()
const told = z.object({
  type: z.literal('status'),
  status: z.object({
    phase: z.string(),
    shown: z.object({ number: z.number() }).nullable(),
    loading: z.object({ number: z.number() }).nullable(),
  }),
})
type Told = z.infer<typeof told>['status']

/** What the page hears beside the worker's own messages. */
export interface FromTrigger {
  /** The host was told what is shown: a switch is over, or a cleaning. */
  type: 'told'
  counts: Counts
}

z.config({ jitless: true })
const moment = momentSchema.parse(self.name === '' ? null : JSON.parse(self.name))
const counts: Counts = {}
const realFetch = self.fetch.bind(self)
const realPost = self.postMessage.bind(self)
const state: { phase: Phase | null; done: boolean } = { phase: null, done: false }

function phaseOf({ phase, shown, loading }: Told): Phase | null {
  if (phase === 'loading') return shown === null || shown.number === loading?.number ? 'first load' : 'later load'
  if (phase === 'ready-to-switch' || phase === 'switching') return 'switch'
  if (phase === 'scrubbing') return 'scrub'
  return phase === 'waiting' ? 'cleaning' : null
}

function hear(message: unknown): void {
  const read = told.safeParse(message)
  if (!read.success) return
  const next = phaseOf(read.data.status)
  if (next === state.phase) return
  state.phase = next
  if (moment !== null) void realFetch('/faults/phase', { method: 'POST', body: next ?? '' }).catch(() => undefined)
}

/** One step more; where it is the one that was waited for, the office hears of it, and kills the browser. */
function happened(step: Step, isPicture = false): void {
  const phase = state.phase === 'cleaning' && isPicture ? 'pictures' : state.phase
  if (phase === null) return
  const nth = countStep(counts, phase, step)
  if (moment === null || state.done || moment.phase !== phase || moment.step !== step || moment.nth !== nth) return
  state.done = true
  if (!moment.held) {
    void realFetch('/faults/moment', { method: 'POST' }).catch(() => undefined)
    return
  }
  // Never answered: the worker stands still here until its process is killed.
  const call = new XMLHttpRequest()
  call.open('POST', '/faults/moment', false)
  call.send()
}

self.postMessage = (message: unknown) => {
  hear(message)
  realPost(message)
}
self.fetch = (input, init) => {
  const { pathname } = new URL(String(input), location.href)
  if (pathname.startsWith('/county/')) happened('request', pathname.startsWith('/county/media/'))
  if (pathname === '/host/shown') realPost({ type: 'told', counts } satisfies FromTrigger)
  return realFetch(input, init)
}

const { transaction } = IDBDatabase.prototype
IDBDatabase.prototype.transaction = function counted(...given) {
  const made = transaction.apply(this, given)
  const names = [...made.objectStoreNames]
  const isPicture = names.length === 1 && names[0] === 'media' && made.mode === 'readwrite'
  // Reads count in the scrub, which does nothing else.
  if (made.mode === 'readwrite' || state.phase === 'scrub') {
    happened('transaction', isPicture)
    made.addEventListener('complete', () => happened('commit', isPicture))
  }
  return made
}
const { put, delete: remove } = IDBObjectStore.prototype
IDBObjectStore.prototype.put = function counted(...given) {
  const request = put.apply(this, given)
  happened('put', this.name === 'media')
  return request
}
IDBObjectStore.prototype.delete = function counted(...given) {
  const request = remove.apply(this, given)
  happened('delete')
  return request
}
