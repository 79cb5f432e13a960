// Every verb of the office, in the order in which an administrator meets them.
import { importVerb } from './import.ts'
import { importsVerb, undoVerb } from './imports.ts'
import { sampleVerb } from './sample.ts'
import type { Verb } from './verb.ts'

export const VERBS: readonly Verb[] = [sampleVerb, importVerb, importsVerb, undoVerb]
