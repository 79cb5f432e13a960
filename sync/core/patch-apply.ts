// Goes from one release to another by edits of groups: blocks, then nodes, then the root. The same walk serves whoever
// applies a patch and whoever makes one: the edits come from a source, which reads them out of the patch or finds them.
//
//   payments and the rest ─► edited ─► sums and people's blocks foretold, edited ─► nodes ─► root
//
// Nothing of the base is hashed on the way: a damaged block, like a wrong patch, ends in another root, and the root is
// what the caller holds against the signed one (P1, P2).
import { SunhallError } from '../contract/errors.ts'
import type { Hash, Kind, PlaceCode } from '../contract/rows.ts'
import { type BlockLeaf, COUNTY } from '../contract/tree.ts'
import { foretellBlocks, foretellSums, type Standing, SumChanges } from './derived.ts'
import { Foretold } from './foretold.ts'
import { type Edit, type Entry, Group, isEmpty, movesRows, noEdit } from './group.ts'
import { openBlock } from './open-block.ts'
import { type NodePlace, type PartTexts, PatchedTree } from './patch-nodes.ts'
import { addedUp, type PlaceSums, tellPayments } from './patch-sums.ts'
import type { Hasher } from './tree.ts'

/** A group by its place. */
export interface GroupPlace {
  /** Number of its node among those that the patch names. */
  node: number
  kind: Kind
  period: string
}
/** What becomes of a group: an edit of what was foretold of it, or its blocks. */
export type Change = { edit: Edit } | { whole: readonly Entry[] }
export interface EditSource {
  /** Groups of a node that `change` has something to say about. */
  groups(node: number): readonly GroupPlace[]
  /** Blocks of the group before that `change` will look at or that its edit needs. */
  needs(place: GroupPlace, group: Group): readonly Hash[]
  change(place: GroupPlace, foretold: Foretold): Change
}
export interface PatchBase {
  texts: PartTexts
  /** Bytes of blocks of the release before; what isn't there is left out. */
  read(hashes: readonly Hash[]): Promise<ReadonlyMap<Hash, Uint8Array>>
}
export interface Patched {
  root: Hash
  /** Texts of the nodes of each part that was given, as its pack has them. */
  texts: Map<PlaceCode, string[]>
  /** Blocks that were made or came with the patch. */
  blocks: Map<Hash, Uint8Array<ArrayBuffer>>
}

/** Errors: E-FORMAT for edits that the base can't have, E-MISSING for a base that isn't whole. The caller checks the root. */
export async function applyEdits(
  base: PatchBase,
  nodes: readonly NodePlace[],
  source: EditSource,
  hash: Hasher,
): Promise<Patched> {
  return new Walk(base, nodes, source, hash).run()
}

/** A node on the walk. */
interface Touched {
  node: number
  place: NodePlace
  leaves: readonly BlockLeaf[]
  /** By kind and period: what became of the groups that changed. */
  changed: Map<string, Changed>
}
interface Changed extends Omit<GroupPlace, 'node'> {
  was: readonly BlockLeaf[]
  entries: readonly Entry[]
  /** Each block holds the rows of the one before it, of the same persons. */
  samePersons: boolean
}
interface Asked {
  touched: Touched
  place: GroupPlace
  group: Group
}

class Walk {
  readonly #base: PatchBase
  readonly #source: EditSource
  readonly #hash: Hasher
  readonly #tree: PatchedTree
  readonly #touched: readonly Touched[]
  readonly #bytes = new Map<Hash, Uint8Array>()
  readonly #made = new Map<Hash, Uint8Array<ArrayBuffer>>()
  /** Changes of sums by the part in whose node they lie. */
  readonly #sums = new Map<PlaceCode, PlaceSums>()

  constructor(base: PatchBase, nodes: readonly NodePlace[], source: EditSource, hash: Hasher) {
    this.#base = base
    this.#source = source
    this.#hash = hash
    this.#tree = new PatchedTree(base.texts)
    this.#touched = nodes.map((place, node) => ({ node, place, leaves: this.#tree.blocks(place), changed: new Map() }))
  }

