// Bitmaps as hex text: digit i holds bits 4i to 4i+3, lowest first ('1' is bit 0, 'a' is bits 1 and 3); no trailing
// zeros, '' is empty. A bit that is added later only appends, so that older text stays as it was.
import { SunhallError } from '../contract/errors.ts'

/** Bitmap with these bits set; any order, repeats allowed. */
export function bitmapOf(bits: Iterable<number>): string {
  const digits: number[] = []
  for (const bit of bits) {
    const at = bit >>> 2
    while (digits.length <= at) digits.push(0)
    digits[at] = (digits[at] ?? 0) | (1 << (bit & 3))
  }
  return digits.map((digit) => digit.toString(16)).join('')
}

/** Bits set, ascending. Errors: E-FORMAT for anything but lower-case hex. */
export function bitsOf(bitmap: string): number[] {
  const bits: number[] = []
  for (let at = 0; at < bitmap.length; at++) {
    const digit = digitAt(bitmap, at)
    for (let bit = 0; bit < 4; bit++) if (digit & (1 << bit)) bits.push(4 * at + bit)
  }
  return bits
}

/** True if that bit is set. */
export function hasBit(bitmap: string, bit: number): boolean {
  const at = bit >>> 2
  return at < bitmap.length && (digitAt(bitmap, at) & (1 << (bit & 3))) !== 0
}

/** Bits set in any of them: a household's blocks from its members'. */
export function uniteBitmaps(bitmaps: Iterable<string>): string {
  const bits = new Set<number>()
  for (const bitmap of bitmaps) for (const bit of bitsOf(bitmap)) bits.add(bit)
  return bitmapOf(bits)
}

function digitAt(bitmap: string, at: number): number {
  const digit = '0123456789abcdef'.indexOf(bitmap.charAt(at))
  if (digit >= 0) return digit
  throw new SunhallError('E-FORMAT', `Expected lower-case hex in a bitmap, got "${bitmap.charAt(at)}" at ${at}`)
}
