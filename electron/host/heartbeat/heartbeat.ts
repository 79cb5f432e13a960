// Tells the office how this terminal stands (P9): enrols once, then signs a heartbeat at each slot of the config's
// schedule. It never blocks anything: what fails is tried again, later each time, and the villager notices nothing.
//
//   no token, not enrolled ─► silent for ever, as terminals were before
//   token ─► enrolling ─ taken ─► beating: slot ─► answer: clock offset, counts acknowledged, asks
//                └─ refused: said on the technician's screen, tried again hourly      └─ failed: back off, then again
import type { TerminalConfig } from '../../../kiosk-config/schema.ts'
import { codeOf, type ErrorCode, messageOf, SunhallError } from '../../../sync/contract/errors.ts'
import { type Answer, ENROLMENT_TYPE, HEARTBEAT_TYPE } from '../../../sync/contract/fleet.ts'
import type { HostState } from '../../../sync/contract/host-api.ts'
import type { SyncStatus } from '../../../sync/contract/sync-status.ts'
import { type Identity, tokenHash } from '../identity/identity.ts'
import { type AskParts, openAsks } from './asks.ts'
import { composeHeartbeat } from './compose.ts'
import { type Line, openLine } from './line.ts'
import type { Memory } from './memory.ts'

export interface HeartbeatOptions extends AskParts {
  memory: Memory
  config(): TerminalConfig | null
  /** Text of the county's root trusted now. */
  root(): string | null
  state(): HostState
  status(): SyncStatus | null
  /** Version of the browser; null until it is known. */
  browser(): string | null
  /** Sealed messages in the journal; null where there is none. */
  waiting(): number | null
  changed(): void
  /** Aborted when the host closes. */
  stopped: AbortSignal
}

/** How one try ended. 'none': this terminal has no token and was never enrolled. */
export type Beat =
  | { result: 'none' }
  | { result: 'taken'; enrolled: boolean }
  | { result: 'refused' | 'failed'; code: ErrorCode; message: string }

export interface HeartbeatSender {
  /** Enrols where that is due, then sends one heartbeat. Never throws; one at a time. */
  beat(): Promise<Beat>
  /** What the technician's screen shows; undefined where there is nothing to enrol with. */
  view(): NonNullable<HostState['fleet']> | undefined
  /** When the heartbeat and the uploads that have begun are over. */
  idle(): Promise<void>
}

export function createSender(options: HeartbeatOptions): HeartbeatSender {
  const asks = openAsks(options)
  let key: string | null = null
  let problem: string | null = null
  let running: Promise<Beat> | null = null
  const beat = async (): Promise<Beat> => {
    const ended = await tryOnce(options, asks.take)
    if (ended.result === 'none') return ended
    key ??= await options.identity.thumbprint().catch(() => null)
    const before = problem
    problem = ended.result === 'taken' ? null : `${ended.code}: ${ended.message}`
    if (ended.result !== 'taken' && problem !== before) options.log('heartbeat', ended)
    options.changed()
    return ended
  }
  return {
    beat() {
      running ??= beat().finally(() => {
        running = null
      })
      return running
    },
    view() {
      const enrolled = options.identity.enrolled()
      if (enrolled === null && options.config()?.enrolment === undefined) return undefined
      return { enrolledAt: enrolled?.at ?? null, lastHeartbeat: options.memory.get().lastHeartbeat, problem, key }
    },
    async idle() {
      await running
      await asks.idle()
    },
  }
}

type TakeAsks = ReturnType<typeof openAsks>['take']

async function tryOnce(options: HeartbeatOptions, takeAsks: TakeAsks): Promise<Beat> {
  try {
    const config = options.config()
    const root = options.root()
    if (config === null || root === null) return { result: 'none' }
    const line = openLine(config.officeUrl, root, options.stopped)
    const due = enrolmentDue(config, options.identity)
    if (due === null && !isEnrolledAs(config, options.identity)) return { result: 'none' }
    if (due !== null) await enrol(options, config, due, line)
    const { answer, signed } = await send(options, config, line)
    // Only an office that signs may ask: else anybody on the line could fetch a log.
    if (signed) takeAsks(answer.asks, config, line)
    return { result: 'taken', enrolled: due !== null }
  } catch (error) {
    const refused = error instanceof RefusedError
    return { result: refused ? 'refused' : 'failed', code: codeOf(error, 'E-STATE'), message: messageOf(error) }
  }
}

