// The engine's asynchronous steps, as actors of the chart in `machine.ts`. Each ends when its signal is aborted.
import { fromPromise } from 'xstate'
import { SunhallError } from '../contract/errors.ts'
import type { ReleaseRecord } from '../contract/release.ts'
import type { SyncStatus } from '../contract/sync-status.ts'
import { compareReleases } from '../core/release-order.ts'
import type { BlockStore, Damage, Pointer } from '../store/interface.ts'
import type { Checked, Context, Event, Loaded, Started } from './context.ts'
import { chooseCandidate, mayLoad } from './decide.ts'
import { loadRelease } from './load.ts'
import { fetchPictures, type MediaCount, wantedPictures } from './pictures.ts'
import { repair } from './repair.ts'

/** What an actor is given: the context at its start, and the way to tell the chart something while it runs. */
export interface Step {
  context: Context
  tell(event: Event): void
}

export function storeOf(context: Context): BlockStore {
  if (context.store !== null) return context.store
  throw new SunhallError('E-STATE', 'Expected the store to be open, found it closed; restart the terminal')
}

export const start = fromPromise<Started, Step>(async ({ input: { context }, signal }) => {
  context.store?.close()
  const store = await context.ports.openStore()
  const host = await context.ports.transport.state(signal)
  return { store, host, pointer: await store.pointer() }
})

/** What trust knows, where it isn't earlier than what is shown. */
function newerThan(shown: ReleaseRecord | null, trusted: ReleaseRecord | null): ReleaseRecord | null {
  return trusted !== null && (shown === null || compareReleases(trusted, shown) >= 0) ? trusted : null
}

export const check = fromPromise<Checked, Step>(async ({ input: { context }, signal }) => {
  const { transport, clock } = context.ports
  const result = await transport.check(context.request, signal)
  const pointer = await storeOf(context).pointer()
  if (result.result === 'release') {
    context.meter.bytes += result.bytes
    const candidate = chooseCandidate(pointer, result.record, context.gone)
    return { candidate, failure: null, retryAfterSeconds: null }
  }
  // Refused or unreachable: what is trusted already may still have to be loaded, out of the mirror (P3, P10).
  const { trusted } = await transport.state(signal)
  return {
    candidate: chooseCandidate(pointer, newerThan(pointer.shown, trusted), context.gone),
    failure: { ...result.error, at: new Date(clock.now()).toISOString() },
    retryAfterSeconds: result.result === 'unavailable' ? result.retryAfterSeconds : null,
  }
})

export const load = fromPromise<Loaded, Step & { record: ReleaseRecord }>(async ({ input, signal }) => {
  const { context, record, tell } = input
  const store = storeOf(context)
  const { shown } = await loadRelease({
    store,
    transport: context.ports.transport,
    hash: context.ports.hash,
    record,
    own: context.profile?.township ?? '',
    signal,
    meter: context.meter,
    allowed: (bytes) => mayLoad(context, bytes),
    steps: {
      planned: (bytes) => tell({ type: 'planned', bytes }),
      arrived: () => tell({ type: 'arrived' }),
      part: (part, pointer) => tell({ type: 'part', part, pointer }),
    },
  })
  return { pointer: await store.pointer(), shown }
})

/** P1: moves the pointer; the host hears of it afterwards, so that the mirror never drops what is still shown. */
export const switchOver = fromPromise<Pointer, Step & { record: ReleaseRecord }>(async ({ input }) => {
  const store = storeOf(input.context)
  await store.switchTo(input.record, Object.keys(input.record.packs))
  return store.pointer()
})

export const pictures = fromPromise<MediaCount | null, Step>(async ({ input: { context, tell }, signal }) => {
  const store = storeOf(context)
  const { transport, hash } = context.ports
  const wanted = await wantedPictures(store, context.profile?.township ?? '')
  if (wanted === null) return null
  return fetchPictures(store, transport, hash, wanted, signal, (count) => tell({ type: 'media', count }))
})

export interface Scrubbed {
  pointer: Pointer
  scrub: NonNullable<SyncStatus['scrub']>
  /** True where fewer pictures are there than were before. */
  lostPictures: boolean
}
/** Reads and hashes everything shown, mends what is damaged; only a scrub without a find lets the previous release go. */
export const scrub = fromPromise<Scrubbed, Step>(async ({ input: { context }, signal }) => {
  const store = storeOf(context)
  const isAsked = context.due.scrub === 'asked'
  const { blocks, damaged } = await store.scrub(() => (isAsked ? pause(context) : context.gate.wait(signal)), signal)
  let repaired = 0
  for (const damage of damaged) repaired += await mend(context, damage, signal)
  if (damaged.length === 0) await store.markScrubbed()
  const at = new Date(context.ports.clock.now()).toISOString()
  const report = { at, blocks, damaged: damaged.length, repaired }
  return { pointer: await store.pointer(), scrub: report, lostPictures: await hasLostPictures(context) }
})

/** P10: damaged ones were dropped by the scrub; dropped ones are missed here, instead of by who looks for them. */
async function hasLostPictures(context: Context): Promise<boolean> {
  const store = storeOf(context)
  try {
    const wanted = (await wantedPictures(store, context.profile?.township ?? '')) ?? []
    return wanted.length - (await store.missingMedia(wanted)).size < context.media.have
  } catch (error) {
    if (error instanceof SunhallError && error.code === 'E-STORE') throw error
    // What names them is damaged itself, and about to be mended.
    return false
  }
}

/** Lets what else is waiting in the worker run between two slices. */
function pause(context: Context): Promise<void> {
  return new Promise((go) => {
    context.ports.clock.setTimeout(go, 0)
  })
}

async function mend(context: Context, damage: Damage, signal: AbortSignal): Promise<number> {
  try {
    await repair(repairOf(context, signal), damage)
    return 1
  } catch (error) {
    if (error instanceof SunhallError && error.code === 'E-STORE') throw error
    return 0
  }
}

function repairOf(context: Context, signal: AbortSignal) {
  const { transport, hash } = context.ports
  return { store: storeOf(context), transport, hash, signal, meter: { bytes: 0, requests: 0 } }
}

export const clean = fromPromise<Pointer, Step>(async ({ input: { context }, signal }) => {
  const store = storeOf(context)
  const wanted = await wantedPictures(store, context.profile?.township ?? '')
  await store.clean(() => context.gate.wait(signal), wanted === null ? null : new Set(wanted))
  return store.pointer()
})

export const mendOne = fromPromise<undefined, Step & { damage: Damage }>(async ({ input, signal }) => {
  await repair(repairOf(input.context, signal), input.damage)
})
