// Query codes: five words out of 2,048, so 55 random bits that an old villager can write down, say and find again.

/** Words in the list, a power of two: eleven bits choose one without bias. */
export const CODE_LIST_WORDS = 2_048
export const CODE_WORDS = 5
/** Two random bytes a word. */
export const CODE_RANDOM_BYTES = CODE_WORDS * 2

/** A word of `assets/words.json` with its toneless pinyin: ['稻谷', 'dao gu']. */
export type CodeWord = readonly [word: string, pinyin: string]

/** The code that random bytes stand for. Errors: another length of bytes or list is a mistake of ours. */
export function queryCodeOf(random: Uint8Array, words: readonly CodeWord[]): string {
  if (random.length !== CODE_RANDOM_BYTES || words.length !== CODE_LIST_WORDS)
    throw new Error(
      `Expected ${CODE_RANDOM_BYTES} random bytes and ${CODE_LIST_WORDS} words, got ${random.length} and ${words.length}`,
    )
  const view = new DataView(random.buffer, random.byteOffset, random.byteLength)
  const chosen = Array.from({ length: CODE_WORDS }, (_, index) => words[view.getUint16(index * 2) % CODE_LIST_WORDS])
  return joinCode(chosen.map((word) => word?.[0] ?? ''))
}

/** As it is sealed and as Argon2id takes it. */
export function joinCode(words: readonly string[]): string {
  return words.join('-')
}

export function codeWords(code: string): string[] {
  return code.split('-')
}

/** Initials of a word's syllables: 'dao gu' → 'dg'. */
export function initialsOf([, pinyin]: CodeWord): string {
  return pinyin
    .split(' ')
    .map((syllable) => syllable[0] ?? '')
    .join('')
}

/** Words whose initials begin with what has been tapped so far, in the list's order. */
export function wordsBy(initials: string, words: readonly CodeWord[]): string[] {
  return words.filter((word) => initialsOf(word).startsWith(initials)).map(([word]) => word)
}

/** Letters that still lead to a word after the ones tapped so far. */
export function lettersAfter(initials: string, words: readonly CodeWord[]): Set<string> {
  const next = words.map(initialsOf).filter((own) => own.startsWith(initials))
  return new Set(next.map((own) => own[initials.length] ?? '').filter((letter) => letter !== ''))
}
