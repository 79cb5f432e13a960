// The slip: whether the five words go on it is asked each time, because paper is left lying about.
//
//   打印小票 ─► 密码也印上 │ 只印回执号 ─► 小票印好了 │ 没有印出来
import { type ReactNode, useState } from 'react'
import type { PrintRequest } from '../../../sync/contract/report.ts'
import { codeWords } from '../../../sync/core/report-code.ts'
import { spacedReceiptNumber } from '../../../sync/core/report-number.ts'
import { Key } from '../../hall/Key.tsx'
import type { Receipt } from '../../navigation/report.ts'
import { longDay } from '../../text/dates.ts'
import type { Text } from '../../text/text.ts'
import { useText } from '../../text/use-text.tsx'

export interface PrintKeysProps {
  print: (request: PrintRequest) => Promise<void>
  receipt: Receipt
  today: string
}
type State = 'ready' | 'asked' | 'printing' | 'printed' | 'failed'

export function PrintKeys(props: PrintKeysProps): ReactNode {
  const text = useText()
  const [state, setState] = useState<State>('ready')
  const print = (withCode: boolean) => {
    setState('printing')
    props.print(slipOf(text, props, withCode)).then(
      () => setState('printed'),
      () => setState('failed'),
    )
  }
  if (state === 'asked')
    return (
      <>
        <Key word={text('receipt.printWith')} size="big" onTap={() => print(true)} />
        <Key word={text('receipt.printWithout')} size="big" onTap={() => print(false)} />
      </>
    )
  const word = state === 'printed' ? 'receipt.printed' : state === 'failed' ? 'receipt.printFailed' : 'receipt.print'
  const over = state === 'printing' || state === 'printed'
  return <Key icon="printer" word={text(word)} tone="ink" size="big" dashed={over} onTap={() => setState('asked')} />
}

function slipOf(text: Text, { receipt, today }: PrintKeysProps, withCode: boolean): PrintRequest {
  const words = codeWords(receipt.queryCode).join(' ')
  const lines = [
    { text: text('receipt.slipTitle'), large: true },
    { text: text('receipt.todaySays', { day: longDay(today, text.language) }), large: false },
    { text: text('receipt.slipNumber', { number: spacedReceiptNumber(receipt.id) }), large: true },
    ...(withCode ? [{ text: text('receipt.slipCode', { words }), large: true }] : []),
    { text: `${text('receipt.fifteen')}：${text('receipt.fifteenSays')}`, large: false },
    { text: `${text('receipt.sixty')}：${text('receipt.sixtySays')}`, large: false },
  ]
  return { lines, qr: receipt.id }
}
