// Where a villager can be on the way: typed, so that a deep link is a value and the back stack is a list of them.
import type { Day, FundCode, Hash, Month, PlaceCode } from '../../sync/contract/rows.ts'

export type Question = 1 | 2 | 3 | 4 | 5
export type Place =
  | { screen: 'home' }
  /** `onward`: where to go on with the chosen village; null for back to where one came from. */
  | {
      screen: 'place'
      tab: 'townships' | 'letters'
      township: PlaceCode | null
      letters: string
      onward: 'funds' | 'finance' | null
    }
  | { screen: 'funds'; class: string | null; year: number }
  | { screen: 'fund'; fund: FundCode; year: number; question: Question }
  /** Drill-down of question 2: county, one township, one village. */
  | { screen: 'fund-spread'; fund: FundCode; year: number; place: PlaceCode }
  | { screen: 'fund-payments'; fund: FundCode; year: number; village: PlaceCode; group: string | null }
  | { screen: 'project'; project: string }
  | { screen: 'households'; village: PlaceCode; group: string | null; surname: string | null }
  | { screen: 'household'; village: PlaceCode; head: number; year: number | null; open: string | null }
  | { screen: 'source'; village: PlaceCode; head: number; payment: string }
  | { screen: 'masked-why'; fund: FundCode | null }
  | { screen: 'finance'; village: PlaceCode; month: Month | null }
  | { screen: 'finance-months'; village: PlaceCode }
  | { screen: 'finance-class'; village: PlaceCode; month: Month; direction: 'income' | 'expense'; class: string }
  | { screen: 'voucher'; village: PlaceCode; month: Month; voucher: string }
  | { screen: 'compare'; village: PlaceCode; month: Month }
  | { screen: 'holdings'; village: PlaceCode; tab: 'assets' | 'contracts' | 'debts' }
  | { screen: 'picture'; hash: Hash; caption: string }
  | { screen: 'policies'; text: string; tags: { dimension: string; value: string }[]; on: Day | null }
  /** `because`: the fund whose payment one came from; its clauses are lit. */
  | { screen: 'policy'; index: string; because: FundCode | null }
  | { screen: 'policy-versions'; left: string; right: string }
  | { screen: 'notices' }
  /** Finding a private answer by its five words. */
  | { screen: 'answers' }
  /** The message itself is the chart's draft, the codes its receipt: neither is in a place, so no link can carry them. */
  | { screen: 'report'; step: 'reason' | 'details' | 'write' | 'look' }
  | { screen: 'receipt' }
export type ScreenName = Place['screen']
/** Places that a link may lead to: a message is never begun by one. */
export type LinkedPlace = Exclude<Place, { screen: 'report' | 'receipt' }>
