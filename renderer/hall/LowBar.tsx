// The low bar: back and home always the two keys at the lower left; the office's phone where reporting will be.
import type { ReactNode } from 'react'
import { useText } from '../text/use-text.tsx'
import { useFrame } from './frame-value.tsx'
import { Key } from './Key.tsx'
import './low-bar.css'
import { Pictogram } from './Pictogram.tsx'

/** `keys` replaces the right half (technician). */
export function LowBar(props: { keys?: ReactNode; homeWord?: string }): ReactNode {
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
      {props.keys ?? <OfficePhone />}
    </nav>
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
