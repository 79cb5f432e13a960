// Numbers the versions of each policy from the oldest known one. A document without any date can't be put in order: it
// counts as the oldest, and several such under one title are parts, not versions (民法典各编).
import type { DocumentRow } from '../../contract/rows.ts'

type Document = Omit<DocumentRow, 'clauses' | 'clauseSeq'>

/** The documents with `version` set, and `work` told apart where undated parts share a title. */
export function numberVersions(documents: readonly Document[]): Document[] {
  const works = new Map<string, Document[]>()
  for (const document of documents) {
    const versions = works.get(document.work)
    if (versions === undefined) works.set(document.work, [document])
    else versions.push(document)
  }
  return [...works.values()].flatMap(numbered)
}

function numbered(versions: readonly Document[]): Document[] {
  if (versions.length > 1 && versions.every((version) => dateOf(version) === '')) {
    return versions.map((version) => ({ ...version, work: `${version.work}·${partOf(version.index)}`, version: 1 }))
  }
  return [...versions]
    .sort((a, b) => compare(dateOf(a), dateOf(b)) || compare(a.index, b.index))
    .map((version, at) => ({ ...version, version: at + 1 }))
}

function dateOf(version: Document): string {
  return version.inForce ?? version.published ?? version.made ?? ''
}

function partOf(index: string): string {
  return index.replace(/^.*\//, '').replace(/\.md$/, '')
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
