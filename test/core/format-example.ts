// The example of docs/format.md: three payments of one village and month, the smallest tree over them, and a pack.
import { createHash } from 'node:crypto'
import type { PaymentRow } from '../../sync/contract/rows.ts'
import { FORMAT_VERSION, type PackHead } from '../../sync/contract/tree.ts'
import { canonicalJson } from '../../sync/core/canonical.ts'
import { encodeBlock } from '../../sync/core/codec.ts'
import { canonicalOrder } from '../../sync/core/order.ts'
import { joinPack } from '../../sync/core/pack.ts'

export const sha256 = (bytes: Uint8Array | string): string => createHash('sha256').update(bytes).digest('hex')

/** Rows in no order. */
export const EXAMPLE_ROWS: readonly PaymentRow[] = [
  payment(7, 2, 2000),
  payment(3, 1, 4200),
  { ...payment(12, 3, 1000), amount: 0, status: '退回' },
]

function payment(person: number, serial: number, quantity: number): PaymentRow {
  return {
    fund: 'F001',
    person,
    batch: '2026-04',
    serial,
    standard: 10_500,
    quantity,
    unit: '亩',
    due: (10_500 * quantity) / 1000,
    amount: (10_500 * quantity) / 1000,
    date: '2026-04-20',
    status: '已发',
    earlier: null,
    policy: 'ZC-001',
    clauses: '第二条',
    origin: 4,
    row: 10 + serial,
  }
}

/** Texts of the example, in the order in which the document shows them. */
export function formatExample(): {
  block: string
  village: string
  part: string
  dataset: string
  root: string
  head: string
  pack: Uint8Array
} {
  const rows = EXAMPLE_ROWS.toSorted(canonicalOrder('payments'))
  const bytes = encodeBlock('payments', rows)
  const blocks = [['payments', '2026-04', 0, rows.length, sha256(bytes), bytes.length]]
  const place = { dataset: 'funds', part: '431225100' }
  const village = canonicalJson({ ...place, village: '431225100201', blocks })
  const part = canonicalJson({ ...place, villages: [ref('431225100201', village)] })
  const dataset = canonicalJson({ dataset: 'funds', parts: [ref('431225100', part)] })
  const root = canonicalJson({ format: FORMAT_VERSION, datasets: [ref('funds', dataset)] })
  const head: PackHead = {
    format: FORMAT_VERSION,
    root: sha256(root),
    part: '431225100',
    nodes: [part, village],
    blocks: [[sha256(bytes), bytes.length]],
  }
  const block = new TextDecoder().decode(bytes)
  return { block, village, part, dataset, root, head: canonicalJson(head), pack: joinPack(head, [bytes]) }
}

function ref(key: string, text: string): [string, string, number] {
  return [key, sha256(text), Buffer.byteLength(text)]
}
