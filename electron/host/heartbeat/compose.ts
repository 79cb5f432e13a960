// One heartbeat out of the host's state and the worker's status. Pure.
import type { TerminalConfig } from '../../../kiosk-config/schema.ts'
import { type Heartbeat, isRefusalCode, type TerminalFailure, type UsageDay } from '../../../sync/contract/fleet.ts'
import type { HostState } from '../../../sync/contract/host-api.ts'
import type { SyncStatus } from '../../../sync/contract/sync-status.ts'

export interface HeartbeatParts {
  config: TerminalConfig
  state: HostState
  /** The worker's last status; null before the page has spoken. */
  status: SyncStatus | null
  sequence: number
  now: Date
  /** Version of the browser that shows the page. */
  browser: string | null
  clockOffsetMs: number | null
  /** Sealed messages in the journal. */
  waiting: number | null
  usage: UsageDay[]
}

/** Characters of an error's message that are sent: the whole of it lies in the log. */
const MESSAGE_CHARS = 400

export function composeHeartbeat(parts: HeartbeatParts): Heartbeat {
  const { config, state, status, now } = parts
  const shown = status?.shown ?? null
  return {
    county: config.county,
    terminal: config.terminal,
    sequence: parts.sequence,
    iat: Math.floor(now.getTime() / 1000),
    shown:
      shown === null
        ? null
        : { number: shown.number, root: shown.root, signedAt: shown.signedAt, dataUntil: shown.dataUntil },
    trusted: state.trusted?.number ?? null,
    appVersion: state.appVersion.slice(0, 40),
    shell: state.shell,
    runtime: state.runtime.slice(0, 100),
    browser: parts.browser?.slice(0, 100) ?? null,
    diskFreeBytes: state.diskFreeBytes,
    uptimeSeconds: Math.max(0, Math.floor((now.getTime() - Date.parse(state.startedAt)) / 1000)),
    uncleanStop: state.uncleanStop,
    lastError: lastErrorOf(state, status),
    refusal: refusalOf(state, status),
    clockOffsetMs: parts.clockOffsetMs,
    media: status === null ? null : { have: status.media.have, wanted: status.media.wanted },
    waiting: parts.waiting,
    usage: parts.usage,
  }
}

/** The worker's failure, else the host's. */
function lastErrorOf(state: HostState, status: SyncStatus | null): TerminalFailure | null {
  const failure = status?.lastFailure ?? null
  if (failure !== null) return short(failure)
  return state.lastCheck?.error ? short({ ...state.lastCheck.error, at: state.lastCheck.at }) : null
}

/** The host's; and what the worker can't read, since no later try of it changes that. */
function refusalOf({ lastCheck }: HostState, status: SyncStatus | null): TerminalFailure | null {
  if (status?.lastFailure?.code === 'E-UPDATE') return short(status.lastFailure)
  const error = lastCheck?.error ?? null
  return lastCheck !== null && error !== null && isRefusalCode(error.code)
    ? short({ ...error, at: lastCheck.at })
    : null
}

function short({ code, message, number, at }: TerminalFailure): TerminalFailure {
  return { code, message: message.slice(0, MESSAGE_CHARS), number, at }
}
