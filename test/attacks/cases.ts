// All cases of conformance: those of the public suite, in its order, and those of the specification that it leaves out.
import type { ConformanceCase } from './case.ts'
import { BASIC } from './cases-basic.ts'
import { DELEGATION } from './cases-delegation.ts'
import { DOWNLOAD } from './cases-download.ts'
import { EXPIRY } from './cases-expiry.ts'
import { KEYS } from './cases-keys.ts'
import { MORE } from './cases-more.ts'
import { ROLLBACK } from './cases-rollback.ts'
import { ROTATION } from './cases-rotation.ts'

export const CASES: readonly ConformanceCase[] = [
  ...BASIC,
  ...EXPIRY,
  ...DOWNLOAD,
  ...KEYS,
  ...ROLLBACK,
  ...DELEGATION,
  ...ROTATION,
  ...MORE,
]
