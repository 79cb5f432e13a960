// The screens that a visit begins with, drawn once out of sight while nobody stands there: the first drawing of a screen
// reads its code, sizes its letters and asks its questions, which takes twice as long as any later one (P7).
//
//   attract ─FIRST_MS─► home ─STAY_MS─► funds ─► … ─► a policy found by its word ─► done: gone, and not drawn again
//
// Invariants: it ends with attract, whatever was drawn; nothing can be tapped, read out or focused in it; it shows no
// household and belongs to no visit (P6).
import { type ReactNode, startTransition, useEffect, useMemo, useState } from 'react'
import { createPortal } from 'react-dom'
import type { TerminalProfile } from '../../sync/contract/host-api.ts'
import type { PlaceCode } from '../../sync/contract/rows.ts'
import type { CountyData } from '../data/county-data.ts'
import { FrameProvider } from '../hall/frame-value.tsx'
import { Standing } from '../hall/Standing.tsx'
import type { Place } from '../navigation/place.ts'
import type { Visit } from '../screens/screen.ts'
import { bareFrame } from './bare-frame.ts'
import { Guard } from './Guard.tsx'
import './rehearsal.css'
import { createAnswerBox } from './report/answer-box.ts'
import { ScreenOf } from './screens.tsx'

/** ms of attract before the first: the read side gets ready in them, and who is quick waits for nothing. */
const FIRST_MS = 8_000
/** ms that a screen stays, for its answers to come. */
const STAY_MS = 400

export interface RehearsalProps {
  data: CountyData
  profile: TerminalProfile
  today: string
  onDone: () => void
}

export function Rehearsal(props: RehearsalProps): ReactNode {
  const { data, profile, today, onDone } = props
  const village = profile.village === '' ? null : profile.village
  const [found, setFound] = useState<readonly Place[]>([])
  const places = useMemo(() => [...placesOf(data, village), ...found], [data, village, found])
  const at = useTurns(places.length, onDone)
  useSearch(data, at >= 0, setFound)
  const visit = useMemo(() => nobodys(data, village), [data, village])
  const place = places[at]
  const frame = { record: data.record, today, profile, onWordmark: nothing, home: nothing }
  if (place === undefined) return null
  return createPortal(
    <div className="rehearsal" inert aria-hidden="true">
      <Guard onFailure={onDone} instead={() => null}>
        <FrameProvider frame={bareFrame(frame)}>
          <Standing name="rehearsal">
            <ScreenOf key={at} place={place} data={data} visit={visit} profile={profile} today={today} />
          </Standing>
        </FrameProvider>
      </Guard>
    </div>,
    document.body,
  )
}

/** Asked at the first turn, so that it is there when its own comes; where it fails, the screens before are drawn. */
function useSearch(data: CountyData, begun: boolean, onFound: (places: readonly Place[]) => void): void {
  useEffect(() => {
    if (!begun) return
    let current = true
    searched(data).then((places) => current && onFound(places), nothing)
    return () => {
      current = false
    }
  }, [data, begun, onFound])
}

/** Whose turn it is: -1 before the first, `count` after the last. Each comes when the page has nothing to do. */
function useTurns(count: number, onDone: () => void): number {
  const [at, setAt] = useState(-1)
  useEffect(() => {
    if (at >= count) return onDone()
    let idle = 0
    const timer = window.setTimeout(
      () => {
        idle = requestIdleCallback(() => startTransition(() => setAt(at + 1)))
      },
      at < 0 ? FIRST_MS : STAY_MS,
    )
    return () => {
      window.clearTimeout(timer)
      cancelIdleCallback(idle)
    }
  }, [at, count, onDone])
  return at
}

function placesOf(data: CountyData, village: PlaceCode | null): readonly Place[] {
  const year = Number(data.record.dataUntil.slice(0, 4))
  const policies: Place = { screen: 'policies', text: '', tags: [], on: null }
  if (village === null)
    return [
      { screen: 'home' },
      { screen: 'place', tab: 'townships', township: null, letters: '', onward: null },
      policies,
    ]
  return [
    { screen: 'home' },
    { screen: 'funds', class: null, year },
    { screen: 'households', village, group: null, surname: null },
    { screen: 'finance', village, month: null },
    policies,
  ]
}

/** Hits of the commonest word, and the first of them. */
async function searched(data: CountyData): Promise<Place[]> {
  const [common] = (await data.policyWords()).words
  if (common === undefined) return []
  const search: Place = { screen: 'policies', text: common.word, tags: [], on: null }
  const answer = await data.policies(search, 1)
  const [hit] = answer.state === 'here' ? answer.value.hits : []
  return hit === undefined ? [search] : [search, { screen: 'policy', index: hit.document.index, because: null }]
}

/** Goes nowhere and remembers nothing. */
function nobodys(data: CountyData, village: PlaceCode | null): Visit {
  return {
    village,
    go: nothing,
    replace: nothing,
    back: nothing,
    home: nothing,
    chooseVillage: nothing,
    reporting: null,
    answers: createAnswerBox(data),
  }
}

function nothing(): void {
  // A rehearsal is tapped by nobody.
}
