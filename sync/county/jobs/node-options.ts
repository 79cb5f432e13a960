// How Node runs the office's long work in a process of its own.

/** MB: old objects of a job. */
const HEAP_MB = 2_048
/** Verbs that build a release. */
const BUILDING: readonly string[] = ['draft', 'approve', 'republish', 'withdraw', 'publish']
/**
 * MB: a publication makes rows, writes them and drops them, and V8 would let 130 MB of those lie. It takes less time with
 * little room for young objects, too; an import takes a twelfth more, and keeps V8's own measure.
 */
const YOUNG_MB = 16

/** Node's options for a verb of the county's command line. */
export function nodeOptions(verb: string): string[] {
  const heap = `--max-old-space-size=${HEAP_MB}`
  return BUILDING.includes(verb) ? [heap, `--max-semi-space-size=${YOUNG_MB}`] : [heap]
}
