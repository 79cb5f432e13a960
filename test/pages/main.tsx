// The developer's page: any screen in any scheme, size of letters and language, over invented data.
// `/?scheme=evening&text=140&lang=en#/home`; `/?report=reason|details|write|look|receipt&draft=payment|none|written`; `?show=attract|idle|technician|pin|setup|no-data|broken` for what is no place.
import { type ReactNode, StrictMode, useMemo, useState } from 'react'
import { createRoot } from 'react-dom/client'
import { ScreenOf } from '../../renderer/app/screens.tsx'
import { type Frame, FrameProvider } from '../../renderer/hall/frame-value.tsx'
import { Standing } from '../../renderer/hall/Standing.tsx'
import type { Letters } from '../../renderer/navigation/letters.ts'
import '../../renderer/hall/faces.ts'
import { decodePlace } from '../../renderer/navigation/link.ts'
import type { Place } from '../../renderer/navigation/place.ts'
import type { Visit } from '../../renderer/screens/screen.ts'
import { TextProvider } from '../../renderer/text/use-text.tsx'
import { SunhallError } from '../../sync/contract/errors.ts'
import { fixtureData } from '../county/fixture-data.ts'
import { fixtureProfile } from './profile.ts'
import { fixtureAnswers, fixtureReporting } from './reporting.ts'
import { Shown } from './Shown.tsx'

const query = new URLSearchParams(location.search)
const today = query.get('today') ?? '2025-10-18'
const language = query.get('lang') === 'en' ? 'en' : 'zh'
const scheme = query.get('scheme') ?? 'day'
/** `?report=`: a step of a message, which no link can lead to. `?mute`: a terminal that takes none. */
const step = query.get('report')
const mute = query.has('mute')
const size = Number(query.get('text') ?? '100')

function dress(letters: Letters): void {
  const root = document.documentElement
  root.lang = language === 'en' ? 'en' : 'zh-CN'
  root.dataset.scheme = letters.contrast ? 'contrast' : scheme
  root.dataset.text = String(letters.size)
}

function firstPlace(): Place {
  if (step === 'receipt') return { screen: 'receipt' }
  if (step === 'reason' || step === 'details' || step === 'write' || step === 'look') return { screen: 'report', step }
  return decodePlace(location.hash) ?? { screen: 'home' }
}

function useVisit(): { place: Place; visit: Visit; steps: number } {
  const [stack, setStack] = useState<Place[]>([firstPlace()])
  const [village, setVillage] = useState<string | null>(fixtureProfile.village)
  const place = stack.at(-1) ?? { screen: 'home' }
  const visit: Visit = {
    village,
    go: (next) => setStack((was) => [...was, next]),
    replace: (next) => setStack((was) => [...was.slice(0, -1), next]),
    back: () => setStack((was) => (was.length > 1 ? was.slice(0, -1) : was)),
    home: () => setStack([{ screen: 'home' }]),
    chooseVillage: setVillage,
    reporting: mute
      ? null
      : fixtureReporting(query.get('draft') ?? 'payment', async () => {
          throw new SunhallError('E-QUOTA', 'No room')
        }),
    answers: fixtureAnswers,
  }
  return { place, visit, steps: stack.length }
}

function Page(): ReactNode {
  const data = useMemo(() => fixtureData(), [])
  const { place, visit, steps } = useVisit()
  const [letters, setLetters] = useState<Letters>({
    size: size === 140 ? 140 : size === 120 ? 120 : 100,
    contrast: false,
  })
  dress(letters)
  const atHome = place.screen === 'home'
  const own = place.screen === 'report' || place.screen === 'receipt'
  const frame: Frame = {
    record: data.record,
    today,
    staleAfterDays: 30,
    officeName: fixtureProfile.officeName,
    officePhone: fixtureProfile.officePhone,
    village: visit.village === null ? null : { township: '高椅乡', village: '翁高村' },
    letters,
    setLetters,
    back: atHome || steps < 1 ? null : visit.back,
    home: atHome ? null : visit.home,
    choosePlace:
      place.screen === 'place' || own
        ? null
        : () => visit.go({ screen: 'place', tab: 'townships', township: null, letters: '', onward: null }),
    report: visit.reporting === null ? null : own ? 'here' : visit.reporting.begin,
    onWordmark: () => undefined,
    scroll: { top: 0, remember: () => undefined },
    step: steps,
  }
  const show = query.get('show')
  return (
    <TextProvider language={language}>
      <FrameProvider frame={frame}>
        {show === null ? (
          <Standing name={place.screen}>
            <ScreenOf
              key={JSON.stringify(place)}
              place={place}
              data={data}
              visit={visit}
              profile={fixtureProfile}
              today={today}
            />
          </Standing>
        ) : (
          <Shown show={show} data={data} today={today} />
        )}
      </FrameProvider>
    </TextProvider>
  )
}

const root = document.getElementById('root')
if (root !== null)
  createRoot(root).render(
    <StrictMode>
      <Page />
    </StrictMode>,
  )
