// What the 字 key sets, for one visit: the size of letters in percent, and high contrast. Undone by the reset (P6).

export type TextSize = 100 | 120 | 140
export interface Letters {
  size: TextSize
  contrast: boolean
}
