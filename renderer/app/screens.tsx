// The registry: which component draws which place. All are imported statically: a tap never waits for code (P7).
import { type ComponentType, memo, type ReactNode } from 'react'
import type { Place, ScreenName } from '../navigation/place.ts'
import { AnswersScreen } from '../screens/answers/AnswersScreen.tsx'
import { CompareScreen } from '../screens/compare/CompareScreen.tsx'
import { FinanceScreen } from '../screens/finance/FinanceScreen.tsx'
import { FinanceClassScreen } from '../screens/finance-class/FinanceClassScreen.tsx'
import { FinanceMonthsScreen } from '../screens/finance-months/FinanceMonthsScreen.tsx'
import { FundScreen } from '../screens/fund/FundScreen.tsx'
import { FundPaymentsScreen } from '../screens/fund-payments/FundPaymentsScreen.tsx'
import { FundSpreadScreen } from '../screens/fund-spread/FundSpreadScreen.tsx'
import { FundsScreen } from '../screens/funds/FundsScreen.tsx'
import { HoldingsScreen } from '../screens/holdings/HoldingsScreen.tsx'
import { HomeScreen } from '../screens/home/HomeScreen.tsx'
import { HouseholdScreen } from '../screens/household/HouseholdScreen.tsx'
import { HouseholdsScreen } from '../screens/households/HouseholdsScreen.tsx'
import { MaskedWhyScreen } from '../screens/masked-why/MaskedWhyScreen.tsx'
import { NoticesScreen } from '../screens/notices/NoticesScreen.tsx'
import { PictureScreen } from '../screens/picture/PictureScreen.tsx'
import { PlaceScreen } from '../screens/place/PlaceScreen.tsx'
import { PoliciesScreen } from '../screens/policies/PoliciesScreen.tsx'
import { PolicyScreen } from '../screens/policy/PolicyScreen.tsx'
import { PolicyVersionsScreen } from '../screens/policy-versions/PolicyVersionsScreen.tsx'
import { ProjectScreen } from '../screens/project/ProjectScreen.tsx'
import { ReceiptScreen } from '../screens/receipt/ReceiptScreen.tsx'
import { ReportScreen } from '../screens/report/ReportScreen.tsx'
import type { ScreenProps } from '../screens/screen.ts'
import { SourceScreen } from '../screens/source/SourceScreen.tsx'
import { VoucherScreen } from '../screens/voucher/VoucherScreen.tsx'

type Registry = { readonly [N in ScreenName]: ComponentType<ScreenProps<N>> }

const SCREENS: Registry = {
  home: HomeScreen,
  place: PlaceScreen,
  notices: NoticesScreen,
  finance: FinanceScreen,
  'finance-months': FinanceMonthsScreen,
  'finance-class': FinanceClassScreen,
  voucher: VoucherScreen,
  compare: CompareScreen,
  holdings: HoldingsScreen,
  picture: PictureScreen,
  policies: PoliciesScreen,
  policy: PolicyScreen,
  'policy-versions': PolicyVersionsScreen,
  funds: FundsScreen,
  fund: FundScreen,
  'fund-spread': FundSpreadScreen,
  'fund-payments': FundPaymentsScreen,
  project: ProjectScreen,
  households: HouseholdsScreen,
  household: HouseholdScreen,
  source: SourceScreen,
  'masked-why': MaskedWhyScreen,
  report: ReportScreen,
  receipt: ReceiptScreen,
  answers: AnswersScreen,
}

export type ScreenOfProps = Omit<ScreenProps<ScreenName>, 'place'> & { place: Place }

/** Draws a place; again only where the place or what it is drawn from has changed, not at every touch (P7). */
export const ScreenOf = memo(function ScreenOf(props: ScreenOfProps): ReactNode {
  // The registry pairs each name with its props; TypeScript can't follow that through the lookup.
  const Drawn = SCREENS[props.place.screen] as ComponentType<ScreenOfProps> | undefined
  return Drawn === undefined ? null : <Drawn {...props} />
})
