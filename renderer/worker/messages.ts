// Looks at what comes over the worker's channel before anything is done with it. By hand: the page's first screen waits for
// this module, and a schema library is a third of what that screen would have to read (P7).
import type { FromWorker, ToWorker } from '../../sync/contract/sync-status.ts'

const BARE: ReadonlySet<unknown> = new Set<ToWorker['type']>(['rest', 'visit', 'sync-now', 'scrub-now'])

export function isToWorker(data: unknown): data is ToWorker {
  if (!isObject(data)) return false
  if (BARE.has(data.type)) return Object.keys(data).length === 1
  const { type, folder, ...more } = data
  const named = folder === null || typeof folder === 'string'
  return type === 'load-stick' && named && Object.keys(more).length === 0
}

/** The worker is our own code from the same package: its kind is looked at, not every field of a status. */
export function isFromWorker(data: unknown): data is FromWorker {
  if (!isObject(data)) return false
  const { type, status, root, parts } = data
  if (type === 'status') return isObject(status) && typeof status.phase === 'string'
  if (type !== 'release-changed' || typeof root !== 'string' || !Array.isArray(parts)) return false
  return parts.every((part) => typeof part === 'string')
}

function isObject(data: unknown): data is Record<string, unknown> {
  return typeof data === 'object' && data !== null
}
