// Black parts as numbers: for the keyboard, and for an edge that the mouse doesn't hit.
import type { Rectangle } from '../../contract/console/pictures.ts'
import { Button } from '../parts/Button.tsx'
import type { Step } from './rectangles.ts'

const SIDES = [
  ['left', '左'],
  ['top', '上'],
  ['width', '宽'],
  ['height', '高'],
] as const

export function Parts(props: {
  parts: readonly Rectangle[]
  size: { width: number; height: number }
  onStep: (step: Step) => void
}) {
  const { parts, size, onStep } = props
  const middle = {
    left: Math.round(size.width * 0.4),
    top: Math.round(size.height * 0.4),
    width: Math.max(4, Math.round(size.width * 0.2)),
    height: Math.max(4, Math.round(size.height * 0.2)),
  }
  return (
    <fieldset className="pictures-parts">
      <legend>遮盖的部分（像素）</legend>
      {parts.length === 0 && <p>还没有。在图片上拖动鼠标，或按“加一块”后改数字。</p>}
      {parts.map((part, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: parts have no name but their place in the list
        <div key={at} className="pictures-part">
          <span>第 {at + 1} 块</span>
          {SIDES.map(([side, word]) => (
            <label key={side}>
              {word}
              <input
                type="number"
                className="c-input"
                min={side === 'width' || side === 'height' ? 1 : 0}
                max={side === 'left' || side === 'width' ? size.width : size.height}
                value={part[side]}
                aria-label={`第 ${at + 1} 块 ${word}`}
                onChange={({ target }) => {
                  const value = target.valueAsNumber
                  if (Number.isInteger(value) && value >= Number(target.min) && value <= Number(target.max))
                    onStep({ type: 'change', at, part: { ...part, [side]: value } })
                }}
              />
            </label>
          ))}
          <Button aria-label={`去掉第 ${at + 1} 块`} onClick={() => onStep({ type: 'remove', at })}>
            去掉
          </Button>
        </div>
      ))}
      <Button onClick={() => onStep({ type: 'add', part: middle })}>加一块</Button>
    </fieldset>
  )
}
