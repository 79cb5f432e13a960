// Puts this terminal's dealings with the fleet's board together: its identity, what it counts, its heartbeats.
import type { HostState, UsageRequest } from '../../../sync/contract/host-api.ts'
import type { SyncStatus } from '../../../sync/contract/sync-status.ts'
import { openIdentity } from '../identity/identity.ts'
import type { Log } from '../log.ts'
import type { Provisioning } from '../provisioning.ts'
import type { Trust } from '../trust/trust.ts'
import { type Beat, createSender } from './heartbeat.ts'
import { openMemory } from './memory.ts'
import { startTimer } from './timer.ts'
import { openUsage } from './usage.ts'

export interface FleetParts {
  dataFolder: string
  clock(): Date
  trust: Trust
  provisioning: Provisioning
  log: Log
  state(): HostState
  status(): SyncStatus | null
  /** Version of the browser that shows the page; null until it is known. */
  browserVersion?(): string | null
  /** PNG of the screen; null where this shell can't. */
  screenshot?(): Promise<Uint8Array | null>
  /** Sealed messages in the journal; null where there is none. */
  waiting(): number | null
  changed(): void
}
export interface Fleet {
  beat(): Promise<Beat>
  count(event: UsageRequest): void
  view(): HostState['fleet']
  /** Looks whether something happened that the office should hear before the next slot. */
  look(): void
  close(): Promise<void>
}

export function openFleet(parts: FleetParts): Fleet {
  const { dataFolder, clock, provisioning } = parts
  const stop = new AbortController()
  const memory = openMemory(dataFolder)
  const usage = openUsage(dataFolder, () => new Date(clock().getTime() + (memory.get().clockOffsetMs ?? 0)))
  const sender = createSender({
    ...{ dataFolder, memory, usage, clock, log: parts.log, stopped: stop.signal },
    identity: openIdentity(dataFolder),
    config: provisioning.config,
    root: parts.trust.root,
    state: parts.state,
    status: parts.status,
    browser: parts.browserVersion ?? (() => null),
    screenshot: parts.screenshot ?? (async () => null),
    waiting: parts.waiting,
    changed: parts.changed,
  })
  const timer = startTimer({ config: provisioning.config, beat: sender.beat, clock, random: Math.random })
  let told = ''
  return {
    beat: sender.beat,
    count: usage.count,
    view: sender.view,
    look() {
      const { lastCheck } = parts.state()
      const now = `${parts.status()?.shown?.root ?? ''} ${lastCheck?.error?.code ?? ''} ${provisioning.config()?.enrolment ?? ''}`
      if (now !== told) timer.news()
      told = now
    },
    async close() {
      timer.close()
      usage.close()
      // Cut off, not waited out: after the goodbye the folder is the next one's.
      stop.abort()
      await sender.idle()
    },
  }
}
