// Finds masked payees' names in texts. Names of two characters are looked for in the county's own texts but not in
// clauses of statutes, where such pairs are ordinary words.

const SHORT = 2

export class NameFinder {
  readonly #names = new Set<string>()
  readonly #starts = new Set<string>()
  readonly #lengths = new Set<number>()

  constructor(names: Iterable<string>) {
    for (const name of names) {
      const text = bare(name)
      if (text.length < SHORT) continue
      this.#names.add(text)
      this.#starts.add(text[0] ?? '')
      this.#lengths.add(text.length)
    }
  }

  /** Where in the text a masked payee's name begins; -1 when nowhere. `shortest` leaves out shorter names. */
  find(written: string, shortest: number): number {
    const text = bare(written)
    for (let at = 0; at < text.length; at += 1) {
      if (!this.#starts.has(text[at] ?? '')) continue
      for (const length of this.#lengths) {
        if (length >= shortest && this.#names.has(text.slice(at, at + length))) return at
      }
    }
    return -1
  }
}

/** '杨 小　明' is 杨小明, and 阿•依木 is 阿·依木, whichever of the middle dots was typed; a line break parts two texts. */
function bare(text: string): string {
  return text.replace(/[ \u3000\u00a0\u2000-\u200a\p{Cf}·•・‧∙⋅･]+/gu, '')
}
