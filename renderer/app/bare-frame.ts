// The frame of what is drawn outside a visit: nothing to go back to, letters plain.
import type { TerminalProfile } from '../../sync/contract/host-api.ts'
import type { ReleaseRecord } from '../../sync/contract/release.ts'
import type { Day } from '../../sync/contract/rows.ts'
import type { Frame } from '../hall/frame-value.tsx'

export interface BareFrame {
  record: ReleaseRecord | null
  today: Day
  profile: TerminalProfile | null
  onWordmark: () => void
  /** The way out, where there is one. */
  home: (() => void) | null
}

export function bareFrame(bare: BareFrame): Frame {
  return {
    record: bare.record,
    today: bare.today,
    staleAfterDays: bare.profile?.staleAfterDays ?? Number.POSITIVE_INFINITY,
    officeName: bare.profile?.officeName ?? '',
    officePhone: bare.profile?.officePhone ?? '',
    village: null,
    letters: { size: 100, contrast: false },
    setLetters: () => undefined,
    back: null,
    home: bare.home,
    choosePlace: null,
    report: null,
    onWordmark: bare.onWordmark,
    scroll: { top: 0, remember: () => undefined },
    step: 0,
  }
}
