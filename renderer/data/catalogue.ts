// The small county-wide lists that other questions lean on: funds, documents and where rows came from.

import type { DocumentRow, FundCode, FundRow, OriginRow } from '../../sync/contract/rows.ts'
import { COUNTY } from '../../sync/contract/tree.ts'
import { once, type Shelf } from './shelf.ts'

export interface Catalogue {
  /** null while the county's part is still being received. */
  funds(): Promise<FundRow[] | null>
  fund(code: FundCode): Promise<FundRow | null>
  /** In canonical order: the position is what the full text's postings name. null while pending. */
  documents(): Promise<DocumentRow[] | null>
  document(index: string): Promise<DocumentRow | null>
  origin(id: number): Promise<OriginRow | null>
}

export function createCatalogue(shelf: Shelf): Catalogue {
  const funds = once(() => shelf.own('funds', COUNTY, 'catalogue'))
  const documents = (): Promise<DocumentRow[] | null> => shelf.own('policies', COUNTY, 'documents')
  return {
    funds,
    async fund(code) {
      return (await funds())?.find((row) => row.code === code) ?? null
    },
    documents,
    async document(index) {
      if (index === '') return null
      return (await documents())?.find((row) => row.index === index) ?? null
    },
    async origin(id) {
      return (await shelf.own('funds', COUNTY, 'origins'))?.find((row) => row.id === id) ?? null
    },
  }
}
