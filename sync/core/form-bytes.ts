// A block's bytes cut into its columns' forms without reading them: most are left as they are, whether one row is looked
// up or one column written anew (docs/format.md, "Block").

const [QUOTE, COMMA, OPEN, BACKSLASH, CLOSE] = [0x22, 0x2c, 0x5b, 0x5c, 0x5d]
const [OPEN_OBJECT, CLOSE_OBJECT] = [0x7b, 0x7d]
/** Longest beginning: the longest kind, nine digits and what stands between. */
const MOST_HEAD_BYTES = 48

export interface FormBytes {
  kind: string
  rows: number
  /** UTF-8 of each column's form, as it stands in the block: views, looked into by whoever reads them. */
  forms: Uint8Array[]
}

/** Null where the bytes aren't `["kind",rows,[form,…]]`. */
export function formBytes(bytes: Uint8Array): FormBytes | null {
  const head = String.fromCharCode(...bytes.subarray(0, MOST_HEAD_BYTES))
  const start = /^\["([a-z-]+)",(0|[1-9][0-9]{0,8}),\[/.exec(head)
  const end = bytes.length - 2
  if (start === null || bytes[end] !== CLOSE || bytes[end + 1] !== CLOSE) return null
  const forms: Uint8Array[] = []
  let from = start[0].length
  let depth = 0
  for (let at = from; at < end; at++) {
    const byte = bytes[at] as number
    // Most bytes are digits and the commas between them.
    if (byte > COMMA && byte < OPEN) continue
    if (byte === QUOTE) {
      at = closingQuote(bytes, at)
      if (at < 0) return null
    } else if (byte === OPEN || byte === OPEN_OBJECT) depth++
    else if (byte === CLOSE || byte === CLOSE_OBJECT) depth--
    else if (byte === COMMA && depth === 0) {
      forms.push(bytes.subarray(from, at))
      from = at + 1
    }
    if (depth < 0) return null
  }
  if (depth !== 0) return null
  forms.push(bytes.subarray(from, end))
  return { kind: start[1] ?? '', rows: Number(start[2]), forms }
}

/** Place of the quote that ends the text which begins at `open`; -1 where none does. */
function closingQuote(bytes: Uint8Array, open: number): number {
  let at = bytes.indexOf(QUOTE, open + 1)
  while (at >= 0 && isEscaped(bytes, at)) at = bytes.indexOf(QUOTE, at + 1)
  return at
}

function isEscaped(bytes: Uint8Array, at: number): boolean {
  let slashes = 0
  while (bytes[at - 1 - slashes] === BACKSLASH) slashes++
  return slashes % 2 === 1
}
