// A message in three steps of few taps: what is wrong, what more one likes to say, a last look. Report, question and
// suggestion go the same way and look the same, so that nobody behind can tell them apart.
//
//   reason ─tap─► details (all optional; own words on a sheet of their own) ─► look ─封好─► receipt (another screen; the way back is gone)
import type { ReactNode } from 'react'
import { Screen } from '../../hall/Screen.tsx'
import type { ReportDraft, Reporting } from '../../navigation/report.ts'
import type { ScreenProps } from '../screen.ts'
import { DetailsStep } from './DetailsStep.tsx'
import { LookStep } from './LookStep.tsx'
import { ReasonStep } from './ReasonStep.tsx'
import './report.css'
import { WriteStep } from './WriteStep.tsx'

/** What each step is given: there is a draft as long as one of them is on screen. */
export interface StepProps extends ScreenProps<'report'> {
  reporting: Reporting
  draft: ReportDraft
}

export function ReportScreen(props: ScreenProps<'report'>): ReactNode {
  const { reporting } = props.visit
  const draft = reporting?.draft ?? null
  // The host can stop answering while one writes; back and home still lead away.
  if (reporting === null || draft === null) return <Screen name="report">{null}</Screen>
  const step = { ...props, reporting, draft }
  switch (props.place.step) {
    case 'reason':
      return <ReasonStep {...step} />
    case 'details':
      return <DetailsStep {...step} />
    case 'write':
      return <WriteStep {...step} />
    case 'look':
      return <LookStep {...step} />
  }
}
