// What a visitor may see that is no place on the way: attract, the idle sheet, the technician's screens.
import type { ReactNode } from 'react'
import type { CountyData } from '../../renderer/data/county-data.ts'
import { AttractScreen } from '../../renderer/screens/attract/AttractScreen.tsx'
import { IdleSheet } from '../../renderer/screens/idle/IdleSheet.tsx'
import { BrokenScreen, NoDataScreen } from '../../renderer/screens/no-data/NoDataScreen.tsx'
import { PinPad } from '../../renderer/screens/pin/PinPad.tsx'
import { SetupScreen } from '../../renderer/screens/setup/SetupScreen.tsx'
import { TechnicianScreen } from '../../renderer/screens/technician/TechnicianScreen.tsx'
import { bareHost, fixtureHost, fixtureStatus, loadingStatus } from './machine.ts'
import { fixtureProfile } from './profile.ts'

const nothing = () => undefined
const folders = [
  { folder: '/media/usb-stick', config: true, release: true },
  { folder: '/home/kiosk/provision', config: false, release: false },
]
const refused = {
  ok: false,
  terminal: null,
  errors: [{ path: 'township', zh: '不是本县的乡镇代码', en: 'Not a township of this county' }],
}
const list = async () => folders
const take = async () => refused

export function Shown(props: { show: string; data: CountyData; today: string }): ReactNode {
  switch (props.show) {
    case 'attract':
      return <AttractScreen data={props.data} profile={fixtureProfile} onStart={nothing} />
    case 'idle':
      return <IdleSheet seconds={12} total={15} onStay={nothing} onDone={nothing} />
    case 'technician':
      return (
        <TechnicianScreen
          host={fixtureHost}
          status={fixtureStatus}
          appWaiting
          onSync={nothing}
          onStick={nothing}
          onScrub={nothing}
          onRestart={nothing}
        />
      )
    case 'pin':
      return <PinPad onEnter={async () => ({ ok: false, waitSeconds: 4 })} onLeave={nothing} />
    case 'setup':
      return <SetupScreen host={bareHost} listFolders={list} take={take} />
    case 'no-data':
      return <NoDataScreen status={loadingStatus} />
    case 'broken':
      return <BrokenScreen code="E-STORE" onRetry={nothing} />
    default:
      return null
  }
}
