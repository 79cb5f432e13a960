// What each event changes in the engine's context: pure functions that return the changed fields.
import type { ReleaseRecord } from '../contract/release.ts'
import type { PlaceCode } from '../contract/rows.ts'
import type { Pointer } from '../store/interface.ts'
import type { Checked, Context, Event, Loaded, Started } from './context.ts'
import { failureOf, isGone } from './decide.ts'
import { DeferredLoad } from './load.ts'
import { BusyError } from './ports.ts'
import type { Scrubbed } from './work.ts'

type Change = Partial<Context>

export function started({ store, pointer, host }: Started): Change {
  return {
    store,
    pointer,
    profile: host.profile,
    due: { pictures: true, scrub: host.uncleanStop || !pointer.scrubbed ? 'due' : false, clean: true },
  }
}

export function checkBegins(context: Context): Change {
  const meter = { bytes: 0, requests: 0, since: context.ports.clock.now() }
  return { meter, nextSlot: null, retryAfterSeconds: null, asked: true }
}

/** The next check is of a stick. A load that is left has no progress any more. */
export function stickAsked({ request }: Context, event: Event): Change {
  if (event.type !== 'load-stick') return { request }
  return { request: { reason: 'stick', folder: event.folder }, progress: null }
}

/** A failed check counts at once; a good one only when nothing is left to load. */
export function checked(context: Context, { candidate, failure, retryAfterSeconds }: Checked): Change {
  const failed = failure !== null && { lastFailure: failure, failures: context.failures + 1 }
  return { candidate, retryAfterSeconds, pendingLarge: false, ...(failed || {}) }
}

export function loadBegins(context: Context, record: ReleaseRecord): Change {
  const parts = Object.keys(record.packs).length
  return {
    candidate: record,
    progress: { number: record.number, root: record.root, ready: [], parts, bytesDone: 0, bytesTotal: 0 },
    meter: { ...context.meter, requests: 0 },
  }
}

export function planned({ progress, meter }: Context, bytes: number): Change {
  return progress === null ? {} : { progress: { ...progress, bytesTotal: Math.max(bytes, meter.bytes) } }
}
export function arrived({ progress, meter }: Context): Change {
  if (progress === null) return {}
  // A file packed anew by the mirror may be longer than the signed one; the bar must not run over.
  const bytesTotal = Math.max(progress.bytesTotal, meter.bytes)
  return { progress: { ...progress, bytesDone: meter.bytes, bytesTotal } }
}
export function partReady({ progress, pointer }: Context, part: PlaceCode, moved: Pointer | null): Change {
  const ready = progress === null ? null : { ...progress, ready: [...progress.ready, part] }
  return { progress: ready, pointer: moved ?? pointer }
}

/** The release is in the store, all of it. */
export function loaded(context: Context, { pointer }: Loaded): Change {
  const { meter, ports, candidate } = context
  const now = ports.clock.now()
  const last = {
    at: new Date(now).toISOString(),
    ms: now - meter.since,
    bytes: meter.bytes,
    requests: meter.requests,
    number: candidate?.number ?? 0,
  }
  return { pointer, last, progress: null, gone: null, ...clearedUnlessCheckFailed(context) }
}
/** Nothing was left to load. */
export function upToDate(context: Context): Change {
  const now = context.ports.clock.now()
  const { meter, pointer } = context
  const last = { at: new Date(now).toISOString(), ms: now - meter.since, bytes: meter.bytes, requests: meter.requests }
  const due = { ...context.due, pictures: true }
  return { due, last: { ...last, number: pointer.shown?.number ?? 0 }, failures: 0, lastFailure: null }
}
/** A load out of the mirror doesn't hide that the office couldn't be asked or was refused in the same try. */
function clearedUnlessCheckFailed({ lastFailure, meter }: Context): Change {
  const isOfThisTry = lastFailure !== null && Date.parse(lastFailure.at) >= meter.since
  return isOfThisTry ? {} : { failures: 0, lastFailure: null }
}

export function switched(pointer: Pointer): Change {
  return { pointer, candidate: null, due: { pictures: true, scrub: 'due', clean: true } }
}

/** Scrubs with a find in a row, after which the next one waits for the night: a dying disk must not be read all day. */
const FINDS = 3

/**
 * A scrub with a find is done again at once: behind mended nodes of the county the townships can be judged, and only a
 * scrub without a find lets the previous release go (P10).
 */
export function scrubbed({ due, finds }: Context, { pointer, scrub, lostPictures }: Scrubbed): Change {
  const inRow = scrub.damaged > 0 ? finds + 1 : 0
  const isAgain = inRow > 0 && inRow < FINDS
  const pictures = due.pictures || lostPictures
  return { pointer, scrub, finds: inRow, due: { pictures, scrub: isAgain && due.scrub, clean: true } }
}

/** P2: refused or failed, the old release stays and the reason shows. A large load that waits is no failure. */
export function failed(context: Context, error: unknown): Change {
  const { candidate, ports, progress } = context
  if (error instanceof DeferredLoad) return { pendingLarge: true, progress: null }
  const failure = failureOf(error, ports.clock.now(), (progress === null ? null : candidate?.number) ?? null)
  const gone = progress !== null && isGone(error) ? (candidate?.root ?? null) : context.gone
  const retryAfterSeconds = error instanceof BusyError ? error.retryAfterSeconds : context.retryAfterSeconds
  return { failures: context.failures + 1, lastFailure: failure, progress: null, gone, retryAfterSeconds }
}
