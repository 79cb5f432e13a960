// Puts one screen on stage with invented data and keeps a list of where it wanted to go.
import { createRoot } from 'react-dom/client'
import { afterEach } from 'vitest'
import { ScreenOf } from '../../renderer/app/screens.tsx'
import type { CountyData } from '../../renderer/data/county-data.ts'
import { type Frame, FrameProvider } from '../../renderer/hall/frame-value.tsx'
import type { Place } from '../../renderer/navigation/place.ts'
import { TextProvider } from '../../renderer/text/use-text.tsx'
import { fixtureData } from '../county/fixture-data.ts'
import { fixtureProfile } from '../pages/profile.ts'

export const TODAY = '2025-10-18'
export const VILLAGE = fixtureProfile.village

export interface Stage {
  element: HTMLElement
  /** Places gone to or put in place of the one shown, in order. */
  moves: Place[]
  /** Taps the first enabled key whose words hold `word`. */
  tap(word: string): void
  text(): string
}

const open: (() => void)[] = []
afterEach(() => {
  for (const close of open.splice(0)) close()
})

/** Draws `place`; `data` replaces single answers of the invented county. */
export function onStage(place: Place, data: Partial<CountyData> = {}): Stage {
  const element = document.createElement('div')
  document.body.append(element)
  const root = createRoot(element)
  open.push(() => {
    root.unmount()
    element.remove()
  })
  const moves: Place[] = []
  const county: CountyData = { ...fixtureData(), ...data }
  const visit = {
    village: VILLAGE,
    go: (next: Place) => void moves.push(next),
    replace: (next: Place) => void moves.push(next),
    back: () => undefined,
    home: () => undefined,
    chooseVillage: () => undefined,
    reporting: null,
    answers: { words: async () => [], open: async () => 'none' as const },
  }
  root.render(
    <TextProvider language="zh">
      <FrameProvider frame={frameOf(county)}>
        <ScreenOf place={place} data={county} visit={visit} profile={fixtureProfile} today={TODAY} />
      </FrameProvider>
    </TextProvider>,
  )
  return {
    element,
    moves,
    text: () => element.textContent ?? '',
    tap: (word) => {
      const keys = [...element.querySelectorAll('button:not(:disabled)')]
      const key = keys.find((one) => one.textContent?.includes(word))
      if (!(key instanceof HTMLElement)) throw new Error(`Expected a key with “${word}”, found ${keys.length} others`)
      key.click()
    },
  }
}

function frameOf(data: CountyData): Frame {
  return {
    record: data.record,
    today: TODAY,
    staleAfterDays: 30,
    officeName: fixtureProfile.officeName,
    officePhone: fixtureProfile.officePhone,
    village: null,
    letters: { size: 100, contrast: false },
    setLetters: () => undefined,
    back: null,
    home: null,
    choosePlace: null,
    report: null,
    onWordmark: () => undefined,
    scroll: { top: 0, remember: () => undefined },
    step: 0,
  }
}
