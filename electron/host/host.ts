// The host: what every shell shares. It speaks standard Request and Response, so that Electron's protocol.handle and a
// node:http server adapt it alike, and does exactly what sync/contract/host-api.ts says.
//
//   page ─► handle(Request) ─┬─ /host/state, /host/events           state of machine, trust, config
//                            ├─ /host/check ─► trust ─► stick|office
//                            ├─ /county/… ─► gateway ─► mirror | stick | office
//                            ├─ /host/recipients, message, print ─► reports ─► journal ─► office
//                            └─ /host/shown, status, pin, maintenance, config, folders
import { join } from 'node:path'
import type { HostState } from '../../sync/contract/host-api.ts'
import type { SyncStatus } from '../../sync/contract/sync-status.ts'
import { openEvents } from './events.ts'
import { makeFolder } from './files.ts'
import { findFolders, stickPlaces } from './folders.ts'
import { createGateway } from './gateway/gateway.ts'
import { openMirror } from './gateway/mirror.ts'
import type { Beat } from './heartbeat/heartbeat.ts'
import { type Fleet, openFleet } from './heartbeat/open.ts'
import type { Delivered } from './journal/delivery.ts'
import { type FolderLock, lockFolder } from './lock.ts'
import { openLog } from './log.ts'
import { openMaintenance } from './maintenance.ts'
import { openProvisioning, takeFile } from './provisioning.ts'
import { openReports } from './reports.ts'
import { createRoutes } from './routes.ts'
import { folderSource, HTTP_LIMITS, type HttpLimits, httpSource, type Source } from './source.ts'
import { hostStateOf, type Running } from './state.ts'
import { openStopMarker } from './stop-marker.ts'
import { openTrust } from './trust/trust.ts'

export interface HostOptions {
  /** Everything this terminal keeps: trust, config, mirror, logs. */
  dataFolder: string
  clock(): Date
  shell: HostState['shell']
  appVersion: string
  /** True in a package built for production: sample keys are refused. A signed config can ask for the same. */
  production: boolean
  /** A signed config to take at start, or its folder, with root.json beside it; null to use the one that is there. */
  configFile?: string | null
  /** Where sticks are mounted; this operating system's places by default. */
  stickPlaces?: readonly string[]
  httpLimits?: HttpLimits
  /** The technician asks for a restart. */
  restart?(): void
  /** Version of the browser that shows the page; null until it is known. */
  browserVersion?(): string | null
  /** PNG of the screen, for the office; null where this shell can't. Asked only while nobody stands there (P6). */
  screenshot?(): Promise<Uint8Array | null>
}
export interface Host {
  /** The port of the browser shell's page, from the verified config; null without a config. */
  readonly port: number | null
  /** True where the package or the signed config is production's: sample keys and --developer are refused (P2). */
  readonly production: boolean
  /** Answers /county/* and /host/*; 404 for anything else. Never throws. */
  handle(request: Request): Promise<Response>
  state(): HostState
  /** The worker's last status; null before the first. */
  status(): SyncStatus | null
  /** Called whenever state or status changes; gives back how to stop. */
  subscribe(listener: () => void): () => void
  /** Tells the office now how this terminal stands, instead of at its slot (P9). */
  beat(): Promise<Beat>
  /** Hands the sealed messages over now, instead of at the slot (P4). */
  deliver(): Promise<Delivered>
  /** Says goodbye: the next start knows that this one ended cleanly. */
  close(): Promise<void>
}

/**
 * Errors: E-CONFIG for a refused `configFile`, E-STORE or E-QUOTA for a data folder that can't be written, E-STATE for
 * one that another terminal runs on.
 */
export async function createHost(options: HostOptions): Promise<Host> {
  makeFolder(options.dataFolder)
  const lock = await lockFolder(options.dataFolder)
  try {
    return await openHost(options, lock)
  } catch (error) {
    await lock.release()
    throw error
  }
}

async function openHost(options: HostOptions, lock: FolderLock): Promise<Host> {
  const { dataFolder, clock } = options
  const startedAt = clock()
  const log = openLog(join(dataFolder, 'logs'), clock)
  const trust = openTrust(join(dataFolder, 'trust'))
  const provisioning = await openProvisioning({ dataFolder, trust, production: options.production })
  if (options.configFile != null) await takeFile(provisioning, options.configFile)
  const production = (): boolean => options.production || (provisioning.config()?.production ?? false)
  // Not before: a start that is refused is no run, and leaves no unclean stop behind.
  const marker = openStopMarker(dataFolder, startedAt)
  const running: Running = { lastCheck: null, office: 'unknown' }
  const listeners = new Set<() => void>()
  const changed = (): void => {
    events.changed()
    fleet.look()
    for (const listener of listeners) listener()
  }
  const maintenance = openMaintenance(dataFolder, () => clock().getTime(), changed)
  const state = (): HostState =>
    hostStateOf({
      ...options,
      ...marker,
      startedAt,
      trust,
      provisioning,
      maintenance,
      running,
      fleet: () => fleet.view(),
      reports: () => reports.state(),
    })
  const events = openEvents(state)
  const sources = sourcesOf(() => provisioning.config()?.officeUrl ?? null, options)
  const mirror = openMirror(join(dataFolder, 'mirror'))
  const gateway = createGateway({ mirror, sources: sources.all, log })
  const reports = openReports({ dataFolder, trust, provisioning, clock, log, changed })
  const routes = createRoutes({
    reports,
    ...{ trust, provisioning, maintenance, gateway, mirror, sources, running, events, state, changed, log, clock },
    dataFolder,
    production,
    folders: () => findFolders(options.stickPlaces ?? stickPlaces()),
    restart: options.restart ?? (() => undefined),
    count: (event) => fleet.count(event),
  })
  const fleet: Fleet = openFleet({
    ...{ ...options, trust, provisioning, log, state, changed },
    status: routes.status,
    // Not told: a count that rises between two heartbeats would say when somebody pressed the report key.
    waiting: () => null,
  })
  log('start', { shell: options.shell, version: options.appVersion, uncleanStop: marker.uncleanStop })
  return {
    get port() {
      return provisioning.config()?.port ?? null
    },
    get production() {
      return production()
    },
    handle: routes.handle,
    state,
    status: routes.status,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    beat: fleet.beat,
    deliver: reports.deliverNow,
    async close() {
      maintenance.close()
      await fleet.close()
      await reports.close()
      events.close()
      // What still writes is waited for: after the goodbye the folder is the next one's.
      await routes.idle()
      log('stop')
      marker.goodbye()
      await lock.release()
    },
  }
}

/** What the office has all but answered is still taken when a stick comes. */
const GRACE_MS = 1_500

export interface Sources {
  /** The stick that was checked last, then the office. */
  all(): readonly Source[]
  office(): Source | null
  /** Uses a folder from now on, before the office; what the office is being asked is given up soon, however it drips. */
  stick(folder: string): Source
}

function sourcesOf(officeUrl: () => string | null, options: HostOptions): Sources {
  let stick: Source | null = null
  let line = new AbortController()
  const office = (): Source | null => {
    const url = officeUrl()
    if (url === null) return null
    return httpSource(url, () => options.clock().getTime(), options.httpLimits ?? HTTP_LIMITS, line.signal)
  }
  return {
    office,
    all: () => [stick, office()].filter((source) => source !== null),
    stick(folder) {
      const given = line
      line = new AbortController()
      setTimeout(() => given.abort(), GRACE_MS).unref()
      stick = folderSource(folder)
      return stick
    },
  }
}
