// What a visitor may see that is no place on the way: attract, the idle sheet, the technician's screens.
import type { ReactNode } from 'react'
import type { CountyData } from '../../renderer/data/county-data.ts'
import { AttractScreen } from '../../renderer/screens/attract/AttractScreen.tsx'
import { IdleSheet } from '../../renderer/screens/idle/IdleSheet.tsx'
import { fixtureProfile } from './profile.ts'

const nothing = () => undefined

export function Shown(props: { show: string; data: CountyData; today: string }): ReactNode {
  switch (props.show) {
    case 'attract':
      return <AttractScreen data={props.data} profile={fixtureProfile} onStart={nothing} />
    case 'idle':
      return <IdleSheet seconds={12} total={15} onStay={nothing} onDone={nothing} />
    default:
      return null
  }
}
