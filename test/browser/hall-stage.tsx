// The whole app on stage over a host, worker and data that the test moves: real page, real React, real touch events.
import { createRoot } from 'react-dom/client'
import { afterEach, expect, vi } from 'vitest'
import { App } from '../../renderer/app/App.tsx'
// Here from the beginning: how long a development server takes to hand it out is no part of any test.
import * as beyond from '../../renderer/app/beyond.tsx'
import { createLater } from '../../renderer/app/later.ts'
import type { AppPorts } from '../../renderer/app/ports.ts'
import type { CountyData } from '../../renderer/data/county-data.ts'
import '../../renderer/hall/faces.ts'
import { SunhallError } from '../../sync/contract/errors.ts'
import type { HostState, MaintenanceRequest } from '../../sync/contract/host-api.ts'
import type { ReleaseRecord } from '../../sync/contract/release.ts'
import type { PrintRequest, Recipients, SealedMessage } from '../../sync/contract/report.ts'
import type { FromWorker, ToWorker } from '../../sync/contract/sync-status.ts'
import type { OpenReader } from '../../sync/store/interface.ts'
import { fixtureData, fixtureRecord } from '../county/fixture-data.ts'
import { fixtureHost, fixtureStatus } from '../pages/machine.ts'
import { fixtureProfile } from '../pages/profile.ts'

/** Longer than any one wait in a test, so that the wait says what didn't come. */
vi.setConfig({ testTimeout: 60_000 })

export interface Stage {
  /** Name of the screen now drawn; 'idle' while the sheet is up. */
  screen(): string
  text(): string
  /** Taps the first key whose words hold `word`, as a finger does: pointer-down, then click. */
  tap(word: string): void
  tapElement(selector: string): void
  /** Taps the key whose words are exactly `word`. */
  tapKey(word: string): void
  element(selector: string): HTMLElement
  says(state: Partial<HostState> | null): void
  works(message: FromWorker): void
  heard: ToWorker[]
  asked: MaintenanceRequest[]
  applied: number
  opened: number
  /** Messages that the host has on its disk. */
  stored: SealedMessage[]
  printed: PrintRequest[]
  newProgram(): void
  /** Takes the app off the stage before the test is over. */
  end(): void
}
export interface Given {
  data?: Partial<CountyData>
  record?: () => ReleaseRecord
  link?: string
  warnAfterSeconds?: number
  resetAfterSeconds?: number
  host?: Partial<HostState>
  empty?: boolean
  recipients?: Recipients
  /** Runs before the code beyond the first screen is fetched; may throw. */
  fetch?: () => Promise<void>
  /** Runs before a message counts as stored; may throw. */
  store?: (message: SealedMessage) => Promise<void>
}

const ends: (() => void)[] = []
afterEach(() => {
  for (const end of ends.splice(0)) end()
})

function reader(record: ReleaseRecord): OpenReader {
  const never = async () => null
  return {
    record,
    parts: new Set(),
    village: never,
    rows: async () => [],
    rowsAt: async () => [],
    rowsWith: async () => [],
    media: never,
    close() {},
  }
}

/** Starts the app. Idle seconds are long unless given. */
export function onStage(given: Given = {}): Stage {
  const element = document.createElement('div')
  element.id = 'root'
  document.body.append(element)
  const idle = { warnAfterSeconds: given.warnAfterSeconds ?? 600, resetAfterSeconds: given.resetAfterSeconds ?? 600 }
  const base: HostState = {
    ...fixtureHost,
    maintenanceOpen: false,
    profile: { ...fixtureProfile, idle },
    ...given.host,
  }
  const parts = portsOf(given, base)
  const root = createRoot(element)
  root.render(<App ports={parts.ports} link={given.link ?? ''} />)
  const end = () => {
    root.unmount()
    element.remove()
  }
  ends.push(end)
  return Object.assign(parts.hands, lookAt(element), { end })
}

/** The host of a terminal that takes messages. */
export const TAKING = { reporting: true }

