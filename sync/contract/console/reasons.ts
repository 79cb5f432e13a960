// Reasons of an import as data: a code with its parameters, said in Chinese or English at the place where somebody reads it.
// Nothing compares sentences; whoever must tell one reason from another compares codes.
import { z } from 'zod'
import { CELL_REASONS } from './cell-reasons.ts'
import { FILE_NOTES } from './file-notes.ts'
import { FILE_REASONS } from './file-reasons.ts'

const SAYINGS = { ...CELL_REASONS, ...FILE_REASONS, ...FILE_NOTES }
export type ReasonCode = keyof typeof SAYINGS
export type Language = 'zh' | 'en'

const CODES = Object.keys(SAYINGS) as [ReasonCode, ...ReasonCode[]]
export const reasonSchema = z.object({
  code: z.enum(CODES),
  /** What stands in the sentence's {braces}. */
  with: z.record(z.string(), z.string()),
})
export type Reason = z.infer<typeof reasonSchema>

type Named<Text> = Text extends `${string}{${infer Name}}${infer Rest}` ? Name | Named<Rest> : never
/** The names in braces of either sentence. */
type Parameters<Code extends ReasonCode> = Named<(typeof SAYINGS)[Code]['zh'] | (typeof SAYINGS)[Code]['en']>
type Given<Code extends ReasonCode> = [Parameters<Code>] extends [never]
  ? []
  : [given: { readonly [Name in Parameters<Code>]: string | number }]

/** Characters of a found value that a sentence repeats. */
const MOST_GOT = 40

/** A reason with all that its sentences name. A found value (`got`) is cut: a cell may hold a whole page. */
export function reasonOf<Code extends ReasonCode>(code: Code, ...[given]: Given<Code>): Reason {
  const words: Record<string, string> = {}
  for (const [name, value] of Object.entries<string | number>(given ?? {}))
    words[name] = name === 'got' ? clip(String(value)) : String(value)
  return { code, with: words }
}

export function sayReason(reason: Reason, language: Language): string {
  // In one pass: a value with braces of its own is not looked into.
  return SAYINGS[reason.code][language].replace(/\{(\w+)\}/g, (_, name: string) => reason.with[name] ?? '')
}

/** Reasons that refuse something: each says what was expected, what was found, and what to do. */
export const REFUSING_CODES: readonly ReasonCode[] = CODES.filter((code) => !Object.hasOwn(FILE_NOTES, code))

function clip(text: string): string {
  return text.length > MOST_GOT ? `${text.slice(0, MOST_GOT)}…` : text
}
