// Policies: the full text's postings narrow, the text decides. Reads a bucket of postings a gram, and the clauses of the
// documents that are shown or must be verified, one block at a time.

import { BIGRAM_BUCKETS } from '../../sync/contract/limits.ts'
import type { ClauseRow, Day, DocumentRow, FundRow } from '../../sync/contract/rows.ts'
import { COUNTY, type VillageNode } from '../../sync/contract/tree.ts'
import { bucketOf } from '../../sync/core/bucket.ts'
import { type ValidityOnDay, validityAmong } from '../../sync/core/validity.ts'
import type { Catalogue } from './catalogue.ts'
import type { Answer, PolicyHit, PolicyQuery, PolicyView } from './county-data.ts'
import { excerptOf, type Fit, marksOf, requiredGrams, termsOf, textFit, titleFit } from './search.ts'
import { here, NONE, PENDING, type Shelf } from './shelf.ts'
import { readWords, type Words } from './words.ts'

/** Documents whose text one search reads at most: a tap is answered from what fits best. */
const MAX_READ = 240
/** Titles read for the words to tap: what is in force and newest comes first. */
const TITLES = 200

export interface Policies {
  words(today: string): Promise<Words>
  tags(): Promise<Answer<{ dimension: string; values: { value: string; count: number }[] }[]>>
  search(query: PolicyQuery, limit: number, today: string): Promise<Answer<{ hits: PolicyHit[]; total: number }>>
  policy(index: string): Promise<Answer<PolicyView>>
}

export function createPolicies(shelf: Shelf, catalogue: Catalogue): Policies {
  return {
    async words(today) {
      const documents = (await catalogue.documents()) ?? []
      const validity = validities(documents)
      const best = documents
        .map((document) => ({ document, fit: 3 as const, clauses: null }))
        .sort(rankBy((document) => validity(document, today)))
        .slice(0, TITLES)
      const values = countTags(documents).flatMap((dimension) => dimension.values)
      return readWords(
        best.map(({ document }) => document),
        values,
      )
    },
    async tags() {
      const documents = await catalogue.documents()
      return documents === null ? PENDING : documents.length === 0 ? NONE : here(countTags(documents))
    },
    async search(query, limit, today) {
      const documents = await catalogue.documents()
      if (documents === null) return PENDING
      if (documents.length === 0) return NONE
      return here(await search(shelf, documents, query, { limit, today }))
    },
    async policy(index) {
      const [documents, funds] = await Promise.all([catalogue.documents(), catalogue.funds()])
      if (documents === null) return PENDING
      const document = documents.find((row) => row.index === index)
      if (document === undefined) return NONE
      const clauses = await clausesOf(shelf, await policyNode(shelf), document)
      const versions = documents.filter((row) => row.work === document.work).sort((a, b) => a.version - b.version)
      return here({ document, clauses, versions, funds: fundsOn(document, clauses, funds ?? []) })
    },
  }
}

function policyNode(shelf: Shelf): Promise<VillageNode | null> {
  return shelf.reader.village('policies', COUNTY, '')
}

/** Clauses of one document: from the block its row names, on until all are there. */
async function clausesOf(shelf: Shelf, node: VillageNode | null, document: DocumentRow): Promise<ClauseRow[]> {
  const found: ClauseRow[] = []
  if (node === null) return found
  const leaves = node.blocks.flatMap(([kind, , seq], index) =>
    kind === 'clauses' && seq >= document.clauseSeq ? [{ seq, index }] : [],
  )
  leaves.sort((a, b) => a.seq - b.seq)
  for (const leaf of leaves) {
    if (found.length >= document.clauses) break
    const rows = await shelf.reader.rowsAt(node, 'clauses', [leaf.index])
    for (const row of rows) if (row.document === document.index) found.push(row)
  }
  return found.sort((a, b) => a.ordinal - b.ordinal)
}

/** Funds that rest on a policy: named by it, naming it, or concerned by one of its clauses. */
function fundsOn(document: DocumentRow, clauses: readonly ClauseRow[], funds: readonly FundRow[]): FundRow[] {
  const named = new Set([...document.funds, ...clauses.flatMap((clause) => clause.funds)])
  return funds.filter((fund) => named.has(fund.code) || fund.policy === document.index)
}

function countTags(
  documents: readonly DocumentRow[],
): { dimension: string; values: { value: string; count: number }[] }[] {
  const dimensions = new Map<string, Map<string, number>>()
  for (const { tags } of documents) {
    for (const { dimension, values } of tags) {
      const counts = dimensions.get(dimension) ?? new Map<string, number>()
      for (const value of new Set(values)) counts.set(value, (counts.get(value) ?? 0) + 1)
      dimensions.set(dimension, counts)
    }
  }
  return [...dimensions].map(([dimension, counts]) => ({
    dimension,
    values: [...counts]
      .map(([value, count]) => ({ value, count }))
      .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1)),
  }))
}

