// The receipt number as a QR code: one path of squares in SVG. Never the query code.
import type { ReactNode } from 'react'
import { useValue } from '../../hall/use-answer.ts'

/** Squares of white around the code (ISO/IEC 18004 asks for four). */
const QUIET = 4

export function QrCode(props: { content: string; title: string }): ReactNode {
  const drawn = useValue(() => draw(props.content), [props.content])
  if (drawn === null) return <span className="receipt-qr" />
  const side = drawn.size + 2 * QUIET
  return (
    <svg className="receipt-qr" viewBox={`${-QUIET} ${-QUIET} ${side} ${side}`} role="img" aria-label={props.title}>
      <rect className="receipt-qr-ground" x={-QUIET} y={-QUIET} width={side} height={side} />
      <path className="receipt-qr-squares" d={drawn.path} />
    </svg>
  )
}

/** The library is read with the first receipt, not with the page. */
async function draw(content: string): Promise<{ size: number; path: string }> {
  const { create } = await import('qrcode')
  const { size, data } = create(content, { errorCorrectionLevel: 'M' }).modules
  const squares = Array.from(data, (dark, at) => (dark ? `M${at % size} ${Math.floor(at / size)}h1v1h-1z` : ''))
  return { size, path: squares.join('') }
}
