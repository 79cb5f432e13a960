// Takes back a mistake that is public, and publishes an earlier state again: both are drafts like any other, that a second
// person looks at. The books are changed only once their release is public.
import { SunhallError } from '../../contract/errors.ts'
import { beginTransaction } from '../database/books.ts'
import { takeBack } from '../import/undo.ts'
import type { Office } from '../office.ts'
import { listReleases } from '../release/publish-office.ts'
import { publishedRelease } from '../release/published.ts'
import type { Draft, Person } from './draft.ts'
import { firstHeldBy, importsOf, stateOf } from './imports.ts'
import { type Progress, propose } from './propose.ts'

export interface Withdrawal {
  release: number
  /** Imports that were wrong; none: all that the release was the first to hold. */
  imports: readonly number[]
  why: string
}

/** Proposes a release without some imports. Errors: E-INPUT, E-STATE for a release or import that isn't public. */
export async function proposeWithdrawal(
  office: Office,
  { release, imports, why }: Withdrawal,
  by: Person,
  now: Date,
  progress?: Progress,
): Promise<Draft> {
  if (why.trim() === '') throw new SunhallError('E-INPUT', 'Expected --why WORDS, got none; say what was wrong')
  const last = publishedRelease(office.dist)?.record.number ?? 0
  if (release < 1 || release > last)
    throw new SunhallError('E-INPUT', `Expected a release from 1 to ${last}, got ${release}; see "releases"`)
  const wrong = imports.length > 0 ? [...imports] : await firstHeldBy(office, release)
  const trail = await importsOf(office, wrong)
  const strange = wrong.find((id) => id === 0 || (trail.find((one) => one.id === id)?.release ?? null) === null)
  if (wrong.length === 0 || strange !== undefined)
    throw new SunhallError(
      'E-STATE',
      `Expected imports that a release holds, got ${strange ?? 'none'}; name them with --imports, see "imports"`,
    )
  await requireLoose(office, wrong, now)
  const first = Math.min(...trail.map((one) => one.release ?? last))
  const withdraws = Array.from({ length: last - first + 1 }, (_, at) => first + at)
  const selection = { without: wrong, todaysRules: false }
  return propose(office, by, now, { kind: 'withdrawal', selection, withdraws, why }, progress)
}

/** Proposes the state behind an earlier release under today's rules. Errors: E-INPUT, E-STATE where its imports are gone. */
export async function proposeAgain(
  office: Office,
  release: number,
  by: Person,
  now: Date,
  progress?: Progress,
): Promise<Draft> {
  if (!(await listReleases(office)).some(({ number }) => number === release))
    throw new SunhallError('E-INPUT', `Expected the number of a release, got ${release}; see "releases"`)
  const { gone, later } = await stateOf(office, release)
  if (gone.length > 0)
    throw new SunhallError(
      'E-STATE',
      `Expected the imports of release ${release} in the office, got ${gone.join(', ')} taken back; import those files again first`,
    )
  const selection = { without: later, todaysRules: true }
  const why = `release ${release}`
  return propose(office, by, now, { kind: 'republish', selection, withdraws: [], why }, progress)
}

/** Tries the taking back, and undoes it: rows of other imports that hang on it would fall out without a word. Errors: E-STATE. */
async function requireLoose(office: Office, imports: readonly number[], now: Date): Promise<void> {
  const all = await beginTransaction(await office.books())
  try {
    for (const id of imports.toSorted((a, b) => b - a)) await takeBack(all, id, now)
  } finally {
    await all.rollback().execute()
  }
}
