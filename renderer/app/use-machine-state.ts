// What the host and the worker say, as state of the page: the profile stays when the host goes (P3).
import { useEffect, useState } from 'react'
import type { HostState, TerminalProfile } from '../../sync/contract/host-api.ts'
import type { FromWorker, SyncStatus } from '../../sync/contract/sync-status.ts'
import { recallProfile, rememberProfile } from './machine-memory.ts'
import type { AppPorts } from './ports.ts'

export interface MachineState {
  host: HostState | null
  profile: TerminalProfile | null
  /** Whether the host has answered or failed to: until then nothing is known. */
  known: boolean
}

export function useHost(ports: AppPorts): MachineState {
  // What the machine was at its last start opens the release while the host is still being asked (P3); its answer counts.
  const [state, setState] = useState<MachineState>(() => ({
    host: null,
    profile: recallProfile(ports.page.localStorage),
    known: false,
  }))
  useEffect(
    () =>
      ports.host.subscribe((host) => {
        if (host?.profile) rememberProfile(ports.page.localStorage, host.profile)
        setState((was) => ({
          host: host ?? was.host,
          profile:
            host === null ? (was.profile ?? recallProfile(ports.page.localStorage)) : same(was.profile, host.profile),
          known: true,
        }))
      }),
    [ports],
  )
  return state
}

/** The one that was, where the new one says the same: nothing that shows it is drawn anew. */
function same(was: TerminalProfile | null, now: TerminalProfile | null): TerminalProfile | null {
  return JSON.stringify(was) === JSON.stringify(now) ? was : now
}

/** The worker's status; every other message goes to `onChange`. */
export function useSync(
  ports: AppPorts,
  onChange: (message: Extract<FromWorker, { type: 'release-changed' }>) => void,
): SyncStatus | null {
  const [status, setStatus] = useState<SyncStatus | null>(null)
  useEffect(
    () =>
      ports.sync.subscribe((message) => {
        if (message.type === 'status') setStatus(message.status)
        else onChange(message)
      }),
    [ports, onChange],
  )
  return status
}
