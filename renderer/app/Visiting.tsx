// A visit under way: the place on screen in its frame. Drawn under the visit's key, so that a reset leaves nothing (P6).
import { type ReactNode, useMemo, useRef } from 'react'
import type { HostState, TerminalProfile } from '../../sync/contract/host-api.ts'
import type { Day } from '../../sync/contract/rows.ts'
import type { CountyData } from '../data/county-data.ts'
import { type Frame, FrameProvider } from '../hall/frame-value.tsx'
import { Standing } from '../hall/Standing.tsx'
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
      <Standing name={step.place.screen}>
        <ScreenOf key={step.id} place={step.place} data={data} visit={visit} profile={profile} today={today} />
      </Standing>
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

/** The same object for as long as nothing in it has changed: a touch draws no screen anew (P7). */
function useFrameValue(props: VisitingProps, visit: Visit): Frame {
  const { data, profile, today, onWordmark } = props
  const { ref, state } = props.chart
  const { letters, way } = state.context
  const { id, place } = current(way)
  const { screen } = place
  const canBack = canGoBack(way)
  const village = useVillageNames(data, visit.village)
  const scroll = useScrollPlace(id)
  return useMemo(
    () => ({
      record: data.record,
      today,
      staleAfterDays: profile.staleAfterDays,
      officeName: profile.officeName,
      officePhone: profile.officePhone,
      village,
      letters,
      setLetters: (chosen) => ref.send({ type: 'letters', letters: chosen }),
      back: canBack ? visit.back : null,
      home: screen === 'home' ? null : visit.home,
      choosePlace: choosePlaceFrom(screen, visit),
      report: visit.reporting === null ? null : isOwn(screen) ? 'here' : visit.reporting.begin,
      onWordmark,
      scroll,
      step: id,
    }),
    [data, today, profile, village, letters, ref, canBack, screen, visit, onWordmark, scroll, id],
  )
}

function useVillageNames(data: CountyData, code: string | null): Frame['village'] {
  const named = useValue(async () => (code === null ? null : data.village(code)), [data, code])
  return useMemo(() => (named === null ? null : { township: named.township.name, village: named.place.name }), [named])
}

function useScrollPlace(step: number): Frame['scroll'] {
  const tops = useRef(new Map<number, number>())
  return useMemo(
    () => ({
      top: tops.current.get(step) ?? 0,
      remember: (top: number) => void tops.current.set(step, top),
    }),
    [step],
  )
}

function choosePlaceFrom(screen: string, visit: Visit): Frame['choosePlace'] {
  if (screen === 'place' || isOwn(screen)) return null
  return () => visit.go({ screen: 'place', tab: 'townships', township: null, letters: '', onward: onwardOf(screen) })
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
