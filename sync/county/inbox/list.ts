// The inspectors' list of keys as the office serves it: held against the county's root before it is put out, never
// lowered, and no word of it can be changed here (P4).

import { SunhallError } from '../../contract/errors.ts'
import type { PublicKey } from '../../publish/tuf.ts'
import { type KeyList, listFilesIn, putList, readKeyList } from '../keys/inspectors-list.ts'
import { namedKeys, rootTextIn } from '../keys/named.ts'
import type { Office } from '../office.ts'

/** The list that terminals get now; null before the first. Errors: E-KEYS. */
export function servedList(office: Office): KeyList | null {
  const files = listFilesIn(office.dist)
  return files === null ? null : readKeyList(files, inspectorsKey(office))
}

/** Takes a list from the inspectors' `public` folder. Errors: E-INPUT, E-KEYS, E-NUMBER for one that isn't newer. */
export function takeList(office: Office, from: string): KeyList {
  const files = listFilesIn(from)
  if (files === null)
    throw new SunhallError(
      'E-INPUT',
      `Expected the inspectors' public folder, got ${from} without metadata/inspectors.json`,
    )
  const list = readKeyList(files, inspectorsKey(office))
  const served = countedList(office)
  if (served !== null && served.version >= list.version)
    throw new SunhallError('E-NUMBER', `Expected a list newer than version ${served.version}, got ${list.version}`)
  putList(files, office.dist)
  return list
}

/** The list whose version counts: one by a key that the root has withdrawn doesn't, as no terminal counts it either. */
function countedList(office: Office): KeyList | null {
  try {
    return servedList(office)
  } catch {
    return null
  }
}

function inspectorsKey(office: Office): PublicKey {
  const { inspectors } = namedKeys(rootTextIn(office.folder))
  if (inspectors !== null) return inspectors
  throw new SunhallError(
    'E-KEYS',
    'Expected the inspectors\' key in the county\'s root, found none; name it with "county keys add inspectors --public HEX"',
  )
}
