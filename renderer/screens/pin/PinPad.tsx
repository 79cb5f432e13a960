// The PIN pad before maintenance. It is reached by five taps on the wordmark within three seconds; a wrong PIN slows
// the next try down (the host decides how long). What has been pressed shows as a number of digits only.
import { type ReactNode, useEffect, useState } from 'react'
import { Key } from '../../hall/Key.tsx'
import { Masthead } from '../../hall/Masthead.tsx'
import { useText } from '../../text/use-text.tsx'
import './pin.css'

export interface PinPadProps {
  /** Asks the host. Throws where it doesn't answer. */
  onEnter: (pin: string) => Promise<{ ok: boolean; waitSeconds: number }>
  onLeave: () => void
}

type Said = { kind: 'nothing' } | { kind: 'wrong' } | { kind: 'failed' } | { kind: 'wait'; seconds: number }

const DIGITS = ['1', '2', '3', '4', '5', '6', '7', '8', '9'] as const
const LONGEST = 12

export function PinPad(props: PinPadProps): ReactNode {
  const text = useText()
  const { pin, said, press, erase, enter } = usePin(props.onEnter)
  const waiting = said.kind === 'wait'
  return (
    <div className="pin" data-screen="pin">
      <Masthead over={text('tech.over')} aside={null} />
      <main className="pin-main">
        <h1>{text('pin.title')}</h1>
        <p className="second">{text('pin.says')}</p>
        <p className="pin-field">{pin === '' ? words(text, said) : text('pin.entered', { count: pin.length })}</p>
        <div className="pin-keys">
          {DIGITS.map((digit) => (
            <Key key={digit} word={digit} dashed={waiting} onTap={() => press(digit)} />
          ))}
          <Key word={text('pin.erase')} dashed={waiting || pin === ''} onTap={erase} />
          <Key word="0" dashed={waiting} onTap={() => press('0')} />
          <Key word={text('pin.enter')} tone="ink" dashed={waiting || pin === ''} onTap={enter} />
        </div>
        <Key icon="back" word={text('pin.leave')} onTap={props.onLeave} />
      </main>
    </div>
  )
}

function words(text: ReturnType<typeof useText>, said: Said): string {
  if (said.kind === 'wait') return text('pin.wait', { seconds: said.seconds })
  return said.kind === 'nothing' ? '' : text(said.kind === 'wrong' ? 'pin.wrong' : 'pin.failed')
}

/** Digits pressed, and the wait that counts itself down. */
function usePin(ask: PinPadProps['onEnter']) {
  const [pin, setPin] = useState('')
  const [said, setSaid] = useState<Said>({ kind: 'nothing' })
  useEffect(() => {
    if (said.kind !== 'wait') return
    const next: Said = said.seconds > 1 ? { kind: 'wait', seconds: said.seconds - 1 } : { kind: 'nothing' }
    const timer = window.setTimeout(() => setSaid(next), 1_000)
    return () => window.clearTimeout(timer)
  }, [said])
  const enter = () => {
    const tried = pin
    setPin('')
    ask(tried).then(
      ({ ok, waitSeconds }) => {
        if (!ok) setSaid(waitSeconds > 0 ? { kind: 'wait', seconds: Math.ceil(waitSeconds) } : { kind: 'wrong' })
      },
      () => setSaid({ kind: 'failed' }),
    )
  }
  return {
    pin,
    said,
    press: (digit: string) => setPin((was) => (was.length < LONGEST ? was + digit : was)),
    erase: () => setPin((was) => was.slice(0, -1)),
    enter,
  }
}
