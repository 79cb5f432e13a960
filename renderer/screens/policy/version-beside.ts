// Which two versions are laid side by side: this one and the one before it, or the one after where this is the oldest.

import type { DocumentRow } from '../../../sync/contract/rows.ts'

/** Index numbers, the older at the left; null where there is only this version. */
export function versionBeside(
  document: DocumentRow,
  versions: readonly DocumentRow[],
): { left: string; right: string } | null {
  const ordered = versions.toSorted((a, b) => a.version - b.version)
  const at = ordered.findIndex((version) => version.index === document.index)
  const before = at > 0 ? ordered[at - 1] : undefined
  const after = at >= 0 ? ordered[at + 1] : undefined
  if (before !== undefined) return { left: before.index, right: document.index }
  return after === undefined ? null : { left: document.index, right: after.index }
}
