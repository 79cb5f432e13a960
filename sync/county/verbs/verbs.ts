// Every verb of the office, in the order in which an administrator meets them.
import { checkVerb } from './check.ts'
import { importVerb } from './import.ts'
import { importsVerb, undoVerb } from './imports.ts'
import { keysVerb } from './keys.ts'
import { matchVerb } from './match.ts'
import { publishVerb, releasesVerb } from './publish.ts'
import { pushVerb } from './push.ts'
import { releaseVerb } from './release.ts'
import { sampleVerb } from './sample.ts'
import { serveVerb } from './serve.ts'
import { statusVerb, verifyVerb } from './status.ts'
import { terminalsVerb } from './terminals.ts'
import { usersVerb } from './users.ts'
import type { Verb } from './verb.ts'

export const VERBS: readonly Verb[] = [
  sampleVerb,
  importVerb,
  importsVerb,
  undoVerb,
  checkVerb,
  publishVerb,
  releaseVerb,
  serveVerb,
  pushVerb,
  statusVerb,
  releasesVerb,
  verifyVerb,
  keysVerb,
  terminalsVerb,
  matchVerb,
  usersVerb,
]
