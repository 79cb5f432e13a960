// The host's state as the page sees it (sync/contract/host-api.ts), put together from its parts.
import { statfsSync } from 'node:fs'
import { toProfile } from '../../kiosk-config/schema.ts'
import type { HostState } from '../../sync/contract/host-api.ts'
import type { Maintenance } from './maintenance.ts'
import type { Provisioning } from './provisioning.ts'
import { clockTrusted } from './trust/check-record.ts'
import type { Trust } from './trust/trust.ts'

/** What changes while the host runs and lies in no other part. */
export interface Running {
  lastCheck: HostState['lastCheck']
  office: HostState['office']
}
export interface StateParts {
  dataFolder: string
  shell: HostState['shell']
  appVersion: string
  startedAt: Date
  uncleanStop: boolean
  clock(): Date
  trust: Trust
  provisioning: Provisioning
  maintenance: Maintenance
  running: Running
  /** How the office knows this terminal. */
  fleet(): HostState['fleet']
  /** What can be reported and printed here, and how many sealed messages wait. */
  reports(): Pick<Required<HostState>, 'reporting' | 'printer' | 'waiting'>
}

export function hostStateOf(parts: StateParts): HostState {
  const config = parts.provisioning.config()
  const now = parts.clock()
  const trusted = parts.trust.record()
  const fleet = parts.fleet()
  return {
    mode: config === null ? 'provisioning' : 'terminal',
    profile: config === null ? null : toProfile(config),
    shell: parts.shell,
    appVersion: parts.appVersion,
    runtime: `node ${process.versions.node}, ${process.platform} ${process.arch}`,
    now: now.toISOString(),
    clockTrusted: clockTrusted(now, trusted),
    startedAt: parts.startedAt.toISOString(),
    diskFreeBytes: diskFree(parts.dataFolder),
    dataFolder: parts.dataFolder,
    trusted,
    timestampExpires: parts.trust.timestampExpires(),
    sampleKeys: parts.trust.sampleKeys(),
    maintenanceOpen: parts.maintenance.isOpen(),
    uncleanStop: parts.uncleanStop,
    lastCheck: parts.running.lastCheck,
    office: parts.running.office,
    ...(fleet !== undefined && { fleet }),
    ...parts.reports(),
  }
}

function diskFree(folder: string): number | null {
  try {
    const { bavail, bsize } = statfsSync(folder)
    return bavail * bsize
  } catch {
    return null
  }
}
