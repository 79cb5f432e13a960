// A block's text cut into its columns' forms without reading them: most are left as they are, whether one row is looked
// up or one column written anew (docs/format.md, "Block").

const [QUOTE, COMMA, OPEN, BACKSLASH, CLOSE] = [0x22, 0x2c, 0x5b, 0x5c, 0x5d]
const [OPEN_OBJECT, CLOSE_OBJECT] = [0x7b, 0x7d]

export interface FormTexts {
  kind: string
  rows: number
  /** JSON of each column's form, as it stands in the block; looked into by whoever reads it. */
  forms: string[]
}

/** Null where the text isn't `["kind",rows,[form,…]]`. */
export function formTexts(text: string): FormTexts | null {
  const start = /^\["([a-z-]+)",(0|[1-9][0-9]{0,8}),\[/.exec(text)
  if (start === null || !text.endsWith(']]')) return null
  const forms: string[] = []
  let from = start[0].length
  const end = text.length - 2
  let depth = 0
  for (let at = from; at < end; at++) {
    const unit = text.charCodeAt(at)
    if (unit === QUOTE) {
      at = closingQuote(text, at)
      if (at < 0) return null
    } else if (unit === OPEN || unit === OPEN_OBJECT) depth++
    else if (unit === CLOSE || unit === CLOSE_OBJECT) depth--
    else if (unit === COMMA && depth === 0) {
      forms.push(text.slice(from, at))
      from = at + 1
    }
    if (depth < 0) return null
  }
  if (depth !== 0) return null
  forms.push(text.slice(from, end))
  return { kind: start[1] ?? '', rows: Number(start[2]), forms }
}

/** Place of the quote that ends the text which begins at `open`; -1 where none does. */
function closingQuote(text: string, open: number): number {
  let at = text.indexOf('"', open + 1)
  while (at >= 0 && isEscaped(text, at)) at = text.indexOf('"', at + 1)
  return at
}

function isEscaped(text: string, at: number): boolean {
  let slashes = 0
  while (text.charCodeAt(at - 1 - slashes) === BACKSLASH) slashes++
  return slashes % 2 === 1
}
