// The picture in its own pixels with the black parts over it. The mouse draws a part; the numbers beside it do the same
// for the keyboard (`Parts.tsx`).
import { type PointerEvent, useState } from 'react'
import type { PictureView, Rectangle } from '../../contract/console/pictures.ts'
import { PICTURES } from './queries.ts'
import { between } from './rectangles.ts'

type Point = readonly [number, number]

export function Canvas(props: {
  picture: PictureView
  size: { width: number; height: number }
  onSize: (size: { width: number; height: number }) => void
  parts: readonly Rectangle[]
  onDraw: ((part: Rectangle) => void) | null
}) {
  const { picture, size, onSize, parts, onDraw } = props
  const [from, setFrom] = useState<Point | null>(null)
  const [to, setTo] = useState<Point | null>(null)
  const drawn = from === null || to === null ? null : between(from, to, size)
  const end = (): void => {
    if (drawn !== null) onDraw?.(drawn)
    setFrom(null)
    setTo(null)
  }
  return (
    <div className={onDraw === null ? 'pictures-canvas' : 'pictures-canvas pictures-drawing'}>
      <img
        src={`${PICTURES}/${picture.hash}/bytes`}
        alt={picture.caption}
        draggable={false}
        onLoad={({ currentTarget }) =>
          onSize({ width: currentTarget.naturalWidth, height: currentTarget.naturalHeight })
        }
      />
      {size.width > 0 && (
        <svg
          viewBox={`0 0 ${size.width} ${size.height}`}
          aria-hidden="true"
          onPointerDown={(event) => {
            if (onDraw === null || event.button !== 0) return
            event.currentTarget.setPointerCapture(event.pointerId)
            setFrom(pointOf(event, size))
          }}
          onPointerMove={(event) => {
            if (from !== null) setTo(pointOf(event, size))
          }}
          onPointerUp={end}
          onPointerCancel={() => setFrom(null)}
        >
          {[...parts, ...(drawn === null ? [] : [drawn])].map(({ left, top, width, height }, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: parts have no name but their place in the list
            <rect key={at} x={left} y={top} width={width} height={height} />
          ))}
        </svg>
      )}
    </div>
  )
}

/** Where the pointer is, in pixels of the picture, whatever size it is shown at. */
function pointOf(event: PointerEvent<SVGSVGElement>, size: { width: number; height: number }): Point {
  const box = event.currentTarget.getBoundingClientRect()
  const x = ((event.clientX - box.left) / box.width) * size.width
  const y = ((event.clientY - box.top) / box.height) * size.height
  return [x, y]
}