/** A visit that has come as far as home, at such a terminal. */
export async function home(given: Given): Promise<Stage> {
  const stage = onStage({ host: TAKING, ...given })
  await expect.poll(stage.screen).toBe('attract')
  stage.tap('点这里，开始查')
  await expect.poll(stage.screen).toBe('home')
  return stage
}

interface Listeners {
  host: (state: HostState | null) => void
  sync: (message: FromWorker) => void
  program: () => void
}
const nobody = () => undefined

function portsOf(given: Given, base: HostState) {
  const listeners: Listeners = { host: nobody, sync: nobody, program: nobody }
  const hands = {
    heard: [] as ToWorker[],
    asked: [] as MaintenanceRequest[],
    applied: 0,
    opened: 0,
    stored: [] as SealedMessage[],
    printed: [] as PrintRequest[],
    says: (state: Partial<HostState> | null) => listeners.host(state === null ? null : { ...base, ...state }),
    works: (message: FromWorker) => listeners.sync(message),
    newProgram: () => listeners.program(),
  }
  const ports: AppPorts = {
    host: {
      subscribe: (listener) => {
        listeners.host = listener
        listener(base)
        return () => undefined
      },
      pin: async (pin) => {
        const ok = pin === '135790'
        if (ok) listeners.host({ ...base, maintenanceOpen: true })
        return { ok, waitSeconds: 0 }
      },
      maintenance: async (request) => {
        hands.asked.push(request)
        if (request.action === 'close') listeners.host({ ...base, maintenanceOpen: false })
      },
      folders: async () => [],
      takeConfig: async () => ({ ok: false, terminal: null, errors: [] }),
      recipients: async () => {
        if (given.recipients === undefined) throw new SunhallError('E-SERVER', 'No recipients')
        return given.recipients
      },
      store: async (message) => {
        await given.store?.(message)
        hands.stored.push(message)
      },
      print: async (request) => void hands.printed.push(request),
    },
    sync: {
      post: (message) => void hands.heard.push(message),
      subscribe: (listener) => {
        listeners.sync = listener
        listener({ type: 'status', status: fixtureStatus })
        return () => undefined
      },
    },
    count: () => undefined,
    program: {
      watch: (onWaiting) => {
        listeners.program = onWaiting
      },
      look: () => undefined,
      apply: () => void hands.applied++,
    },
    openData: async () => {
      hands.opened++
      if (given.empty === true) return null
      const record = given.record?.() ?? fixtureRecord
      return { reader: reader(record), data: { ...fixtureData(record), ...given.data } }
    },
    beyond: createLater(
      async () => {
        await given.fetch?.()
        return beyond
      },
      (work, ms) => setTimeout(work, ms),
    ),
    page: window,
    language: 'zh',
  }
  // One object: the test reads the counters that the ports move.
  return { ports, hands }
}

function lookAt(element: HTMLElement) {
  const find = (selector: string): HTMLElement => {
    const found = element.querySelector<HTMLElement>(selector)
    if (found === null) throw new Error(`Expected ${selector} on the page, found none`)
    return found
  }
  const press = (key: HTMLElement) => {
    key.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true }))
    key.click()
  }
  return {
    screen: () =>
      element.querySelector('.idle') === null
        ? (element.querySelector<HTMLElement>('[data-screen]')?.dataset.screen ?? '')
        : 'idle',
    text: () => element.textContent ?? '',
    element: find,
    tapElement: (selector: string) => press(find(selector)),
    tapKey: (word: string) => {
      const keys = [...element.querySelectorAll<HTMLElement>('button:not(:disabled)')]
      const key = keys.find((candidate) => candidate.textContent === word)
      if (key === undefined) throw new Error(`Expected the key ${word}, found none`)
      press(key)
    },
    tap: (word: string) => {
      const keys = [...element.querySelectorAll<HTMLElement>('button:not(:disabled)')]
      const key = keys.find((candidate) => candidate.textContent?.includes(word))
      if (key === undefined)
        throw new Error(`Expected a key with ${word}, found ${keys.map((each) => each.textContent).join(' | ')}`)
      press(key)
    },
  }
}
