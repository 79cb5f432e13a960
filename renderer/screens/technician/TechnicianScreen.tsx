// Maintenance: which release, how old, when next, what went wrong, what to press; in five seconds. Behind the PIN.
import type { ReactNode } from 'react'
import type { HostState } from '../../../sync/contract/host-api.ts'
import type { SyncStatus } from '../../../sync/contract/sync-status.ts'
import { Key } from '../../hall/Key.tsx'
import { LowBar } from '../../hall/LowBar.tsx'
import { Masthead, MastheadPlace } from '../../hall/Masthead.tsx'
import { Screen } from '../../hall/Screen.tsx'
import { useText } from '../../text/use-text.tsx'
import { Checks } from './Checks.tsx'
import { Datasets } from './Datasets.tsx'
import { Failure } from './Failure.tsx'
import { Machine } from './Machine.tsx'
import { Summary } from './Summary.tsx'
import './technician.css'

export interface MachineView {
  host: HostState
  status: SyncStatus | null
  /** A newer program is ready and waits for the attract screen. */
  appWaiting: boolean
}
export interface TechnicianScreenProps extends MachineView {
  onSync: () => void
  onStick: () => void
  onScrub: () => void
  onRestart: () => void
}

export function TechnicianScreen(props: TechnicianScreenProps): ReactNode {
  const text = useText()
  const profile = props.host.profile
  return (
    <Screen
      name="technician"
      masthead={
        <Masthead
          over={text('tech.over')}
          wordmark={text('tech.terminal', { terminal: profile?.terminal ?? '' })}
          aside={<MastheadPlace word={profile?.name ?? ''} />}
        />
      }
      aside={
        <>
          <Summary {...props} />
          <Failure {...props} />
        </>
      }
      foot={<Actions {...props} />}
      lowBar={<TechnicianBar onRestart={props.onRestart} />}
    >
      <Checks {...props} />
      <Datasets {...props} />
      <Machine {...props} />
    </Screen>
  )
}

function Actions(props: TechnicianScreenProps): ReactNode {
  const text = useText()
  return (
    <>
      <Key icon="sync" word={text('tech.sync')} tone="ink" layout="stack" onTap={props.onSync} />
      <Key icon="usb" word={text('tech.stick')} layout="stack" onTap={props.onStick} />
      <Key icon="shielded" word={text('tech.scrub')} layout="stack" onTap={props.onScrub} />
    </>
  )
}

/** Home is the way out here; the bar ends in 重开程序. */
function TechnicianBar(props: { onRestart: () => void }): ReactNode {
  const text = useText()
  return (
    <LowBar
      homeWord={text('tech.exit')}
      keys={
        <>
          <span className="technician-lock">{text('tech.lock')}</span>
          <Key icon="power" word={text('tech.restart')} tone="bar" layout="stack" onTap={props.onRestart} />
        </>
      }
    />
  )
}
