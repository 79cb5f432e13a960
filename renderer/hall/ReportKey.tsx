// The report key of a row, voucher, project or policy: it carries what the villager sees there, so that nobody has to
// describe it. Absent where this terminal takes no reports.
import type { ReactNode } from 'react'
import type { AskSubject } from '../navigation/report.ts'
import { useText } from '../text/use-text.tsx'
import { useFrame } from './frame-value.tsx'
import { Key } from './Key.tsx'

export interface ReportKeyProps {
  /** Asked for at the tap only: a list of hundreds of rows makes no snapshots. */
  subject: AskSubject
  /** 这笔不对 in an opened row; 反映 where not given. */
  word?: string
  /** stack: the small key of a row. */
  layout?: 'row' | 'stack'
}

export function ReportKey(props: ReportKeyProps): ReactNode {
  const text = useText()
  const { report } = useFrame()
  if (report === null || report === 'here') return null
  return (
    <Key
      icon="speech"
      word={props.word ?? text('hall.reportShort')}
      tone="cin"
      layout={props.layout ?? 'stack'}
      onTap={() => void Promise.resolve(props.subject()).then(report)}
    />
  )
}
