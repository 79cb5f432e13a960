// What is drawn now, decided from the chart's state. Everything of a visit lies under the visit's key (P6).
import type { ReactNode } from 'react'
import type { SyncStatus } from '../../sync/contract/sync-status.ts'
import { FrameProvider } from '../hall/frame-value.tsx'
import { AttractScreen } from '../screens/attract/AttractScreen.tsx'
import { IdleSheet } from '../screens/idle/IdleSheet.tsx'
import { BrokenScreen, NoDataScreen } from '../screens/no-data/NoDataScreen.tsx'
import { PinPad } from '../screens/pin/PinPad.tsx'
import { SetupScreen } from '../screens/setup/SetupScreen.tsx'
import { TechnicianScreen } from '../screens/technician/TechnicianScreen.tsx'
import { bareFrame } from './bare-frame.ts'
import { Guard } from './Guard.tsx'
import type { AppPorts } from './ports.ts'
import './scene.css'
import type { ChartRef, ChartState } from './use-chart.ts'
import type { County } from './use-county.ts'
import type { MachineState } from './use-machine-state.ts'
import { Visiting } from './Visiting.tsx'

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
  const is = chart.state.matches.bind(chart.state)
  if (is({ health: { data: 'provisioning' } }) && machine.host !== null) return <Setup {...props} />
  if (is({ health: { service: 'pin' } })) return <Pin {...props} />
  if (is({ health: { service: 'maintenance' } })) return <Technician {...props} />
  if (county.state === 'failed') return <BrokenScreen code={county.code} onRetry={props.onRetry} />
  if (is({ health: { data: 'no-data' } })) return <NoDataScreen status={props.status} />
  if (county.state !== 'open' || machine.profile === null) return <div className="screen" data-screen="starting" />
  if (is({ visit: 'attract' })) {
    const start = () => chart.ref.send({ type: 'start' })
    return <AttractScreen data={county.data} profile={machine.profile} onStart={start} />
  }
  return <VisitLayer {...props} county={county} profile={machine.profile} />
}

type VisitLayerProps = Omit<SceneProps, 'county'> & {
  county: Extract<County, { state: 'open' }>
  profile: NonNullable<MachineState['profile']>
}

/** The visit, and over it, while one is asked, the opaque sheet: what lies under it is not painted at all. */
function VisitLayer(props: VisitLayerProps): ReactNode {
  const { chart } = props
  const { context } = chart.state
  const warning = chart.state.matches({ visit: 'warning' })
  const end = () => chart.ref.send({ type: 'done' })
  return (
    <>
      <div className="visit-layer" key={context.visit} inert={warning} data-hidden={warning ? '' : undefined}>
        {/* P10: a screen that throws ends its visit in attract. */}
        <Guard onFailure={end} instead={() => null}>
          <Visiting
            chart={chart}
            data={props.county.data}
            client={props.ports.host}
            host={props.machine.host}
            profile={props.profile}
            today={props.today}
            onWordmark={props.onWordmark}
          />
        </Guard>
      </div>
      {warning ? (
        <IdleSheet
          seconds={context.secondsLeft}
          total={context.resetAfterSeconds}
          onStay={() => chart.ref.send({ type: 'stay' })}
          onDone={end}
        />
      ) : null}
    </>
  )
}

function Setup(props: SceneProps): ReactNode {
  const { host } = props.machine
  const client = props.ports.host
  return host === null ? null : <SetupScreen host={host} listFolders={client.folders} take={client.takeConfig} />
}

function Pin(props: SceneProps): ReactNode {
  return <PinPad onEnter={props.ports.host.pin} onLeave={() => props.chart.ref.send({ type: 'pin-left' })} />
}

function Technician(props: SceneProps): ReactNode {
  const { machine, ports } = props
  if (machine.host === null) return null
  return (
    <TechnicianScreen
      host={machine.host}
      status={props.status}
      appWaiting={props.appWaiting}
      onSync={() => ports.sync.post({ type: 'sync-now' })}
      onStick={() => ports.sync.post({ type: 'load-stick', folder: null })}
      onScrub={() => ports.sync.post({ type: 'scrub-now' })}
      onRestart={() => void ports.host.maintenance({ action: 'restart' }).catch(() => undefined)}
    />
  )
}
