// The low bar: back and home always the two keys at the lower left, the report key at the right; the office's phone
// where this terminal can't take reports.
import type { ReactNode } from 'react'
import { type AskSubject, NOTHING_PARTICULAR } from '../navigation/report.ts'
import { useText } from '../text/use-text.tsx'
import { useFrame } from './frame-value.tsx'
import { Key } from './Key.tsx'
import './low-bar.css'
import { Pictogram } from './Pictogram.tsx'

/** `keys` replaces the right half (technician). `subject`: what the screen is about, for the report key. */
export function LowBar(props: { keys?: ReactNode; homeWord?: string; subject?: AskSubject }): ReactNode {
  const text = useText()
  const { back, home } = useFrame()
  return (
    <nav className="low-bar">
      <Key
        icon="back"
        word={text('hall.back')}
        tone="bar"
        layout="stack"
        dashed={back === null}
        onTap={() => back?.()}
      />
      <Key
        icon="house"
        word={props.homeWord ?? text('hall.home')}
        tone="bar"
        layout="stack"
        dashed={home === null}
        onTap={() => home?.()}
      />
      {props.keys ?? <ReportOrPhone subject={props.subject ?? (() => NOTHING_PARTICULAR)} />}
    </nav>
  )
}

function ReportOrPhone(props: { subject: AskSubject }): ReactNode {
  const text = useText()
  const { report } = useFrame()
  if (report === null) return <OfficePhone />
  return (
    <span className="low-bar-report">
      <Key
        icon="speech"
        word={text('hall.report')}
        tone="bar-cin"
        layout="stack"
        dashed={report === 'here'}
        onTap={() => {
          if (report !== 'here') void Promise.resolve(props.subject()).then(report)
        }}
      />
    </span>
  )
}

/** Words, not a key: nothing on a public terminal dials. */
function OfficePhone(): ReactNode {
  const text = useText()
  const { officeName, officePhone } = useFrame()
  return (
    <p className="office-phone">
      <Pictogram name="phone" />
      <span className="office-phone-words">
        <span>{text('hall.office', { office: officeName })}</span>
        <span className="office-phone-number">{officePhone === '' ? text('hall.noPhone') : officePhone}</span>
      </span>
    </p>
  )
}
