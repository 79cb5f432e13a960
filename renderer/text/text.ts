// Looks up a phrase and fills in its placeholders. Pure; the language is an argument.
import { en, type TextKey, zh } from './catalogue.ts'

export type Language = 'zh' | 'en'
export type TextValues = Readonly<Record<string, string | number>>

/** `text('hall.issue', { number: 47 })` → '第 47 期发布'. A placeholder without a value stays visible, so that a test sees it. */
export interface Text {
  (key: TextKey, values?: TextValues): string
  readonly language: Language
}

/** The words of one language. */
export function createText(language: Language): Text {
  const words: Record<TextKey, string> = language === 'en' ? en : zh
  const look = (key: TextKey, values: TextValues = {}): string => fill(words[key], values)
  return Object.assign(look, { language })
}

/** Fills `{name}` placeholders. */
export function fill(phrase: string, values: TextValues): string {
  return phrase.replaceAll(/\{(\w+)\}/g, (whole, name: string) => {
    const value = values[name]
    return value === undefined ? whole : String(value)
  })
}

/** Names of the placeholders of a phrase, sorted: both languages must have the same. */
export function placeholders(phrase: string): string[] {
  return [...phrase.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '').sort()
}
