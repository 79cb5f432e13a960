// What the frame of every screen needs, given once by the app: the release for the dateline, the way for the low bar,
// the letters' settings for the 字 key. Screens only draw <Screen>; they don't carry this about.
import { createContext, type ReactNode, useContext } from 'react'
import type { ReleaseRecord } from '../../sync/contract/release.ts'
import type { Day } from '../../sync/contract/rows.ts'
import type { Letters } from '../navigation/letters.ts'
import type { ReportSubject } from '../navigation/report.ts'

export interface Frame {
  /** Release on screen; null before the first. */
  record: ReleaseRecord | null
  today: Day
  /** Days after which the dateline says that the data is old (P3). */
  staleAfterDays: number
  officeName: string
  /** '' where the config gives none. */
  officePhone: string
  /** Names of the village this visit is about; null where none is chosen. */
  village: { township: string; village: string } | null
  letters: Letters
  setLetters: (letters: Letters) => void
  /** null: nowhere to go, the key stays dashed. */
  back: (() => void) | null
  home: (() => void) | null
  /** null on the place screen itself. */
  choosePlace: (() => void) | null
  /** Begins a message; 'here' on its own screens; null where this terminal takes none, and the office's phone stands. */
  report: ((subject: ReportSubject) => void) | 'here' | null
  /** The wordmark was tapped: five within three seconds open the PIN pad. */
  onWordmark: () => void
  /** Where one had scrolled to when this place was left by going on; 0 for a new place. */
  scroll: { top: number; remember: (top: number) => void }
  /** Id of the step on screen: what was opened in the frame closes with it. */
  step: number
}

const FrameContext = createContext<Frame | null>(null)

export function FrameProvider(props: { frame: Frame; children: ReactNode }): ReactNode {
  return <FrameContext value={props.frame}>{props.children}</FrameContext>
}

/** The frame's values. Errors: a screen drawn outside the app is a mistake of ours. */
export function useFrame(): Frame {
  const frame = useContext(FrameContext)
  if (frame === null) throw new Error('Expected a FrameProvider above this screen, found none')
  return frame
}
