// All that is drawn beyond the first screen: a visit with its screens, and what a technician sees. One piece of code,
// fetched as soon as the first screen stands (`later.ts`): once it is here no tap waits for code (P7).
import type { ReactNode } from 'react'
import { IdleSheet } from '../screens/idle/IdleSheet.tsx'
import { PinPad } from '../screens/pin/PinPad.tsx'
import { SetupScreen } from '../screens/setup/SetupScreen.tsx'
import { TechnicianScreen } from '../screens/technician/TechnicianScreen.tsx'
import { Guard } from './Guard.tsx'
import './plain-zod.ts'
import { Rehearsal } from './Rehearsal.tsx'
import type { SceneProps } from './Scene.tsx'
import { Visiting } from './Visiting.tsx'

/** The visit, and over it, while one is asked, the opaque sheet: what lies under it is not painted at all. */
export function VisitLayer(props: SceneProps): ReactNode {
  const { chart, county } = props
  const { profile } = props.machine
  if (county.state !== 'open' || profile === null) return null
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
            data={county.data}
            client={props.ports.host}
            host={props.machine.host}
            profile={profile}
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

export function Setup(props: SceneProps): ReactNode {
  const { host } = props.machine
  const client = props.ports.host
  return host === null ? null : <SetupScreen host={host} listFolders={client.folders} take={client.takeConfig} />
}

export function Pin(props: SceneProps): ReactNode {
  return <PinPad onEnter={props.ports.host.pin} onLeave={() => props.chart.ref.send({ type: 'pin-left' })} />
}

export function Technician(props: SceneProps): ReactNode {
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

/** Under the attract screen, once in the life of the page. */
export function Rehearsed(props: SceneProps & { onDone: () => void }): ReactNode {
  const { county, machine, today, onDone } = props
  if (county.state !== 'open' || machine.profile === null) return null
  return <Rehearsal data={county.data} profile={machine.profile} today={today} onDone={onDone} />
}
