// Drawing black parts: corners in any order, kept inside the picture, and every step taken back.
import { expect, it } from 'vitest'
import { between, drawing, type Step, startDrawing } from './rectangles.ts'

const SIZE = { width: 300, height: 200 }
const PART = { left: 1, top: 2, width: 30, height: 40 }

it('takes two corners in any order, cut to the picture, and no mere click', () => {
  expect(between([100, 150], [20, 30], SIZE)).toEqual({ left: 20, top: 30, width: 80, height: 120 })
  expect(between([-50, -9], [20, 999], SIZE)).toEqual({ left: 0, top: 0, width: 20, height: 200 })
  expect(between([20, 20], [21, 90], SIZE)).toBeNull()
})

it('takes back every kind of step, down to where it began', () => {
  const steps: Step[] = [
    { type: 'add', part: PART },
    { type: 'change', at: 1, part: { ...PART, left: 9 } },
    { type: 'remove', at: 0 },
    { type: 'clear' },
  ]
  const begun = startDrawing([PART])
  const all = steps.reduce(drawing, begun)
  expect(all.parts).toEqual([])
  const undone = steps.reduce((now) => drawing(now, { type: 'undo' }), all)
  expect(undone).toEqual(begun)
  expect(drawing(undone, { type: 'undo' })).toEqual(begun)
})
