// The longest common subsequence of two lists: what two versions share, in order. Textbook dynamic programming with
// the common head and tail cut off first (Myers 1986 names both steps); lists here are the words of one clause.

/** Cells of the table over which the lists are called different as a whole: a tap must not wait for a diff (P7). */
export const MAX_CELLS = 1_000_000

/** Pairs of positions [left, right] of equal items, ascending in both. */
export function longestCommon<T>(left: readonly T[], right: readonly T[]): [number, number][] {
  const pairs: [number, number][] = []
  let head = 0
  while (head < left.length && head < right.length && left[head] === right[head]) {
    pairs.push([head, head])
    head++
  }
  let tail = 0
  while (tail < left.length - head && tail < right.length - head && left.at(-1 - tail) === right.at(-1 - tail)) tail++
  const middle = commonMiddle(left.slice(head, left.length - tail), right.slice(head, right.length - tail))
  for (const [a, b] of middle) pairs.push([a + head, b + head])
  for (let at = tail; at > 0; at--) pairs.push([left.length - at, right.length - at])
  return pairs
}

function commonMiddle<T>(left: readonly T[], right: readonly T[]): [number, number][] {
  const width = right.length + 1
  if (left.length * right.length > MAX_CELLS) return []
  // lengths[a * width + b]: longest common subsequence of left from a on and right from b on.
  const lengths = new Uint32Array((left.length + 1) * width)
  const length = (a: number, b: number): number => lengths[a * width + b] ?? 0
  for (let a = left.length - 1; a >= 0; a--)
    for (let b = right.length - 1; b >= 0; b--)
      lengths[a * width + b] =
        left[a] === right[b] ? length(a + 1, b + 1) + 1 : Math.max(length(a + 1, b), length(a, b + 1))
  const pairs: [number, number][] = []
  let [a, b] = [0, 0]
  while (a < left.length && b < right.length) {
    if (left[a] === right[b]) pairs.push([a++, b++])
    else if (length(a + 1, b) >= length(a, b + 1)) a++
    else b++
  }
  return pairs
}
