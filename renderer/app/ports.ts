// What the app stands on, given by main.tsx; a test gives others.

import type { UsageRequest } from '../../sync/contract/host-api.ts'
import type { SyncClient } from '../worker/client.ts'
import type { HostClient } from './host-client.ts'
import type { Later } from './later.ts'
import type { Program } from './program.ts'
import type { OpenData } from './use-county.ts'

export interface AppPorts {
  host: HostClient
  sync: Pick<SyncClient, 'post' | 'subscribe'>
  program: Program
  /** Counts for the office's statistics: never persons, and nothing waits for it. */
  count(event: UsageRequest): void
  openData: OpenData
  /** The code of all that isn't the first screen. */
  beyond: Later
  page: Window
  /** Chosen by `?lang=`; null for the config's. */
  language: 'zh' | 'en' | null
}
