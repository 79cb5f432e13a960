// The verified nodes of one release out of the disk: a township's are checked against the dataset nodes in the county's,
// those against the root that the record signs (P2). A question needs one village's node and hashes the way to it only;
// the scrub and the engine take a part whole.
import { SunhallError } from '../contract/errors.ts'
import type { ReleaseRecord } from '../contract/release.ts'
import type { Hash, PlaceCode } from '../contract/rows.ts'
import { COUNTY, type Dataset, type VillageNode } from '../contract/tree.ts'
import { type NodeRef, partRefs, rootRef, type VerifiedNodes, verifyNodes } from '../core/tree.ts'
import { refsOf } from '../core/tree-nodes.ts'
import { homesAt, homesOf } from './bundles.ts'
import { type Database, partKey } from './database.ts'
import { sha256 } from './hash.ts'
import type { Damage } from './interface.ts'
import { createNodePath, placeTest } from './node-path.ts'

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
  /** All of a part's nodes; null where not stored. Errors: DamageError. A failed read is tried anew next time. */
  part(code: PlaceCode): Promise<VerifiedNodes | null>
  /** One village's node of a part that is shown, '' for the part's own; null where the tree has none. Errors: as above. */
  village(dataset: Dataset, code: PlaceCode, village: PlaceCode | ''): Promise<VillageNode | null>
  /** Where a part's blocks lie; none where the part isn't stored. */
  homes(code: PlaceCode): Promise<ReadonlyMap<Hash, number>>
  /** Where the blocks of one village lie, in the order of its leaves. */
  homesOfVillage(node: VillageNode): Promise<readonly number[]>
  /** Gets a part off the disk before anybody asks for it. */
  warm(code: PlaceCode): void
  /** What is stored of a part has changed: it is read anew. */
  forget(code: PlaceCode): void
}

export function createNodeShelf(database: Database, record: ReleaseRecord): NodeShelf {
  const path = createNodePath(sha256)
  const stored = keeping(async (code) => (await database.parts.get(partKey(record.root, code))) ?? null)
  const texts = keeping(async (code) => textsIn((await stored.get(code)) ?? undefined))
  const homes = keeping(async (code) => {
    const part = await stored.get(code)
    return part === null ? null : homesOf({ ...part, nodes: textsIn(part) ?? [] })
  })
  const whole = keeping(readWhole)

  async function readWhole(code: PlaceCode): Promise<VerifiedNodes | null> {
    const nodes = await texts.get(code)
    if (nodes === null) return null
    const trusted = code === COUNTY ? [rootRef(record)] : await ofCounty(code)
    if (trusted === null) return null
    const verified = await verify(nodes, trusted).catch((cause: unknown) => damaged(code, cause))
    const own = (part: PlaceCode): boolean => code !== COUNTY || part === '' || part === COUNTY
    return verified.open.some((ref) => own(ref.part)) ? damaged(code) : verified
  }
  async function verify(nodes: readonly string[], trusted: readonly NodeRef[]): Promise<VerifiedNodes> {
    return verifyNodes(nodes, trusted, sha256)
  }
  function forget(code: PlaceCode): void {
    for (const each of [stored, texts, homes]) each.drop(code)
  }
  function damaged(code: PlaceCode, cause?: unknown): never {
    forget(code)
    throw new DamageError({ root: record.root, part: code, hash: null }, { cause })
  }
  async function ofCounty(code: PlaceCode) {
    const county = await whole.get(COUNTY)
    return county === null ? null : partRefs(county, code)
  }
  /** The children of a node that lies with part `code`. */
  async function childrenOf(code: PlaceCode, nodes: readonly string[], ref: NodeRef): Promise<NodeRef[]> {
    return refsOf(await path.node(nodes, ref).catch((cause: unknown) => damaged(code, cause)))
  }
  async function village(dataset: Dataset, code: PlaceCode, place: PlaceCode | ''): Promise<VillageNode | null> {
    const [county, own] = await Promise.all([texts.get(COUNTY), texts.get(code)])
    // Asked for what is shown only: a part that is gone is damage, not a township without data (P10).
    if (county === null) return damaged(COUNTY)
    if (own === null) return damaged(code)
    const datasets = await childrenOf(COUNTY, county, rootRef(record))
    const inDataset = datasets.find((ref) => ref.dataset === dataset)
    if (inDataset === undefined) return null
    const inPart = (await childrenOf(COUNTY, county, inDataset)).find((ref) => ref.part === code)
    if (inPart === undefined) return null
    const wanted = (await childrenOf(code, own, inPart)).find((ref) => ref.village === place)
    if (wanted === undefined) return null
    const found = await path.node(own, wanted).catch((cause: unknown) => damaged(code, cause))
    return found.level === 'village' ? found.node : null
  }
  async function homesOfVillage({ dataset, part, village }: VillageNode): Promise<readonly number[]> {
    const own = await stored.get(part)
    return own === null ? [] : homesAt(own, placeTest({ level: 'village', dataset, part, village }))
  }
  return {
    part: whole.get,
    homesOfVillage,
    village,
    homes: async (code) => (await homes.get(code)) ?? new Map(),
    warm: (code) => void texts.get(code).catch(() => undefined),
    forget,
  }
}

/** What isn't a list of texts any more counts as no texts at all, and so as damage. */
export function textsIn(stored: { nodes: unknown } | undefined): string[] | null {
  if (stored === undefined) return null
  const { nodes } = stored
  return Array.isArray(nodes) ? nodes.filter((text) => typeof text === 'string') : []
}

interface Keeping<T> {
  get(code: PlaceCode): Promise<T | null>
  drop(code: PlaceCode): void
}

/** Reads each part once; what failed, or wasn't there, is read anew. */
function keeping<T>(read: (code: PlaceCode) => Promise<T | null>): Keeping<T> {
  const kept = new Map<PlaceCode, Promise<T | null>>()
  return {
    get(code) {
      const known = kept.get(code)
      if (known !== undefined) return known
      const reading = read(code)
      kept.set(code, reading)
      const forget = (): void => {
        if (kept.get(code) === reading) kept.delete(code)
      }
      reading.then((found) => found === null && forget(), forget)
      return reading
    },
    drop: (code) => void kept.delete(code),
  }
}
