// What a verb of the office's command line is, and what it is given.
import type { ParseArgsOptionDescriptor } from 'node:util'
import type { Office } from '../office.ts'

export type OptionValues = { readonly [name: string]: string | boolean | (string | boolean)[] | undefined }

export interface VerbContext {
  office: Office
  positionals: readonly string[]
  values: OptionValues
  now: Date
  json: boolean
  /** For people: standard output, left out with --json. */
  say(line: string): void
  /** Standard error, always. */
  warn(line: string): void
}

export interface Verb {
  name: string
  /** 'import <table> <file> [--map heading=field …]' */
  usage: string
  summary: string
  example: string
  /** Each option with one line of help. */
  options: { readonly [name: string]: ParseArgsOptionDescriptor & { help: string } }
  positionals: { min: number; max: number }
  /** Returns the one JSON object that --json prints last. `ok: false` in it exits 1. */
  run(context: VerbContext): Promise<{ [key: string]: unknown }>
}

export function textOption(values: OptionValues, name: string): string | null {
  const value = values[name]
  return typeof value === 'string' ? value : null
}

export function textOptions(values: OptionValues, name: string): string[] {
  const value = values[name]
  return Array.isArray(value) ? value.filter((part) => typeof part === 'string') : []
}
