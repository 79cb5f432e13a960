// What a text is found by: pairs of neighbouring Chinese characters, and whole runs of digits and Latin letters.

const CHINESE = /\p{Script=Han}/u
const WORD = /[0-9a-z]/
const PIECES = /\p{Script=Han}+|[0-9a-z]+/gu

/** One spelling for search: full-width forms to half-width (NFKC), lower case. Used on texts and on what is typed. */
export function normalText(text: string): string {
  return text.normalize('NFKC').toLowerCase()
}

/**
 * Distinct grams of a text in order of appearance: bigrams of Chinese characters (a lone one stands for itself) and
 * runs of digits or Latin letters. A search intersects the postings of its grams and then verifies hits on the text.
 */
export function bigramsOf(text: string): string[] {
  const grams = new Set<string>()
  for (const [piece] of normalText(text).matchAll(PIECES)) {
    if (WORD.test(piece.charAt(0))) grams.add(piece)
    else addPairs([...piece], grams)
  }
  return [...grams]
}

/** True where a text holds anything to search by. */
export function isSearchable(text: string): boolean {
  const normal = normalText(text)
  return CHINESE.test(normal) || WORD.test(normal)
}

function addPairs(characters: readonly string[], grams: Set<string>): void {
  if (characters.length === 1) grams.add(characters.join(''))
  for (let at = 0; at + 1 < characters.length; at++) grams.add(`${characters[at]}${characters[at + 1]}`)
}
