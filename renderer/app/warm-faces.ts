// The letters that the screens are written with, read while nobody waits: else the first tap on each screen draws its
// words twice, once before its pieces of the faces are here and once after (P7).

/** Weight and family of every face that ships (`hall/faces.ts`). */
const FACES = ['400 1em "Noto Sans SC"', '700 1em "Noto Sans SC"', '700 1em "Noto Serif SC"'] as const
/** Letters between two pauses: as a rule one piece of a face or none, since neighbours lie in the same. */
const LETTERS = 8

/** Reads the pieces of the faces that these phrases need, some letters at each idle moment of the page. Never fails. */
export async function warmFaces(phrases: readonly string[], page: Window): Promise<void> {
  const letters = [...new Set(phrases.join(''))].sort()
  for (const face of FACES)
    for (let at = 0; at < letters.length; at += LETTERS) {
      await new Promise<void>((done) => page.requestIdleCallback(() => done()))
      // A piece that can't be read now is read when a screen needs it.
      await page.document.fonts.load(face, letters.slice(at, at + LETTERS).join('')).catch(() => undefined)
    }
}
