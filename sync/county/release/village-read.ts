// What a release needs to know of one village, as it comes out of the books: columns that nobody has looked into yet, so
// that another thread can be handed them (`village.ts` makes rows of them). Only public columns are asked for (P5); payments
// name the office's person, and masked ones the payee, who go no further than `village.ts`.
import { sql } from 'kysely'
import type { PaymentRow, PlaceCode } from '../../contract/rows.ts'
import { SCHEMAS } from '../../core/schema.ts'
import type { Books } from '../database/books.ts'
import type { ColumnTexts } from '../database/column-table.ts'
import { columnTexts } from '../database/column-texts.ts'
import { listed } from '../database/query.ts'
import type { FundDisclosure, MaskFacts, MaskPlans } from '../disclosure/mask-facts.ts'
import { MEMBER_COLUMNS } from '../people/registry.ts'
import type { VillageRead } from './village.ts'

export interface VillageInput {
  books: Books
  facts: MaskFacts
  plans: MaskPlans
}

export async function readVillage(input: VillageInput, village: PlaceCode): Promise<VillageRead> {
  const { books, facts } = input
  const open = sql`village = ${village} AND fund IN ${listed(fundsThatAre(facts, 'open'))}`
  return {
    payments: await columnTexts(books, 'payments', SHOWN, open),
    members: await columnTexts(books, 'roster', MEMBER_COLUMNS, sql`village = ${village}`, ['id']),
    ledger: await columnTexts(books, 'ledger', LEDGER, sql`village = ${village}`, ['month', 'date', 'entry']),
    masked: await maskedTexts(input, village),
    shownIn: [...shownIn(input.plans, village)],
    mask: facts.village(village),
  }
}

const SHOWN = Object.keys(SCHEMAS.payments) as (keyof PaymentRow)[]
const MASKED = ['fund', 'amount', 'date', 'status', 'payee'] as const
const LEDGER = [
  ...(['origin', 'row', 'month', 'voucher', 'date', 'edition', 'account', 'accountName', 'class', 'summary'] as const),
  ...(['direction', 'amount', 'counterpart', 'handler', 'approver', 'checkedBy', 'images'] as const),
  ...(['opening', 'closing', 'checkedOn', 'publishedOn'] as const),
] as const

function fundsThatAre(facts: MaskFacts, disclosure: FundDisclosure): string[] {
  return [...facts.disclosure].filter(([, how]) => how === disclosure).map(([fund]) => fund)
}

async function maskedTexts({ books, facts }: VillageInput, village: PlaceCode): Promise<ColumnTexts> {
  const funds = fundsThatAre(facts, 'masked')
  if (funds.length === 0) return new Map()
  return columnTexts(books, 'payments', MASKED, sql`village = ${village} AND fund IN ${listed(funds)}`)
}

/** Funds and years whose masked rows of this village are shown, as 'fund year'. */
function* shownIn(plans: MaskPlans, village: PlaceCode): Generator<string> {
  for (const [fund, years] of plans)
    for (const [year, { states }] of years) if (states.get(village) === 'shown') yield `${fund} ${year}`
}
