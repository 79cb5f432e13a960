// One area of the catalogue: the product's Chinese words beside the maintainers' English, key by key.

export interface Area<K extends string> {
  zh: Record<K, string>
  en: Record<K, string>
}

/** Declares an area. English that lacks a key, or has one too many, is a type error; placeholders are `{name}`. */
export function area<K extends string>(words: { zh: Record<K, string>; en: Record<NoInfer<K>, string> }): Area<K> {
  return words
}
