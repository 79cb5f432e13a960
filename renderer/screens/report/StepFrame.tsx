// The frame of a step: head and snapshot; the keys that go on at the foot, or beside the rest in landscape.
import type { ReactNode } from 'react'
import { Screen } from '../../hall/Screen.tsx'
import { useKeysBeside } from '../../hall/use-keys-beside.ts'
import type { StepProps } from './ReportScreen.tsx'
import { Snapshot } from './Snapshot.tsx'
import { StepHead } from './StepHead.tsx'

export interface StepFrameProps {
  step: 1 | 2 | 3
  title: string
  shown: Pick<StepProps, 'draft' | 'data'>
  keys?: ReactNode
  children: ReactNode
}

export function StepFrame(props: StepFrameProps): ReactNode {
  const beside = useKeysBeside()
  const { keys } = props
  return (
    <Screen
      name="report"
      aside={
        <>
          <StepHead step={props.step} title={props.title} />
          <Snapshot {...props.shown} />
          {beside && keys !== undefined ? <div className="report-keys">{keys}</div> : null}
        </>
      }
      {...(beside || keys === undefined ? {} : { foot: keys })}
    >
      {props.children}
    </Screen>
  )
}
