// Village groups in the order a villager counts them.

/** By their number ('第3组' before '第12组'), then by text; those without a group come last. */
export function compareGroups(a: string, b: string): number {
  if (a === '' || b === '') return a === b ? 0 : a === '' ? 1 : -1
  const [left, right] = [numberIn(a), numberIn(b)]
  if (left !== right) return left - right
  return a < b ? -1 : a > b ? 1 : 0
}

function numberIn(group: string): number {
  const digits = /\d+/.exec(group)
  return digits === null ? Number.MAX_SAFE_INTEGER : Number(digits[0])
}
