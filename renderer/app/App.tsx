// The composition: host, worker and reader on one side, the chart in the middle, screens on the other.
//
//   provisioning → setup │ PIN asked → pad │ maintenance open → technician
//   no data → what is being received │ store broken → plain page │ else attract → visit (+ idle sheet over it)
import { type ReactNode, useCallback, useEffect, useRef, useState } from 'react'
import type { PlaceCode } from '../../sync/contract/rows.ts'
import { healthOf } from '../navigation/health.ts'
import { tapped } from '../navigation/wordmark.ts'
import { TextProvider } from '../text/use-text.tsx'
import { isEvening, useNow } from './clock.ts'
import type { AppPorts } from './ports.ts'
import { Scene } from './Scene.tsx'
import { useChart, useProfile } from './use-chart.ts'
import { useCounty } from './use-county.ts'
import { type MachineState, useHost, useSync } from './use-machine-state.ts'
import { useDress, useHeldInVisit, useTouches } from './use-page.ts'
import { useUsage } from './use-usage.ts'

export interface AppProps {
  ports: AppPorts
  /** Address at the start, before it was forgotten: a deep link opens once there is data. */
  link: string
}

export function App(props: AppProps): ReactNode {
  const { ports } = props
  const machine = useHost(ports)
  const now = useNow(machine.host)
  const chart = useChart(ports)
  useUsage(chart.ref, ports)
  const { profile } = machine
  useProfile(chart.ref, profile)
  const { county, open } = useCounty(ports.openData, ownTownship(machine))
  const status = useReleases(ports, chart, county, open)
  useHealth(chart, machine, county, now.today)
  useMaintenance(ports, chart, machine)
  useLink(chart, props.link, county.state === 'open' && profile !== null)
  const touch = useCallback(() => chart.ref.send({ type: 'touch' }), [chart.ref])
  useTouches(touch)
  const inAttract = chart.state.matches({ visit: 'attract' })
  const evening = useHeldInVisit(profile !== null && isEvening(profile.evening, now.time), inAttract)
  const language = ports.language ?? profile?.language ?? 'zh'
  useDress(chart.state.context.letters, evening, language)
  const appWaiting = useProgram(ports, chart)
  const onWordmark = useWordmark(chart)
  return (
    <TextProvider language={language}>
      <Scene
        ports={ports}
        chart={chart}
        machine={machine}
        county={county}
        status={status}
        today={now.today}
        appWaiting={appWaiting}
        onWordmark={onWordmark}
        onRetry={open}
      />
    </TextProvider>
  )
}

function ownTownship({ profile }: MachineState): PlaceCode | null | undefined {
  return profile === null ? undefined : profile.township === '' ? null : profile.township
}

type Chart = ReturnType<typeof useChart>
type CountyState = ReturnType<typeof useCounty>['county']

/** A part of the same release, or the first data, is shown at once; another release waits for attract (P1, P7). */
function useReleases(ports: AppPorts, chart: Chart, county: CountyState, open: () => void) {
  const shown = useRef<string | null>(null)
  useEffect(() => {
    shown.current = county.state === 'open' ? county.data.record.root : null
  }, [county])
  const { ref } = chart
  const grown = useCalm(open)
  const onChange = useCallback(
    (message: { root: string }) => {
      if (shown.current === null) open()
      else if (shown.current === message.root) grown()
      else ref.send({ type: 'release-waiting' })
    },
    [ref, open, grown],
  )
  useEffect(() => {
    const said = ref.on('open-release', open)
    return () => said.unsubscribe()
  }, [ref, open])
  return useSync(ports, onChange)
}

/** ms in which the parts of a first load are gathered: each opens the reader anew, and a tap must not wait for that (P7). */
const CALM_MS = 3_000

/** At most one call in CALM_MS, the last one kept. */
function useCalm(work: () => void): () => void {
  const timer = useRef(0)
  useEffect(() => () => window.clearTimeout(timer.current), [])
  return useCallback(() => {
    if (timer.current !== 0) return
    timer.current = window.setTimeout(() => {
      timer.current = 0
      work()
    }, CALM_MS)
  }, [work])
}

function useHealth(chart: Chart, machine: MachineState, county: CountyState, today: string): void {
  const { profile, host, known } = machine
  const mode = profile !== null ? 'terminal' : known && host?.mode === 'provisioning' ? 'provisioning' : null
  const health = healthOf({
    mode,
    reader: county.state,
    dataUntil: county.state === 'open' ? county.data.record.dataUntil : null,
    today,
    staleAfterDays: profile?.staleAfterDays ?? 0,
  })
  useEffect(() => chart.ref.send({ type: 'health', health }), [chart.ref, health])
}

/**
 * The host opens and closes maintenance; the page follows it. A page that starts while it is open was reloaded or had
 * crashed: it closes it, so that whoever stands there now needs the PIN again (P6, P10).
 */
function useMaintenance(ports: AppPorts, chart: Chart, machine: MachineState): void {
  const open = machine.host?.maintenanceOpen
  const seenClosed = useRef(false)
  useEffect(() => {
    if (open === undefined) return
    if (!open) {
      seenClosed.current = true
      chart.ref.send({ type: 'maintenance-closed' })
    } else if (seenClosed.current) chart.ref.send({ type: 'maintenance-opened' })
    else void ports.host.maintenance({ action: 'close' }).catch(() => undefined)
  }, [ports, chart.ref, open])
}

/** A link is opened once, when there is something to open it with. */
function useLink(chart: Chart, link: string, ready: boolean): void {
  const opened = useRef(false)
  useEffect(() => {
    if (!ready || opened.current) return
    opened.current = true
    // Links are rare: what reads them is fetched for them. Where it can't be, the attract screen stays.
    if (link.startsWith('#/'))
      Promise.all([import('../navigation/link.ts'), import('./plain-zod.ts')]).then(
        ([{ decodePlace }]) => {
          const place = decodePlace(link)
          if (place !== null) chart.ref.send({ type: 'open', place })
        },
        () => undefined,
      )
  }, [chart.ref, link, ready])
}

function useProgram(ports: AppPorts, chart: Chart): boolean {
  const [waiting, setWaiting] = useState(false)
  useEffect(() => {
    ports.program.watch(() => {
      setWaiting(true)
      chart.ref.send({ type: 'app-waiting' })
    })
  }, [ports, chart.ref])
  return waiting
}

/** The hidden entry: five taps on the wordmark within three seconds. */
function useWordmark(chart: Chart): () => void {
  const times = useRef<number[]>([])
  return useCallback(() => {
    const next = tapped(times.current, performance.now())
    times.current = next.times
    if (next.open) chart.ref.send({ type: 'pin-asked' })
  }, [chart.ref])
}
