// What is drawn now, decided from the chart's state. Everything of a visit lies under the visit's key (P6).
import { type ReactNode, useCallback, useState } from 'react'
import type { SyncStatus } from '../../sync/contract/sync-status.ts'
import { FrameProvider } from '../hall/frame-value.tsx'
import { AttractScreen } from '../screens/attract/AttractScreen.tsx'
import { BrokenScreen, NoDataScreen } from '../screens/no-data/NoDataScreen.tsx'
import { bareFrame } from './bare-frame.ts'
import { Guard } from './Guard.tsx'
import { useBeyond, useFetched } from './later.ts'
import type { AppPorts } from './ports.ts'
import './scene.css'
import type { ChartRef, ChartState } from './use-chart.ts'
import type { County } from './use-county.ts'
import type { MachineState } from './use-machine-state.ts'

export interface SceneProps {
  ports: AppPorts
  chart: { ref: ChartRef; state: ChartState }
  machine: MachineState
  county: County
  status: SyncStatus | null
  today: string
  appWaiting: boolean
  onWordmark: () => void
  onRetry: () => void
}

export function Scene(props: SceneProps): ReactNode {
  const { chart, machine, county, status } = props
  const done = () => chart.ref.send({ type: 'done' })
  const inMaintenance = chart.state.matches({ health: { service: 'maintenance' } })
  const frame = bareFrame({
    record: county.state === 'open' ? county.data.record : (status?.shown ?? null),
    today: props.today,
    profile: machine.profile,
    onWordmark: props.onWordmark,
    home: inMaintenance ? done : null,
  })
  return (
    <FrameProvider frame={frame}>
      <Guard onFailure={done} instead={(again) => <BrokenScreen code="E-STATE" onRetry={again} />}>
        <Drawn {...props} />
      </Guard>
    </FrameProvider>
  )
}

function Drawn(props: SceneProps): ReactNode {
  const { chart, machine, county } = props
  const [rehearsed, setRehearsed] = useState(false)
  const onRehearsed = useCallback(() => setRehearsed(true), [])
  const is = chart.state.matches.bind(chart.state)
  if (is({ health: { data: 'provisioning' } }) && machine.host !== null) return <Beyond {...props} part="Setup" />
  if (is({ health: { service: 'pin' } })) return <Beyond {...props} part="Pin" />
  if (is({ health: { service: 'maintenance' } })) return <Beyond {...props} part="Technician" />
  if (county.state === 'failed') return <BrokenScreen code={county.code} onRetry={props.onRetry} />
  if (is({ health: { data: 'no-data' } })) return <NoDataScreen status={props.status} />
  if (county.state !== 'open' || machine.profile === null) return <Starting />
  if (is({ visit: 'attract' })) {
    const start = () => chart.ref.send({ type: 'start' })
    return (
      <>
        <AttractScreen data={county.data} profile={machine.profile} onStart={start} />
        {rehearsed ? null : <WhileNobodyWaits {...props} onDone={onRehearsed} />}
      </>
    )
  }
  return <Beyond {...props} part="VisitLayer" />
}

const Starting = (): ReactNode => <div className="screen" data-screen="starting" />

/** What isn't here yet is on its way; where it can't be fetched, that is said, and a visit's idle time ends in attract (P10). */
function Beyond(props: SceneProps & { part: 'VisitLayer' | 'Setup' | 'Pin' | 'Technician' }): ReactNode {
  const beyond = useBeyond(props.ports.beyond)
  if (beyond.state === 'failed') return <BrokenScreen code="E-MISSING" onRetry={beyond.again} />
  if (beyond.state === 'waiting') return <Starting />
  const Part = beyond.code[props.part]
  return <Part {...props} />
}

function WhileNobodyWaits(props: SceneProps & { onDone: () => void }): ReactNode {
  const beyond = useFetched(props.ports.beyond)
  return beyond.state === 'here' ? <beyond.code.Rehearsed {...props} /> : null
}
