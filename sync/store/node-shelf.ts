// The verified nodes of one release, part by part, out of the disk: a township's are checked against the dataset nodes
// in the county's, those against the root that the record signs (P2).
import { SunhallError } from '../contract/errors.ts'
import type { ReleaseRecord } from '../contract/release.ts'
import type { PlaceCode } from '../contract/rows.ts'
import { COUNTY } from '../contract/tree.ts'
import { type NodeRef, partRefs, rootRef, type VerifiedNodes, verifyNodes } from '../core/tree.ts'
import { type Database, partKey } from './database.ts'
import { sha256 } from './hash.ts'
import type { Damage } from './interface.ts'

/** Thrown where something on disk lost its hash; says which. */
export class DamageError extends SunhallError {
  readonly damage: Damage
  constructor(damage: Damage, options?: { cause?: unknown }) {
    const what = damage.hash === null ? `the nodes of part ${damage.part}` : `block ${damage.hash}`
    super('E-DAMAGED', `Expected ${what} to have its hash on disk, found it damaged; it is fetched again`, options)
    this.name = 'DamageError'
    this.damage = damage
  }
}

export interface NodeShelf {
  /** null where not stored. Errors: DamageError. A failed read is tried anew next time. */
  part(code: PlaceCode): Promise<VerifiedNodes | null>
}

export function createNodeShelf(database: Database, record: ReleaseRecord): NodeShelf {
  const kept = new Map<PlaceCode, Promise<VerifiedNodes | null>>()

  async function read(code: PlaceCode): Promise<VerifiedNodes | null> {
    const stored = await database.parts.get(partKey(record.root, code))
    if (stored === undefined) return null
    const trusted = code === COUNTY ? [rootRef(record)] : await ofCounty(code)
    if (trusted === null) return null
    const verified = await verify(stored.nodes, trusted).catch((cause: unknown) => damaged(code, cause))
    const own = (part: PlaceCode): boolean => code !== COUNTY || part === '' || part === COUNTY
    return verified.open.some((ref) => own(ref.part)) ? damaged(code) : verified
  }
  async function verify(nodes: readonly string[], trusted: readonly NodeRef[]): Promise<VerifiedNodes> {
    return verifyNodes(nodes, trusted, sha256)
  }
  function damaged(code: PlaceCode, cause?: unknown): never {
    throw new DamageError({ root: record.root, part: code, hash: null }, { cause })
  }
  async function ofCounty(code: PlaceCode) {
    const county = await shelf.part(COUNTY)
    return county === null ? null : partRefs(county, code)
  }
  const shelf: NodeShelf = {
    part(code) {
      const known = kept.get(code)
      if (known !== undefined) return known
      const reading = read(code)
      kept.set(code, reading)
      reading.then(
        (found) => found === null && kept.delete(code),
        () => kept.delete(code),
      )
      return reading
    },
  }
  return shelf
}
