// The page's only outside: its own host. Every answer is validated; a host that doesn't answer is no reason to stop (P3).
import { SunhallError } from '../../sync/contract/errors.ts'
import type { ConfigResult, HostState, MaintenanceRequest } from '../../sync/contract/host-api.ts'
import type { PrintRequest, Recipients, SealedMessage } from '../../sync/contract/report.ts'
import type { Folder } from '../screens/setup/SetupScreen.tsx'
import type { AnswerKind, HostAnswer } from './host-answers.ts'

export interface HostClient {
  /** Hears the state now and on every change; null when the host doesn't answer. Returns the way to stop. */
  subscribe(listener: (state: HostState | null) => void): () => void
  pin(pin: string): Promise<{ ok: boolean; waitSeconds: number }>
  maintenance(request: MaintenanceRequest): Promise<void>
  folders(): Promise<Folder[]>
  takeConfig(folder: string): Promise<ConfigResult>
  /** Public keys that messages are sealed to. Errors: E-SERVER while the host knows none. */
  recipients(): Promise<Recipients>
  /** Returns when the message is on the disk (P4). Errors: E-QUOTA without room, else E-SERVER. */
  store(message: SealedMessage): Promise<void>
  print(request: PrintRequest): Promise<void>
}

/** ms between two looks at the state where the line of events is down. */
const POLL_MS = 10_000
/** 507, Insufficient Storage. */
const NO_ROOM = 507

/** What the host says, looked at whole. Errors: where it isn't what was asked for, or the schemas can't be read. */
async function asAnswer<K extends AnswerKind>(kind: K, data: unknown): Promise<HostAnswer<K>> {
  const { readAnswer } = await import('./host-answers.ts')
  return readAnswer(kind, data)
}

async function ask<K extends AnswerKind>(path: string, kind: K, body?: unknown): Promise<HostAnswer<K>> {
  const init = body === undefined ? {} : post(body)
  const response = await fetch(path, { ...init, cache: 'no-store' })
  if (response.status === NO_ROOM) throw new SunhallError('E-QUOTA', 'Expected room on the disk, got none; free some')
  if (!response.ok)
    throw new SunhallError('E-SERVER', `Expected an answer of the host at ${path}, got status ${response.status}`)
  return asAnswer(kind, await response.json())
}

function post(body: unknown): RequestInit {
  return { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }
}

/** `when`: the state is first asked for then; a terminal that remembers what it is needs no answer for its first screen. */
export function createHostClient(when: Promise<unknown>): HostClient {
  return {
    subscribe: (listener) => {
      let stop = (): void => undefined
      let wanted = true
      void when.then(() => {
        if (wanted) stop = subscribe(listener)
      })
      return () => {
        wanted = false
        stop()
      }
    },
    pin: (pin) => ask('/host/pin', 'pin', { pin }),
    maintenance: async (request) => void (await ask('/host/maintenance', 'nothing', request)),
    folders: async () => (await ask('/host/folders', 'folders')).folders,
    recipients: () => ask('/host/recipients', 'recipients'),
    store: async (message) => void (await ask('/host/message', 'stored', message)),
    print: async (request) => void (await ask('/host/print', 'nothing', request)),
    takeConfig: (folder) => ask('/host/config', 'config', { folder }),
  }
}

/** Events carry the state; where they fail the state is asked for now and then, until they are back by themselves. */
function subscribe(listener: (state: HostState | null) => void): () => void {
  const events = new EventSource('/host/events')
  let stopped = false
  const look = () =>
    ask('/host/state', 'state').then(
      (state) => stopped || listener(state),
      () => stopped || listener(null),
    )
  void look()
  events.addEventListener('state', (event) => {
    const told = async () => asAnswer('state', JSON.parse(String(event.data)))
    // What isn't a state is left out; the next one counts.
    told().then(
      (state) => stopped || listener(state),
      () => undefined,
    )
  })
  const poll = setInterval(() => {
    if (events.readyState !== EventSource.OPEN) void look()
  }, POLL_MS)
  return () => {
    stopped = true
    clearInterval(poll)
    events.close()
  }
}
