// Every verb of the office, in the order in which an administrator meets them.

import { approveVerb } from './approve.ts'
import { auditVerb } from './audit.ts'
import { checkVerb } from './check.ts'
import { diffVerb, draftVerb } from './draft.ts'
import { exportVerb } from './export.ts'
import { importVerb } from './import.ts'
import { importsVerb, undoVerb } from './imports.ts'
import { inboxVerb } from './inbox.ts'
import { keysVerb } from './keys.ts'
import { matchVerb } from './match.ts'
import { picturesVerb } from './pictures.ts'
import { publishVerb } from './publish.ts'
import { pushVerb } from './push.ts'
import { releaseVerb } from './release.ts'
import { releasesVerb } from './releases.ts'
import { sampleVerb } from './sample.ts'
import { serveVerb } from './serve.ts'
import { statusVerb, verifyVerb } from './status.ts'
import { terminalsVerb } from './terminals.ts'
import { usersVerb } from './users.ts'
import type { Verb } from './verb.ts'
import { republishVerb, withdrawVerb } from './withdraw.ts'

export const VERBS: readonly Verb[] = [
  sampleVerb,
  importVerb,
  importsVerb,
  undoVerb,
  checkVerb,
  picturesVerb,
  draftVerb,
  diffVerb,
  approveVerb,
  publishVerb,
  withdrawVerb,
  republishVerb,
  releaseVerb,
  serveVerb,
  pushVerb,
  statusVerb,
  releasesVerb,
  verifyVerb,
  keysVerb,
  inboxVerb,
  terminalsVerb,
  matchVerb,
  usersVerb,
  exportVerb,
  auditVerb,
]
