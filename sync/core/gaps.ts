// Rising whole numbers from 0 on as gaps: the first counts from −1, each further one from the one before. Small, and
// most of them alike.
import { SunhallError } from '../contract/errors.ts'

export function gapsOf(numbers: readonly number[]): number[] {
  return numbers.map((number, at) => number - (numbers[at - 1] ?? -1))
}

/** Errors: E-FORMAT for a gap below 1. */
export function numbersOf(gaps: readonly number[]): number[] {
  let last = -1
  return gaps.map((gap) => {
    if (!Number.isSafeInteger(gap) || gap < 1)
      throw new SunhallError('E-FORMAT', `Expected gaps from 1 on, got ${gap}; fetch the patch again`)
    last += gap
    return last
  })
}
