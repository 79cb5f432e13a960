// What holds of a policy on a day, from its dates. Unknown stays unknown: nothing is guessed from silence (domain.md).
import type { Day, DocumentRow } from '../contract/rows.ts'

export type ValidityOnDay = 'in-force' | 'not-yet' | 'repealed' | 'unknown'
/** The dates that decide. */
export type Dated = Pick<DocumentRow, 'inForce' | 'repealed' | 'made' | 'published' | 'validity' | 'registrationExpiry'>
export type Version = Dated & Pick<DocumentRow, 'work' | 'version'>

/**
 * What held on `day`. A document ends on its day of repeal, and after the expiry of its unified registration. It is in
 * force only where its first day is known and either its end is known to be later or its source says that it is in force.
 */
export function validityOn(document: Dated, day: Day): ValidityOnDay {
  const { inForce, repealed, registrationExpiry } = document
  if (repealed !== null && repealed <= day) return 'repealed'
  if (registrationExpiry !== null && registrationExpiry < day) return 'repealed'
  const earliest = inForce ?? document.published ?? document.made
  if (earliest !== null && day < earliest) return 'not-yet'
  if (inForce === null) return 'unknown'
  return repealed !== null || document.validity === 'in-force' ? 'in-force' : 'unknown'
}

/**
 * The same for one of several versions of a policy: a version whose own end is unknown ended when a later version came
 * into force.
 */
export function validityAmong(document: Version, versions: readonly Version[], day: Day): ValidityOnDay {
  const starts = versions
    .filter((other) => other.work === document.work && other.version > document.version)
    .flatMap((later) => (later.inForce === null ? [] : [later.inForce]))
  const superseded = starts.toSorted()[0]
  if (document.repealed !== null || superseded === undefined) return validityOn(document, day)
  return validityOn({ ...document, repealed: superseded }, day)
}

/**
 * The version of one policy that was in force on a day: the latest that is in force, else the latest that may have been
 * ('unknown'), else null.
 */
export function versionOn<V extends Version>(
  versions: readonly V[],
  day: Day,
): { document: V; validity: 'in-force' | 'unknown' } | null {
  const latest = versions.toSorted((a, b) => b.version - a.version)
  for (const validity of ['in-force', 'unknown'] as const) {
    const document = latest.find((version) => validityAmong(version, versions, day) === validity)
    if (document !== undefined) return { document, validity }
  }
  return null
}
