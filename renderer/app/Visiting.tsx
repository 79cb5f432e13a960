// A visit under way: the place on screen in its frame. Drawn under the visit's key, so that a reset leaves nothing (P6).
import { type ReactNode, useMemo, useRef } from 'react'
import type { HostState, TerminalProfile } from '../../sync/contract/host-api.ts'
import type { Day } from '../../sync/contract/rows.ts'
import type { CountyData } from '../data/county-data.ts'
import { type Frame, FrameProvider } from '../hall/frame-value.tsx'
import { useValue } from '../hall/use-answer.ts'
import type { AnswerBox, Reporting } from '../navigation/report.ts'
import { canGoBack, current } from '../navigation/way.ts'
import type { Visit } from '../screens/screen.ts'
import type { HostClient } from './host-client.ts'
import { createAnswerBox } from './report/answer-box.ts'
import { useReporting } from './report/use-reporting.ts'
import { ScreenOf } from './screens.tsx'
import type { ChartRef, ChartState } from './use-chart.ts'

export interface VisitingProps {
  chart: { ref: ChartRef; state: ChartState }
  data: CountyData
  client: HostClient
  host: HostState | null
  profile: TerminalProfile
  today: Day
  onWordmark: () => void
}

export function Visiting(props: VisitingProps): ReactNode {
  const { data, profile, today } = props
  const { context } = props.chart.state
  const step = current(context.way)
  const reporting = useReporting({ ...props, release: data.record.number })
  const answers = useMemo(() => createAnswerBox(data), [data])
  const visit = useVisit(props.chart.ref, context.village, reporting, answers)
  const frame = useFrameValue(props, visit)
  return (
    <FrameProvider frame={frame}>
      <ScreenOf key={step.id} place={step.place} data={data} visit={visit} profile={profile} today={today} />
    </FrameProvider>
  )
}

function useVisit(ref: ChartRef, village: string | null, reporting: Reporting | null, answers: AnswerBox): Visit {
  return useMemo(
    () => ({
      village,
      go: (place) => ref.send({ type: 'go', place }),
      replace: (place) => ref.send({ type: 'replace', place }),
      back: () => ref.send({ type: 'back' }),
      home: () => ref.send({ type: 'home' }),
      chooseVillage: (chosen) => ref.send({ type: 'village', village: chosen }),
      reporting,
      answers,
    }),
    [ref, village, reporting, answers],
  )
}

function useFrameValue(props: VisitingProps, visit: Visit): Frame {
  const { data, profile, today } = props
  const { context } = props.chart.state
  const step = current(context.way)
  const tops = useRef(new Map<number, number>())
  const { village } = visit
  const named = useValue(async () => (village === null ? null : data.village(village)), [data, village])
  const scroll = useMemo(
    () => ({
      top: tops.current.get(step.id) ?? 0,
      remember: (top: number) => void tops.current.set(step.id, top),
    }),
    [step.id],
  )
  const screen = step.place.screen
  return {
    record: data.record,
    today,
    staleAfterDays: profile.staleAfterDays,
    officeName: profile.officeName,
    officePhone: profile.officePhone,
    village: named === null ? null : { township: named.township.name, village: named.place.name },
    letters: context.letters,
    setLetters: (letters) => props.chart.ref.send({ type: 'letters', letters }),
    back: canGoBack(context.way) ? visit.back : null,
    home: screen === 'home' ? null : visit.home,
    choosePlace:
      screen === 'place' || isOwn(screen)
        ? null
        : () => visit.go({ screen: 'place', tab: 'townships', township: null, letters: '', onward: onwardOf(screen) }),
    report: visit.reporting === null ? null : isOwn(screen) ? 'here' : visit.reporting.begin,
    onWordmark: props.onWordmark,
    scroll,
  }
}

/** Screens of a message: a report key there has nowhere to go, and no other village is chosen under it. */
function isOwn(screen: string): boolean {
  return screen === 'report' || screen === 'receipt'
}

/** A village chosen from a list of money or of accounts goes on to that village's list. */
function onwardOf(screen: string): 'funds' | 'finance' | null {
  if (screen === 'funds' || screen === 'households' || screen === 'household') return 'funds'
  return screen.startsWith('finance') || screen === 'holdings' || screen === 'compare' ? 'finance' : null
}
