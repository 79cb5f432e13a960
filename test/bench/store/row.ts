// A payment as a row store keeps it, and the whole numbers that it is found by. Runs in Node and in the page.
import type { PaymentRow } from '../../../sync/contract/rows.ts'

/** Whose and where it is are whole numbers over the whole county, and all three indexed. */
export interface StoreRow extends Omit<PaymentRow, 'person'> {
  id: number
  person: number
  household: number
  /** Place of the village in the county. */
  village: number
}

/** Of a row: the place of its village, and its own in that. */
export const rowId = (village: number, at: number): number => village * 100_000 + at

/** Of a person or household: the place of the village, and the number there. */
export const peopleKey = (village: number, number: number): number => village * 10_000 + number
