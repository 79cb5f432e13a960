// Amounts inside plain words are drawn large: 今年每亩 105.00 元. Only figures with two decimals are amounts there.

export interface Part {
  text: string
  amount: boolean
}

export function amountsIn(text: string): Part[] {
  return text
    .split(/(?<![\d.])(\d{1,3}(?:,\d{3})+\.\d{2}|\d+\.\d{2})(?!\d)/)
    .map((part, at) => ({ text: part, amount: at % 2 === 1 }))
    .filter((part) => part.text !== '')
}
