// Amounts inside plain words are drawn large: 今年每亩 105.00 元. Only figures with two decimals are amounts there.

export interface Part {
  /** Where it begins in the sentence. */
  start: number
  text: string
  amount: boolean
}

export function amountsIn(text: string): Part[] {
  let start = 0
  const parts = text.split(/(?<![\d.])(\d{1,3}(?:,\d{3})+\.\d{2}|\d+\.\d{2})(?!\d)/).map((part, at) => {
    const from = start
    start += part.length
    return { start: from, text: part, amount: at % 2 === 1 }
  })
  return parts.filter((part) => part.text !== '')
}