/** Values of one dimension are alternatives; different dimensions must all hold. */
export function holdsTags(document: DocumentRow, tags: PolicyQuery['tags']): boolean {
  const dimensions = new Set(tags.map((tag) => tag.dimension))
  return [...dimensions].every((dimension) => {
    const values = document.tags.find((tag) => tag.dimension === dimension)?.values ?? []
    return tags.some((tag) => tag.dimension === dimension && values.includes(tag.value))
  })
}

interface Candidate {
  document: DocumentRow
  fit: Fit
  clauses: ClauseRow[] | null
}

async function search(
  shelf: Shelf,
  documents: readonly DocumentRow[],
  query: PolicyQuery,
  how: { limit: number; today: string },
): Promise<{ hits: PolicyHit[]; total: number }> {
  const { on } = query
  const validity = validities(documents)
  const day = on ?? how.today
  const terms = termsOf(query.text)
  const chosen = (document: DocumentRow): boolean =>
    holdsTags(document, query.tags) && (on === null || validity(document, on) === 'in-force')
  const posted = terms.length === 0 ? null : await postings(shelf, terms)
  const candidates: Candidate[] = documents.flatMap((document, position) => {
    if (!chosen(document)) return []
    const fit = titleFit(document, terms)
    return fit === 3 || posted?.has(position) === true ? [{ document, fit, clauses: null }] : []
  })
  const order = rankBy((document) => validity(document, day))
  candidates.sort(order)
  const node = await policyNode(shelf)
  if (terms.length > 0) await verify(shelf, node, candidates, terms)
  const found = candidates.filter((candidate) => candidate.fit > 0).sort(order)
  const hits: PolicyHit[] = []
  for (const candidate of found.slice(0, how.limit)) {
    const clauses = candidate.clauses ?? (await clausesOf(shelf, node, candidate.document))
    const { document } = candidate
    hits.push({ document, titleMarks: marksOf(document.title, terms), ...excerptOf(document, clauses, terms) })
  }
  return { hits, total: found.length }
}

/** Looks for the terms in the text of candidates whose title doesn't hold them already. */
async function verify(
  shelf: Shelf,
  node: VillageNode | null,
  candidates: readonly Candidate[],
  terms: readonly string[],
): Promise<void> {
  const open = candidates.filter((candidate) => candidate.fit === 0).slice(0, MAX_READ)
  for (const candidate of open) {
    candidate.clauses = await clausesOf(shelf, node, candidate.document)
    candidate.fit = textFit(candidate.document, candidate.clauses, terms)
    // Keeps memory flat: the text of a hit that is shown is read again out of the reader's cache.
    candidate.clauses = null
  }
}

/** Fit first, then what is in force, then the newest. */
function rankBy(validity: (document: DocumentRow) => ValidityOnDay): (a: Candidate, b: Candidate) => number {
  const force = ({ document }: Candidate): number => FORCE[validity(document)]
  const date = ({ document }: Candidate): string => document.inForce ?? document.published ?? document.made ?? ''
  return (a, b) => {
    if (a.fit !== b.fit) return b.fit - a.fit
    if (force(a) !== force(b)) return force(a) - force(b)
    if (date(a) !== date(b)) return date(a) < date(b) ? 1 : -1
    return a.document.index < b.document.index ? -1 : 1
  }
}

const FORCE: Record<ValidityOnDay, number> = { 'in-force': 0, 'not-yet': 1, unknown: 1, repealed: 2 }

/** Validity on a day, with what later versions of the same policy end. */
function validities(documents: readonly DocumentRow[]): (document: DocumentRow, day: Day) => ValidityOnDay {
  const works = Map.groupBy(documents, (document) => document.work)
  return (document, day) => validityAmong(document, works.get(document.work) ?? [document], day)
}

/** Positions of documents that every gram's postings hold; for lone characters, all grams that contain them. */
async function postings(shelf: Shelf, terms: readonly string[]): Promise<Set<number>> {
  const grams = requiredGrams(terms)
  if (grams.length === 0) return loneCharacters(shelf, terms)
  let left: readonly number[] | null = null
  for (const gram of grams) {
    const held = await postingsOf(shelf, gram)
    left = left === null ? held : intersect(left, held)
    if (left.length === 0) break
  }
  return new Set(left)
}

async function postingsOf(shelf: Shelf, gram: string): Promise<readonly number[]> {
  const rows = await shelf.own('policies', COUNTY, 'bigrams', String(bucketOf(gram, BIGRAM_BUCKETS)))
  return rows?.find((row) => row.gram === gram)?.documents ?? []
}

function intersect(left: readonly number[], right: readonly number[]): number[] {
  const held = new Set(right)
  return left.filter((position) => held.has(position))
}

async function loneCharacters(shelf: Shelf, terms: readonly string[]): Promise<Set<number>> {
  const found = new Set<number>()
  const rows = (await shelf.own('policies', COUNTY, 'bigrams')) ?? []
  for (const row of rows) {
    if (!terms.some((term) => row.gram.includes(term))) continue
    for (const position of row.documents) found.add(position)
  }
  return found
}
