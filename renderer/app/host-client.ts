// The page's only outside: its own host. Every answer is validated; a host that doesn't answer is no reason to stop (P3).
import { z } from 'zod'
import { SunhallError } from '../../sync/contract/errors.ts'
import {
  type ConfigResult,
  configResult,
  folderList,
  type HostState,
  hostState,
  type MaintenanceRequest,
  pinResult,
} from '../../sync/contract/host-api.ts'
import {
  messageStored,
  type PrintRequest,
  type Recipients,
  recipients,
  type SealedMessage,
} from '../../sync/contract/report.ts'
import type { Folder } from '../screens/setup/SetupScreen.tsx'

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

async function ask<T>(path: string, schema: z.ZodType<T>, body?: unknown): Promise<T> {
  const init = body === undefined ? {} : post(body)
  const response = await fetch(path, { ...init, cache: 'no-store' })
  if (response.status === NO_ROOM) throw new SunhallError('E-QUOTA', 'Expected room on the disk, got none; free some')
  if (!response.ok)
    throw new SunhallError('E-SERVER', `Expected an answer of the host at ${path}, got status ${response.status}`)
  return schema.parse(await response.json())
}

function post(body: unknown): RequestInit {
  return { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }
}

export function createHostClient(): HostClient {
  return {
    subscribe,
    pin: (pin) => ask('/host/pin', pinResult, { pin }),
    maintenance: async (request) => void (await ask('/host/maintenance', z.object({}), request)),
    folders: async () => (await ask('/host/folders', folderList)).folders,
    recipients: () => ask('/host/recipients', recipients),
    store: async (message) => void (await ask('/host/message', messageStored, message)),
    print: async (request) => void (await ask('/host/print', z.object({}), request)),
    takeConfig: (folder) => ask('/host/config', configResult, { folder }),
  }
}

/** Events carry the state; where they fail the state is asked for now and then, until they are back by themselves. */
function subscribe(listener: (state: HostState | null) => void): () => void {
  const events = new EventSource('/host/events')
  let stopped = false
  const look = () =>
    ask('/host/state', hostState).then(
      (state) => stopped || listener(state),
      () => stopped || listener(null),
    )
  void look()
  events.addEventListener('state', (event) => {
    const state = hostState.safeParse(JSON.parse(String(event.data)))
    if (state.success) listener(state.data)
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
