// The blocks of the policies: documents, clauses in blocks of whole documents, and the postings of their full text.
import { BIGRAM_BUCKETS, MAX_BLOCK_ROWS } from '../contract/limits.ts'
import type { BigramRow, ClauseRow, DocumentRow } from '../contract/rows.ts'
import { bigramsOf } from '../core/bigrams.ts'
import { bucketOf } from '../core/bucket.ts'
import { canonicalOrder } from '../core/order.ts'
import { blockOf, blocksOf, byPeriod, type Leaf, requireUnique } from './blocks.ts'
import type { CountyRows } from './source.ts'

/** A clauses block is closed after this many bytes of text, so that one policy is one small read. */
const FULL_BYTES = 128 * 1024
/** From here on it may be closed after a document that its index number chooses: one policy more then moves few cuts. */
const CUT_FROM_BYTES = 32 * 1024
const CUT_ONE_IN = 4

export function buildPolicies(county: Pick<CountyRows, 'documents' | 'clausesOf'>): Leaf[] {
  const drafts = county.documents.toSorted((a, b) => (a.index < b.index ? -1 : 1))
  requireUnique(
    'policy index',
    drafts.map(({ index }) => index),
  )
  const clauses = new ClauseBlocks()
  const grams = new Map<string, number[]>()
  const documents = drafts.map((draft, at): DocumentRow => {
    const rows = county.clausesOf(draft.index)
    const document = { ...draft, clauses: rows.length, clauseSeq: clauses.add(draft.index, rows) }
    for (const gram of bigramsOf(searchText(document, rows))) {
      const postings = grams.get(gram)
      if (postings === undefined) grams.set(gram, [at])
      else postings.push(at)
    }
    return document
  })
  return [...bigramBlocks(grams), ...clauses.finish(), ...blocksOf('documents', '', documents)]
}

/** All that a policy is found by; a line break keeps two fields from making a bigram. */
function searchText(document: DocumentRow, clauses: readonly ClauseRow[]): string {
  const { title, number, issuer, topic, who, howMuch, how } = document
  const tags = document.tags.flatMap(({ values }) => values)
  const texts = clauses.flatMap(({ label, chapter, text }) => [label, chapter, text])
  return [title, number, issuer, topic, who, howMuch, how, ...tags, ...texts].join('\n')
}

function bigramBlocks(grams: ReadonlyMap<string, number[]>): Leaf[] {
  const rows = [...grams].map(([gram, documents]): BigramRow => ({ gram, documents }))
  return byPeriod(rows, ({ gram }) => String(bucketOf(gram, BIGRAM_BUCKETS))).flatMap(([bucket, of]) =>
    blocksOf('bigrams', bucket, of),
  )
}

/** Collects clauses into blocks of whole documents; only a document over the limits takes several blocks. */
class ClauseBlocks {
  readonly #leaves: Leaf[] = []
  #open: ClauseRow[] = []
  #bytes = 0

  /** Sequence number of the first block that holds the document's clauses. */
  add(index: string, clauses: readonly ClauseRow[]): number {
    const rows = clauses.toSorted(canonicalOrder('clauses'))
    const bytes = rows.reduce((sum, { text }) => sum + Buffer.byteLength(text), 0)
    if (this.#open.length > 0 && (this.#open.length + rows.length > MAX_BLOCK_ROWS || this.#bytes + bytes > FULL_BYTES))
      this.#close()
    const seq = this.#leaves.length
    for (const row of rows) {
      if (this.#open.length === MAX_BLOCK_ROWS || (this.#open.length > 0 && this.#bytes > FULL_BYTES)) this.#close()
      this.#open.push(row)
      this.#bytes += Buffer.byteLength(row.text)
    }
    if (this.#bytes > CUT_FROM_BYTES && bucketOf(index, CUT_ONE_IN) === 0) this.#close()
    return seq
  }

  finish(): Leaf[] {
    this.#close()
    return this.#leaves
  }

  #close(): void {
    if (this.#open.length > 0) this.#leaves.push(blockOf('clauses', '', this.#leaves.length, this.#open))
    this.#open = []
    this.#bytes = 0
  }
}
