// The proof before signing: looks at the very blocks that are about to be signed, decoded as a terminal would, against
// the office's roster and everything published before. One failing row refuses the release (P5).
import type { Kind, Rows } from '../../contract/rows.ts'
import { decodeBlock, decodeColumns } from '../../core/codec.ts'
import type { BuiltBlock } from '../../publish/prove.ts'
import type { Office } from '../office.ts'
import { DisclosureError, type Failure } from './failure.ts'
import { MaskFacts, type MaskPlans } from './mask-facts.ts'
import { ProofFacts } from './proof-facts.ts'
import { MaskProof } from './prove-masks.ts'
import { TextProof } from './prove-texts.ts'
import { publishedDecisions, rememberMasked, rememberPeople, rememberRelease } from './published.ts'

/** Failing rows that are named, at most: the first hundred show what is wrong. */
const MAX_FAILURES = 100
/** Pairs of characters of texts that are proved themselves. */
const DERIVED: readonly Kind[] = ['bigrams']

export interface ProofReport {
  blocks: number
  rows: number
  ms: number
}

/**
 * Proves the built blocks. Nothing is written. Errors: DisclosureError (E-DISCLOSURE) with the rows that fail.
 */
export async function proveBlocks(office: Office, blocks: Iterable<BuiltBlock>): Promise<ProofReport> {
  const started = performance.now()
  const facts = await ProofFacts.open(office)
  const masks = new MaskProof(facts, await publishedDecisions(await office.books()))
  const texts = new TextProof(facts)
  const failures: Failure[] = []
  const take = (found: Iterable<Failure>): void => {
    for (const failure of found) if (failures.length < MAX_FAILURES) failures.push(failure)
  }
  let count = 0
  let rows = 0
  for (const block of blocks) {
    count += 1
    rows += block.leaf[3]
    if (block.leaf[0] === 'masked') await masks.enter(placeOf(block))
    if (!DERIVED.includes(block.leaf[0])) proveBlock(block, masks, texts, take)
    if (failures.length >= MAX_FAILURES) break
  }
  take(masks.finish())
  if (failures.length > 0) throw new DisclosureError(failures)
  return { blocks: count, rows, ms: Math.round(performance.now() - started) }
}

type Take = (found: Iterable<Failure>) => void

function proveBlock(block: BuiltBlock, masks: MaskProof, texts: TextProof, take: Take): void {
  const [kind, period] = block.leaf
  const place = placeOf(block)
  const where = [kind, place, period].filter((word) => word !== '').join(' ')
  if (kind === 'masked') {
    proveMasked(block, place, where, masks, texts, take)
    return
  }
  if (kind === 'rollup') {
    for (const [at, row] of decodeBlock(kind, block.bytes).entries()) take(masks.rollup(row, `${where} row ${at + 1}`))
    return
  }
  if (kind === 'payments') {
    provePayments(block, place, where, masks, texts, take)
    return
  }
  const rows = decodeBlock(kind, block.bytes)
  if (kind === 'people') take(masks.people(rows as Rows['people'][], place, where))
  for (const [at, row] of rows.entries()) {
    const rowWhere = `${where} row ${at + 1}${keyOf(kind, row)}`
    if (kind === 'allocations') take(masks.allocation(row as Rows['allocations'], rowWhere))
    if (kind === 'projects') take(masks.project(row as Rows['projects'], rowWhere))
    if (kind === 'name-index' || kind === 'names') masks.name(row as Rows['names'], rowWhere)
    if (kind === 'masked-totals') masks.total(row as Rows['masked-totals'], rowWhere)
    for (const [field, value] of Object.entries(row)) take(texts.check(kind, field, value, rowWhere))
  }
}

function placeOf({ village, part }: BuiltBlock): string {
  return village === '' ? part : village
}

/** Payments by column: a million rows share a few hundred texts. */
function provePayments(
  block: BuiltBlock,
  place: string,
  where: string,
  masks: MaskProof,
  texts: TextProof,
  take: Take,
): void {
  const columns = decodeColumns('payments', block.bytes)
  take(masks.payments(columns, place, where))
  for (const field of ['fund', 'batch', 'unit', 'policy', 'clauses'] as const) {
    for (const text of new Set(columns[field])) {
      const row = columns[field].indexOf(text) + 1
      take(texts.check('payments', field, text, `${where} row ${row}`))
    }
  }
}

/** Masked rows likewise: five fields, few values. */
function proveMasked(
  block: BuiltBlock,
  place: string,
  where: string,
  masks: MaskProof,
  texts: TextProof,
  take: Take,
): void {
  const rows = decodeBlock('masked', block.bytes)
  take(masks.rows(rows, place, where))
  for (const field of ['fund', 'month', 'surname', 'status'] as const) {
    for (const text of new Set(rows.map((row) => row[field]))) take(texts.check('masked', field, text, where))
  }
}

/** A name for the row that an administrator can look up. */
function keyOf(kind: Kind, row: Rows[Kind]): string {
  const fields = {
    projects: 'code',
    documents: 'index',
    clauses: 'document',
    notices: 'id',
    entries: 'voucher',
    assets: 'number',
    contracts: 'number',
    debts: 'number',
    catalogue: 'code',
    people: 'number',
  }
  const field = Reflect.get(fields, kind)
  return typeof field === 'string' ? ` (${String(Reflect.get(row, field))})` : ''
}

/** Writes down what these blocks show, before they are signed. The caller holds the transaction. */
export async function rememberBlocks(
  office: Office,
  blocks: Iterable<BuiltBlock>,
  number: number,
  plans: MaskPlans,
): Promise<void> {
  const books = await office.books()
  const facts = await MaskFacts.open(books)
  await rememberRelease(books, number, plans)
  for (const { leaf, village, bytes } of blocks) {
    if (leaf[0] === 'masked')
      await rememberMasked(books, number, village, decodeBlock('masked', bytes), facts.village(village).shown)
    if (leaf[0] === 'people') await rememberPeople(books, village, decodeColumns('people', bytes).number)
  }
}