class RefusedError extends SunhallError {}

/** The token of a config whose enrolment isn't done yet; null where nothing is due. */
function enrolmentDue({ enrolment }: TerminalConfig, identity: Identity): string | null {
  if (enrolment === undefined) return null
  return identity.enrolled()?.token === tokenHash(enrolment) ? null : enrolment
}

function isEnrolledAs({ terminal, county }: TerminalConfig, identity: Identity): boolean {
  const enrolled = identity.enrolled()
  return enrolled?.terminal === terminal && enrolled.county === county
}

async function enrol(options: HeartbeatOptions, config: TerminalConfig, token: string, line: Line): Promise<void> {
  const { county, terminal } = config
  const body = { county, terminal, token, iat: Math.floor(options.clock().getTime() / 1000) }
  const jws = await options.identity.sign(body, ENROLMENT_TYPE, { jwk: await options.identity.publicKey() })
  const { answer } = await line.send('enrol', jws)
  requireTaken(answer, terminal, 0)
  options.identity.setEnrolled({ terminal, county, at: answer.time, token: tokenHash(token) })
  options.log('enrolled', { terminal })
}

/** One heartbeat; a sequence that the office has seen (this disk was put back from an older copy) is passed by once. */
async function send(
  options: HeartbeatOptions,
  config: TerminalConfig,
  line: Line,
  again = true,
): Promise<{ answer: Answer; signed: boolean }> {
  const { memory, usage } = options
  const sequence = memory.get().sequence + 1
  // Before it leaves: a cut of power can't make two heartbeats of one sequence.
  memory.set({ sequence })
  const days = usage.unsent()
  const now = options.clock()
  const { clockOffsetMs } = memory.get()
  const rest = { browser: options.browser(), waiting: options.waiting(), clockOffsetMs, usage: days }
  const beat = composeHeartbeat({ config, state: options.state(), status: options.status(), sequence, now, ...rest })
  const jws = await options.identity.sign(beat, HEARTBEAT_TYPE, { kid: config.terminal })
  const { answer, signed } = await line.send('heartbeat', jws)
  if (answer.refused === 'replayed' && again && answer.expects > sequence) {
    memory.set({ sequence: answer.expects - 1 })
    return send(options, config, line, false)
  }
  requireTaken(answer, config.terminal, sequence)
  // What was sent as unfinished may have grown since: only what was over goes.
  usage.acknowledge(days.filter(({ day, over }) => over && answer.usageDays.includes(day)).map(({ day }) => day))
  const arrived = options.clock()
  memory.set({ clockOffsetMs: offsetOf(answer.time, now, arrived), lastHeartbeat: arrived.toISOString() })
  return { answer, signed }
}

/** Office's time against the middle of the round trip. The clock itself is the technician's to set. */
function offsetOf(officeTime: string, sent: Date, arrived: Date): number {
  return Math.round(Date.parse(officeTime) - (sent.getTime() + arrived.getTime()) / 2)
}

const WHY = {
  revoked: 'the office has revoked this terminal; provision it anew if it is yours',
  unknown: 'the office doesn’t know this terminal’s key; provision it with a new token',
  token: 'the enrolment token is spent, too old or of another terminal; provision it with a new one',
  replayed: 'the office has seen this sequence; is another machine running with a copy of this disk?',
} as const

/** An answer to another request is a replay by somebody on the line. */
function requireTaken(answer: Answer, terminal: string, sequence: number): void {
  if (answer.terminal !== terminal || answer.sequence !== sequence)
    throw new SunhallError('E-NUMBER', 'Expected the answer to this request, got the answer to another; tried again')
  if (!answer.ok)
    throw new RefusedError('E-STATE', `Expected the office to take it: ${WHY[answer.refused ?? 'unknown']}`)
}
