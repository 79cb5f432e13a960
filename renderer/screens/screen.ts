// What every screen is given. A screen never imports another screen, reads nothing but `data`, and moves by `visit`.
import type { TerminalProfile } from '../../sync/contract/host-api.ts'
import type { PlaceCode } from '../../sync/contract/rows.ts'
import type { CountyData } from '../data/county-data.ts'
import type { Place } from '../navigation/place.ts'
import type { AnswerBox, Reporting } from '../navigation/report.ts'

export interface Visit {
  /** The village this visit is about; starts as the terminal's own, null where it has none yet. */
  village: PlaceCode | null
  go(place: Place): void
  /** Changes the place shown now, without a step back (a tab, a filter). */
  replace(place: Place): void
  back(): void
  home(): void
  chooseVillage(village: PlaceCode): void
  /** null where this terminal can't take messages. */
  reporting: Reporting | null
  answers: AnswerBox
}
export interface ScreenProps<N extends Place['screen']> {
  place: Extract<Place, { screen: N }>
  data: CountyData
  visit: Visit
  profile: TerminalProfile
  /** Today by the host's clock, 'YYYY-MM-DD'. */
  today: string
}
