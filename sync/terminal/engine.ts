// Starts the chart, turns its snapshots into statuses, and gives the worker the two things it needs: tell and stop.
import { createActor, type SnapshotFrom } from 'xstate'
import type { SyncStatus, ToWorker } from '../contract/sync-status.ts'
import { engineMachine } from './machine.ts'
import type { Ports } from './ports.ts'
import { statusOf } from './status.ts'

export interface Engine {
  tell(message: ToWorker): void
  status(): SyncStatus
  stop(): void
}

type Snapshot = SnapshotFrom<typeof engineMachine>

function phaseOf(snapshot: Snapshot): SyncStatus['phase'] {
  if (snapshot.matches({ work: { idle: 'scrubbing' } })) return 'scrubbing'
  if (snapshot.matches({ work: 'idle' })) return 'waiting'
  if (snapshot.matches({ work: 'checking' })) return 'checking'
  if (snapshot.matches({ work: 'loading' })) return 'loading'
  if (snapshot.matches({ work: 'ready' })) return 'ready-to-switch'
  if (snapshot.matches({ work: 'switching' })) return 'switching'
  return snapshot.matches({ work: 'stopped' }) ? 'stopped' : 'starting'
}

/** One engine at a time: the caller holds the store's owner lock. */
export function startEngine(ports: Ports): Engine {
  const { clock } = ports
  const actor = createActor(engineMachine, {
    input: ports,
    clock: { setTimeout: (work, ms) => clock.setTimeout(work, ms), clearTimeout: (timer) => clock.clearTimeout(timer) },
  })
  const statusNow = (): SyncStatus => {
    const snapshot = actor.getSnapshot()
    return statusOf(snapshot.context, phaseOf(snapshot))
  }
  let told = ''
  actor.subscribe(() => {
    const status = statusNow()
    const text = JSON.stringify(status)
    if (text === told) return
    told = text
    ports.status(status)
  })
  actor.start()
  return {
    tell: (message) => actor.send(message),
    status: statusNow,
    stop() {
      const { store } = actor.getSnapshot().context
      actor.stop()
      store?.close()
    },
  }
}
