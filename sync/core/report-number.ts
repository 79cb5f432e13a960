// Receipt numbers: 10 random characters of Crockford's base 32 (no I, L, O, U: none looks like another) and one check
// character after ISO/IEC 7064's hybrid system MOD M+1,M, here with M = 32, so that the check needs no odd symbols. It
// finds every single mistaken character. A number says nothing: 50 random bits, no place, no day, no kind of message.

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const M = ALPHABET.length
/** Characters before the check character. */
const PAYLOAD = 10
/** Random bytes that one number takes. */
export const RECEIPT_RANDOM_BYTES = PAYLOAD

/** A receipt number from random bytes: five bits of each, so that every character is equally likely. */
export function receiptNumberOf(random: Uint8Array): string {
  if (random.length !== RECEIPT_RANDOM_BYTES)
    throw new Error(`Expected ${RECEIPT_RANDOM_BYTES} random bytes for a receipt number, got ${random.length}`)
  const payload = Array.from(random, (byte) => ALPHABET[byte % M] ?? '').join('')
  return payload + checkCharacter(payload)
}

/** Whether a text is a whole receipt number with the right check character; spaces and hyphens are for the eye. */
export function isReceiptNumber(text: string): boolean {
  const number = plainReceiptNumber(text)
  if (number.length !== PAYLOAD + 1 || [...number].some((character) => !ALPHABET.includes(character))) return false
  return checkCharacter(number.slice(0, PAYLOAD)) === number.at(-1)
}

/** As it was meant: capitals, without spaces and hyphens; Crockford reads I and L as 1, O as 0. */
export function plainReceiptNumber(text: string): string {
  return text.toUpperCase().replaceAll(/[\s-]/g, '').replaceAll(/[IL]/g, '1').replaceAll('O', '0')
}

/** For reading and copying: 'K7Q2-9XBA-34D'. */
export function spacedReceiptNumber(number: string): string {
  return (number.match(/.{1,4}/g) ?? []).join('-')
}

/** ISO/IEC 7064, hybrid systems: product starts at M; each character is added mod M (0 counts as M), doubled mod M+1. */
function checkCharacter(payload: string): string {
  let product = M
  for (const character of payload) {
    const sum = (product + ALPHABET.indexOf(character)) % M || M
    product = (sum * 2) % (M + 1)
  }
  return ALPHABET[(M + 1 - product) % M] ?? ''
}
