// The list of black parts while somebody draws: every change can be taken back, one step at a time.
import type { Rectangle } from '../../contract/console/pictures.ts'

export interface Drawing {
  parts: readonly Rectangle[]
  /** Earlier lists, the last one last. */
  before: readonly (readonly Rectangle[])[]
}
export type Step =
  | { type: 'add'; part: Rectangle }
  | { type: 'change'; at: number; part: Rectangle }
  | { type: 'remove'; at: number }
  | { type: 'clear' }
  | { type: 'undo' }

export function startDrawing(parts: readonly Rectangle[]): Drawing {
  return { parts, before: [] }
}

export function drawing({ parts, before }: Drawing, step: Step): Drawing {
  const to = (next: readonly Rectangle[]): Drawing => ({ parts: next, before: [...before, parts] })
  switch (step.type) {
    case 'add':
      return to([...parts, step.part])
    case 'change':
      return to(parts.map((part, at) => (at === step.at ? step.part : part)))
    case 'remove':
      return to(parts.filter((_, at) => at !== step.at))
    case 'clear':
      return to([])
    case 'undo':
      return before.length === 0 ? { parts, before } : { parts: before.at(-1) ?? [], before: before.slice(0, -1) }
  }
}

/** Two corners in pixels of the picture as a rectangle inside it; null for less than a few pixels: a click, no part. */
export function between(
  [x1, y1]: readonly [number, number],
  [x2, y2]: readonly [number, number],
  { width, height }: { width: number; height: number },
): Rectangle | null {
  const inside = (value: number, most: number): number => Math.round(Math.min(most, Math.max(0, value)))
  const [left, right] = [inside(Math.min(x1, x2), width), inside(Math.max(x1, x2), width)]
  const [top, bottom] = [inside(Math.min(y1, y2), height), inside(Math.max(y1, y2), height)]
  const part = { left, top, width: right - left, height: bottom - top }
  return part.width < 4 || part.height < 4 ? null : part
}
