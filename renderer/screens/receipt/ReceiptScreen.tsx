// The receipt: proves that the message was taken, and teaches two codes apart. The number may be seen by anyone, the five
// words by nobody else. It is the same for reports, questions and suggestions, and it goes by itself after a minute (P6).
import type { ReactNode } from 'react'
import { codeWords } from '../../../sync/core/report-code.ts'
import { spacedReceiptNumber } from '../../../sync/core/report-number.ts'
import { Key } from '../../hall/Key.tsx'
import { Pictogram } from '../../hall/Pictogram.tsx'
import { Screen } from '../../hall/Screen.tsx'
import { useKeysBeside } from '../../hall/use-keys-beside.ts'
import type { Receipt, Reporting } from '../../navigation/report.ts'
import { useText } from '../../text/use-text.tsx'
import type { ScreenProps } from '../screen.ts'
import { Envelope } from './Envelope.tsx'
import { PrintKeys } from './PrintKeys.tsx'
import { QrCode } from './QrCode.tsx'
import './receipt.css'
import { Times } from './Times.tsx'

export function ReceiptScreen(props: ScreenProps<'receipt'>): ReactNode {
  const { reporting } = props.visit
  const receipt = reporting?.receipt ?? null
  if (reporting === null || receipt === null) return <Screen name="receipt">{null}</Screen>
  return <Shown reporting={reporting} receipt={receipt} today={props.today} />
}

interface ShownProps {
  reporting: Reporting
  receipt: Receipt
  today: string
}

/** On a lying screen the keys stand beside the codes, so that all of it is seen at once. */
function Shown(props: ShownProps): ReactNode {
  const keysBeside = useKeysBeside()
  const { receipt, today } = props
  const seconds = <Seconds left={receipt.secondsLeft} />
  const beside = (
    <>
      {seconds}
      <div className="receipt-keys">
        <Keys {...props} />
      </div>
    </>
  )
  return (
    <Screen
      name="receipt"
      aside={
        <>
          <Head reporting={props.reporting} today={today} />
          {keysBeside ? beside : null}
        </>
      }
      {...(keysBeside ? {} : { foot: <Keys {...props} /> })}
    >
      <Codes receipt={receipt} />
      <Times today={today} />
      {keysBeside ? null : seconds}
    </Screen>
  )
}

function Head(props: { reporting: Reporting; today: string }): ReactNode {
  const text = useText()
  const { online } = props.reporting
  return (
    <header className="receipt-head">
      <Envelope today={props.today} />
      <h1>{text('receipt.title')}</h1>
      <p className="receipt-line">
        <Pictogram name={online ? 'wifi' : 'unplugged'} />
        {text(online ? 'receipt.online' : 'receipt.offline')}
      </p>
    </header>
  )
}

function Codes(props: { receipt: Receipt }): ReactNode {
  const text = useText()
  const { id, queryCode } = props.receipt
  return (
    <section className="receipt-codes">
      <div className="receipt-number">
        <div>
          <p className="second">{text('receipt.number')}</p>
          <p className="receipt-code">{spacedReceiptNumber(id)}</p>
        </div>
        <QrCode content={id} title={text('receipt.qr')} />
      </div>
      <div className="receipt-words">
        <p className="receipt-words-head">
          <Pictogram name="lock" />
          {text('receipt.code')}
        </p>
        <p className="receipt-code">
          {codeWords(queryCode).map((word) => (
            <span key={word}>{word}</span>
          ))}
        </p>
        <p className="receipt-how">{text('receipt.codeHow')}</p>
      </div>
    </section>
  )
}

function Seconds(props: { left: number }): ReactNode {
  const text = useText()
  return (
    <p className="receipt-seconds">
      <Pictogram name="clock" />
      <span>
        <strong>{text('receipt.seconds', { seconds: props.left })}</strong> {text('receipt.cleared')}
      </span>
    </p>
  )
}

function Keys(props: ShownProps): ReactNode {
  const text = useText()
  const { reporting } = props
  return (
    <>
      {reporting.print === null ? null : (
        <PrintKeys print={reporting.print} receipt={props.receipt} today={props.today} />
      )}
      <Key icon="tick" word={text('receipt.noted')} size="big" onTap={reporting.noted} />
    </>
  )
}