  async run(): Promise<Patched> {
    await this.#plain()
    await this.#people()
    await this.#rollups()
    for (const touched of this.#touched) await this.#writeNode(touched)
    const { root, texts } = await this.#tree.finish(this.#hash)
    return { root, texts, blocks: this.#made }
  }

  /** All groups of which nothing is foretold. */
  async #plain(): Promise<void> {
    const asked = this.#touched.flatMap((touched) =>
      this.#source
        .groups(touched.node)
        .filter(({ kind }) => kind !== 'people' && kind !== 'rollup')
        .map((place): Asked => ({ touched, place, group: this.#group(touched, place.kind, place.period) })),
    )
    await this.#load(asked.flatMap(({ place, group }) => this.#source.needs(place, group)))
    for (const { touched, place, group } of asked) {
      const foretold = new Foretold(group, noEdit())
      const change = this.#source.change(place, foretold)
      keep(touched, place, foretold, change)
      if (place.kind === 'payments') tellPayments(this.#sumsOfVillage(touched.place), group, change)
      group.forget()
    }
  }

  #sumsOfVillage({ part, village }: NodePlace): SumChanges {
    const sums = this.#sumsIn(part).get(village) ?? new SumChanges()
    this.#sumsIn(part).set(village, sums)
    return sums
  }

  async #people(): Promise<void> {
    const asked = this.#touched.flatMap((touched): Asked[] => {
      const paid = [...touched.changed.values()].some(({ kind }) => kind === 'payments')
      if (!paid && !this.#source.groups(touched.node).some(({ kind }) => kind === 'people')) return []
      const place: GroupPlace = { node: touched.node, kind: 'people', period: '' }
      return [{ touched, place, group: this.#group(touched, 'people', '') }]
    })
    await this.#load(asked.flatMap(({ group }) => group.hashes))
    for (const { touched, place, group } of asked) {
      const before = touched.leaves.filter(([kind]) => kind === 'payments')
      this.#foretell(touched, place, group, foretellBlocks(group, standingIn(touched, before), before.length))
    }
  }

  /** Townships first: the county's sums are sums of theirs. */
  async #rollups(): Promise<void> {
    const asked = this.#touched.filter(({ node }) => this.#source.groups(node).some(({ kind }) => kind === 'rollup'))
    const parts = new Set([...this.#sums.keys(), ...asked.map(({ place }) => place.part)])
    parts.delete(COUNTY)
    for (const part of parts) {
      await this.#sumsOf(part, this.#sumsIn(part))
      this.#sumsIn(COUNTY).set(part, addedUp(this.#sumsIn(part).values()))
    }
    const townships = this.#sumsIn(COUNTY)
    await this.#sumsOf(COUNTY, new Map([...townships, [COUNTY, addedUp(townships.values())]]))
  }

  async #sumsOf(part: PlaceCode, changes: PlaceSums): Promise<void> {
    const years = new Set([...changes.values()].flatMap(({ all }) => all.map(({ year }) => String(year))))
    const touched = this.#touched.find(
      ({ place }) => place.dataset === 'funds' && place.part === part && place.village === '',
    )
    if (touched === undefined) {
      if (years.size === 0) return
      throw new SunhallError('E-FORMAT', `Expected the sums of ${part} among the nodes of a patch, got none`)
    }
    for (const { kind, period } of this.#source.groups(touched.node)) if (kind === 'rollup') years.add(period)
    const groups = [...years].sort().map((year) => ({ year, group: this.#group(touched, 'rollup', year) }))
    await this.#load(groups.flatMap(({ group }) => group.hashes))
    for (const { year, group } of groups) {
      const foretold = foretellSums(group, changes, Number(year))
      this.#foretell(touched, { node: touched.node, kind: 'rollup', period: year }, group, foretold)
    }
  }

  #foretell(touched: Touched, place: GroupPlace, group: Group, edit: Edit): void {
    const { kind, period } = place
    const asked = this.#source.groups(touched.node).some((each) => each.kind === kind && each.period === period)
    if (asked || !isEmpty(edit)) {
      const foretold = new Foretold(group, edit)
      keep(touched, place, foretold, asked ? this.#source.change(place, foretold) : { edit: noEdit() })
    }
    group.forget()
  }

  #sumsIn(part: PlaceCode): PlaceSums {
    const known = this.#sums.get(part)
    if (known !== undefined) return known
    const made: PlaceSums = new Map()
    this.#sums.set(part, made)
    return made
  }

  #group({ leaves }: Touched, kind: Kind, period: string): Group {
    const own = leaves.filter((leaf) => leaf[0] === kind && leaf[1] === period)
    return new Group(kind, own, (hash) => this.#bytesOf(hash))
  }

  #bytesOf(hash: Hash): Uint8Array {
    const bytes = this.#bytes.get(hash)
    if (bytes !== undefined) return bytes
    throw new SunhallError('E-MISSING', `Expected block ${hash} of the release before, found none; fetch whole blocks`)
  }

  async #load(hashes: readonly Hash[]): Promise<void> {
    const lacking = [...new Set(hashes)].filter((hash) => !this.#bytes.has(hash))
    if (lacking.length === 0) return
    for (const [hash, bytes] of await this.#base.read(lacking)) this.#bytes.set(hash, bytes)
  }

  async #writeNode(touched: Touched): Promise<void> {
    const blocks = touched.leaves.filter(([kind, period]) => !touched.changed.has(`${kind} ${period}`))
    for (const changed of touched.changed.values()) {
      const leaves = await Promise.all(changed.entries.map((entry, seq) => this.#leaf(changed, seq, entry)))
      blocks.push(...leaves)
    }
    await this.#tree.put(touched.place, blocks.sort(compareLeaves), this.#hash)
  }

  async #leaf({ kind, period, was }: Changed, seq: number, entry: Entry): Promise<BlockLeaf> {
    if (typeof entry === 'number') {
      const leaf = was[entry]
      if (leaf === undefined) throw new SunhallError('E-FORMAT', `Expected a block of ${kind}, got number ${entry}`)
      return [kind, period, seq, leaf[3], leaf[4], leaf[5]]
    }
    const hash = await this.#hash(entry.bytes)
    this.#made.set(hash, entry.bytes)
    return [kind, period, seq, entry.rows, hash, entry.bytes.length]
  }
}

function keep(touched: Touched, { kind, period }: GroupPlace, foretold: Foretold, change: Change): void {
  const entries = 'whole' in change ? change.whole : foretold.apply(change.edit)
  const samePersons = 'edit' in change && !movesRows(change.edit) && !change.edit.cells.has('person')
  touched.changed.set(`${kind} ${period}`, { kind, period, was: foretold.group.leaves, entries, samePersons })
}

/** The village's payments blocks afterwards, in the order of its node. `before`: those that it had. */
function standingIn({ changed }: Touched, before: readonly BlockLeaf[]): Standing[] {
  const ofPayments = [...changed.values()].filter(({ kind }) => kind === 'payments')
  const periods = new Set([...before.map((leaf) => leaf[1]), ...ofPayments.map(({ period }) => period)])
  return [...periods].sort().flatMap((period): Standing[] => {
    const change = changed.get(`payments ${period}`)
    if (change === undefined) return before.flatMap((leaf, at) => (leaf[1] === period ? [at] : []))
    const first = before.findIndex((leaf) => leaf[1] === period)
    return change.entries.map((entry, at) => {
      if (change.samePersons) return first + at
      return typeof entry === 'number' ? first + entry : personsIn(entry.bytes)
    })
  })
}

function personsIn(bytes: Uint8Array): ReadonlySet<number> {
  return new Set(openBlock('payments', bytes).values('person') as readonly number[])
}

/** By kind, period and seq: the order of a node's blocks. */
function compareLeaves(a: BlockLeaf, b: BlockLeaf): number {
  if (a[0] !== b[0]) return a[0] < b[0] ? -1 : 1
  if (a[1] !== b[1]) return a[1] < b[1] ? -1 : 1
  return a[2] - b[2]
}
