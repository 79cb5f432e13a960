// A host and an office without a network: releases as files in memory, faults mounted by a test. It stands for the real
// host (tested in test/e2e) at the transport's seam, so that every fault can be placed exactly.

import { gunzipExactly } from '../../renderer/worker/gunzip.ts'
import { SunhallError } from '../../sync/contract/errors.ts'
import type { CheckResult, HostState, TerminalProfile } from '../../sync/contract/host-api.ts'
import type { ReleaseRecord } from '../../sync/contract/release.ts'
import type { PlaceCode } from '../../sync/contract/rows.ts'
import type { SyncStatus } from '../../sync/contract/sync-status.ts'
import { openBlockStore } from '../../sync/store/block-store.ts'
import { sha256 } from '../../sync/store/hash.ts'
import type { BlockStore } from '../../sync/store/interface.ts'
import { type Engine, startEngine } from '../../sync/terminal/engine.ts'
import type { Ports, Transport } from '../../sync/terminal/ports.ts'
import type { TinyRelease } from './store-release.ts'

export const OWN = '431225101'
export const PROFILE: TerminalProfile = {
  terminal: 'T01',
  name: '测试终端',
  township: OWN,
  village: '',
  officeName: '会同县',
  officePhone: '0745-0000000',
  language: 'zh',
  evening: null,
  idle: { warnAfterSeconds: 60, resetAfterSeconds: 20 },
  staleAfterDays: 30,
  schedule: { everyMinutes: 60, largeLoads: [], largeBytes: 1_000_000 },
  slot: 0,
  fleet: 30,
  developer: false,
}

export interface FakeHost {
  transport: Transport
  /** Paths asked for, in order. */
  asked: string[]
  /** Compressed bytes handed out. */
  bytes(): number
  publish(release: TinyRelease): void
  /** Answers the next checks with this instead of the newest release; null for the newest again. */
  answer(result: CheckResult | null): void
  /** Called before each file; throws, or returns other bytes, to mount a fault. */
  fault: (path: string, wire: Uint8Array<ArrayBuffer>) => Uint8Array<ArrayBuffer> | Promise<Uint8Array<ArrayBuffer>>
  files: Map<string, Uint8Array<ArrayBuffer>>
  told: { statuses: SyncStatus[]; shown: string[] }
  state: { uncleanStop: boolean; trusted: ReleaseRecord | null; profile: TerminalProfile | null }
}

export function fakeHost(): FakeHost {
  let newest: TinyRelease | null = null
  let answer: CheckResult | null = null
  let bytes = 0
  const host: FakeHost = {
    asked: [],
    bytes: () => bytes,
    files: new Map(),
    told: { statuses: [], shown: [] },
    state: { uncleanStop: false, trusted: null, profile: PROFILE },
    publish(release) {
      newest = release
      host.state.trusted = release.record
      for (const [path, wire] of release.files) host.files.set(path, wire)
    },
    answer(result) {
      answer = result
    },
    fault: (_path, wire) => wire,
    transport: {
      state: async () => hostState(host),
      check: async () => answer ?? found(newest),
      async file({ path, raw, arrived }) {
        host.asked.push(path)
        const wire = host.files.get(path)
        if (wire === undefined) throw new SunhallError('E-MISSING', `Expected ${path}, found nothing`)
        const served = await host.fault(path, wire)
        bytes += served.length
        return gunzipExactly(new Blob([served]).stream(), raw, arrived)
      },
      async media(hash) {
        host.asked.push(`media/${hash}`)
        const wire = host.files.get(`media/${hash}`)
        if (wire === undefined) throw new SunhallError('E-MISSING', 'Expected a picture, found nothing')
        return wire
      },
      tellStatus: (status) => host.told.statuses.push(status),
      async tellShown(root) {
        host.told.shown.push(root)
      },
    },
  }
  return host
}

function found(newest: TinyRelease | null): CheckResult {
  if (newest !== null) return { result: 'release', record: newest.record, bytes: 10 }
  const error = { code: 'E-OFFLINE' as const, message: 'Expected the office, nobody answered', number: null }
  return { result: 'unavailable', error, retryAfterSeconds: null }
}

function hostState(host: FakeHost): HostState {
  return {
    mode: 'terminal',
    shell: 'browser',
    appVersion: '0',
    runtime: 'test',
    now: new Date(0).toISOString(),
    clockTrusted: true,
    startedAt: new Date(0).toISOString(),
    diskFreeBytes: null,
    dataFolder: '',
    timestampExpires: null,
    sampleKeys: true,
    maintenanceOpen: false,
    lastCheck: null,
    office: 'unknown',
    ...host.state,
  }
}

/** ms that a step may take on a shared machine. */
const PATIENCE_MS = 30_000

export interface Running {
  engine: Engine
  changed: { root: string; parts: PlaceCode[] }[]
  /** Resolves with the first status, from now on, that is what the test waits for. */
  until(wanted: (status: SyncStatus) => boolean, what?: string): Promise<SyncStatus>
  stop(): void
}

/** Starts an engine on a database of that name. `wrap` puts something between it and its store. */
export function runEngine(
  host: FakeHost,
  database: string,
  more: { resting?: boolean; wrap?: (store: BlockStore) => BlockStore; ports?: Partial<Ports> } = {},
): Running {
  const changed: Running['changed'] = []
  const waiting = new Set<(status: SyncStatus) => void>()
  const engine = startEngine({
    openStore: async () => (more.wrap ?? ((store) => store))(await openBlockStore(database)),
    transport: host.transport,
    hash: sha256,
    clock: {
      now: () => Date.now(),
      offsetMinutes: () => 480,
      setTimeout: (work, ms) => setTimeout(work, ms),
      clearTimeout: (timer) => clearTimeout(typeof timer === 'number' ? timer : undefined),
    },
    random: () => 0.5,
    changed: (root, parts) => changed.push({ root, parts }),
    status(status) {
      host.transport.tellStatus(status)
      for (const look of waiting) look(status)
    },
    ...more.ports,
  })
  if (more.resting !== false) engine.tell({ type: 'rest' })
  return {
    engine,
    changed,
    until: (wanted, what = 'a status') =>
      new Promise((found, failed) => {
        const look = (status: SyncStatus): void => {
          if (!wanted(status)) return
          waiting.delete(look)
          clearTimeout(timer)
          found(status)
        }
        const timer = setTimeout(() => failed(new Error(`Expected ${what}, got ${text(engine.status())}`)), PATIENCE_MS)
        waiting.add(look)
        look(engine.status())
      }),
    stop: () => engine.stop(),
  }
}

function text(status: SyncStatus): string {
  return JSON.stringify({ ...status, shown: status.shown?.number ?? null })
}

/** Idle again, nothing left to do, with that release on screen, all parts of it. */
export function settledOn(number: number): (status: SyncStatus) => boolean {
  return ({ phase, shown, shownParts, loading }) =>
    phase === 'waiting' &&
    shown?.number === number &&
    loading === null &&
    shownParts.length === Object.keys(shown.packs).length
}
