// Which characters of the published texts the shipped fonts lack: read from the unicode ranges of the font packages.

import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { BuiltBlock } from './prove.ts'

const FONTS = ['@fontsource/noto-sans-sc', '@fontsource/noto-serif-sc']

/** Characters, sorted, that stand in a block and not in every font. Control characters and spaces don't count. */
export function missingCharacters(blocks: Iterable<BuiltBlock>, fonts: readonly string[] = FONTS): string[] {
  const used = usedCharacters(blocks)
  const covers = fonts.map(coverOf)
  return [...used]
    .filter((code) => !covers.every((cover) => cover.has(code)))
    .sort((a, b) => a - b)
    .map((code) => String.fromCodePoint(code))
}

function usedCharacters(blocks: Iterable<BuiltBlock>): Set<number> {
  const seen = new Uint8Array(0x110000)
  const decoder = new TextDecoder()
  for (const { bytes } of blocks) {
    const text = decoder.decode(bytes)
    for (let at = 0; at < text.length; at++) {
      const code = text.codePointAt(at) ?? 0
      if (code < 0x80) continue
      seen[code] = 1
      if (code > 0xffff) at++
    }
  }
  const used = new Set<number>()
  for (let code = 0xa1; code < seen.length; code++) if (seen[code] === 1 && !isInvisible(code)) used.add(code)
  return used
}

function isInvisible(code: number): boolean {
  return /[\p{Z}\p{Cc}\p{Cf}\p{Mn}\p{Cs}]/u.test(String.fromCodePoint(code))
}

/** Code points a font has glyphs for, by its package's `unicode.json`: 'U+4e00-4e05,U+4e07' by subset. */
function coverOf(font: string): Set<number> {
  const file = createRequire(import.meta.url).resolve(`${font}/unicode.json`)
  const subsets: Record<string, string> = JSON.parse(readFileSync(file, 'utf8'))
  const cover = new Set<number>()
  for (const range of Object.values(subsets).flatMap((ranges) => ranges.split(','))) {
    const [from = '', to = from] = range.trim().replace(/^U\+/i, '').split('-')
    for (let code = Number.parseInt(from, 16); code <= Number.parseInt(to, 16); code++) cover.add(code)
  }
  return cover
}
