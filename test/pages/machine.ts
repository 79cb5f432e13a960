// States of an invented machine for the technician's screens: a refused release, a first load, a terminal without a config.
import type { HostState } from '../../sync/contract/host-api.ts'
import type { SyncStatus } from '../../sync/contract/sync-status.ts'
import { fixtureRecord } from '../county/fixture-data.ts'
import { fixtureProfile } from './profile.ts'

const record = {
  ...fixtureRecord,
  packs: { '431225': { wire: 1_000_000, raw: 9_000_000 }, '431225204': { wire: 300_000, raw: 2_000_000 } },
}

export const fixtureHost: HostState = {
  mode: 'terminal',
  profile: fixtureProfile,
  shell: 'browser',
  appVersion: '0.1.0',
  runtime: 'Node 24, Chromium 156',
  now: '2025-10-18T06:10:00.000Z',
  clockTrusted: true,
  startedAt: '2025-10-12T02:00:00.000Z',
  diskFreeBytes: 41_000_000_000,
  dataFolder: '/var/lib/sunhall',
  trusted: record,
  timestampExpires: '2025-11-20T00:00:00.000Z',
  sampleKeys: true,
  maintenanceOpen: true,
  uncleanStop: false,
  lastCheck: { at: '2025-10-18T04:35:00.000Z', ok: true, error: null },
  office: 'reachable',
}

export const fixtureStatus: SyncStatus = {
  phase: 'waiting',
  shown: record,
  shownParts: ['431225', '431225204'],
  loading: null,
  nextSlot: '2025-10-18T14:35:00.000Z',
  failures: 1,
  last: { at: '2025-10-18T04:35:00.000Z', ms: 8_000, bytes: 3_200_000, requests: 3, number: 47 },
  lastFailure: {
    code: 'E-HASH',
    message: 'Expected block 0312 to have the hash that was signed, got another. Ask the office to publish again',
    number: 48,
    at: '2025-10-18T04:35:00.000Z',
  },
  scrub: { at: '2025-10-18T02:00:00.000Z', blocks: 3_943, damaged: 0, repaired: 0 },
  media: { have: 96, wanted: 120 },
}

export const loadingStatus: SyncStatus = {
  ...fixtureStatus,
  phase: 'loading',
  shown: null,
  shownParts: [],
  lastFailure: null,
  scrub: null,
  last: null,
  loading: {
    number: 47,
    root: record.root,
    ready: ['431225'],
    parts: 19,
    bytesDone: 1_300_000,
    bytesTotal: 5_900_000,
  },
}

export const bareHost: HostState = {
  ...fixtureHost,
  mode: 'provisioning',
  profile: null,
  trusted: null,
  maintenanceOpen: false,
  timestampExpires: null,
  lastCheck: null,
}
