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
import { foretellBlocks, foretellSums, SumChanges, standAsBefore } from './derived.ts'
import { Foretold } from './foretold.ts'
import { type Edit, type Entry, Group, isEmpty, movesRows, noEdit } from './group.ts'
import { type NodePlace, type PartTexts, PatchedTree } from './patch-nodes.ts'
import { addedUp, type PlaceSums, tellPayments } from './patch-sums.ts'
import { compareLeaves, standingIn, type Touched } from './patch-touched.ts'
import { quiet } from './quiet.ts'
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
  /** Called when all that is likely to be read has been asked for: from then on rows are worked out and the disk is free. */
  allAsked?(): void
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

/** Nodes whose blocks are read at once: enough for the disk, and few enough that work begins soon. */
const NODES_A_ROUND = 16

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
    await Promise.all(this.#touched.map((touched) => this.#writeNode(touched)))
    const { root, texts } = await this.#tree.finish(this.#hash)
    return { root, texts, blocks: this.#made }
  }

  /** All groups of which nothing is foretold. While some villages' are worked out, the next ones' blocks are read. */
  async #plain(): Promise<void> {
    const rounds: Asked[][] = []
    for (let at = 0; at < this.#touched.length; at += NODES_A_ROUND)
      rounds.push(this.#touched.slice(at, at + NODES_A_ROUND).flatMap((touched) => this.#plainGroups(touched)))
    let coming = this.#read(rounds[0])
    for (const [at, round] of rounds.entries()) {
      await coming
      coming = at + 1 < rounds.length ? this.#read(rounds[at + 1]) : this.#readSums(rounds.flat())
      for (const { touched, place, group } of round) {
        const foretold = new Foretold(group, noEdit())
        const change = this.#source.change(place, foretold)
        this.#keep(touched, place, foretold, change)
        if (place.kind === 'payments') tellPayments(this.#sumsOfVillage(touched.place), group, change)
        group.forget()
      }
    }
    await coming
  }

  #plainGroups(touched: Touched): Asked[] {
    const places = this.#source.groups(touched.node).filter(({ kind }) => kind !== 'people' && kind !== 'rollup')
    return places.map((place) => ({ touched, place, group: this.#group(touched, place.kind, place.period) }))
  }

  /** What the edits of these groups need. */
  #read(round: readonly Asked[] = []): Promise<void> {
    return quiet(this.#load(round.flatMap(({ place, group }) => this.#source.needs(place, group))))
  }

  /** Sums of the years whose payments change: a payment lies in a block of its year or month. */
  #readSums(plain: readonly Asked[]): Promise<void> {
    const years = new Map<PlaceCode, Set<string>>([[COUNTY, new Set()]])
    for (const { touched, place } of plain) {
      if (place.kind !== 'payments') continue
      const { part } = touched.place
      const year = place.period.slice(0, 4)
      years.set(part, (years.get(part) ?? new Set()).add(year))
      years.get(COUNTY)?.add(year)
    }
    const asked = [...years].flatMap(([part, of]) => this.#sumGroups(part, of))
    const coming = quiet(this.#load(asked.flatMap(({ group }) => group.hashes)))
    this.#base.allAsked?.()
    return coming
  }

  #sumsOfVillage({ part, village }: NodePlace): SumChanges {
    const sums = this.#sumsIn(part).get(village) ?? new SumChanges()
    this.#sumsIn(part).set(village, sums)
    return sums
  }

  /** Only where persons moved between blocks, or where the patch has something to say about them. */
  async #people(): Promise<void> {
    const asked = this.#touched.flatMap((touched) => {
      const before = touched.leaves.filter(([kind]) => kind === 'payments')
      const standing = standingIn(touched, before)
      const isTold = this.#source.groups(touched.node).some(({ kind }) => kind === 'people')
      if (!isTold && standAsBefore(standing, before.length)) return []
      const place: GroupPlace = { node: touched.node, kind: 'people', period: '' }
      return [{ touched, place, group: this.#group(touched, 'people', ''), standing, before: before.length }]
    })
    await this.#load(asked.flatMap(({ group }) => group.hashes))
    for (const { touched, place, group, standing, before } of asked)
      this.#foretell(touched, place, group, foretellBlocks(group, standing, before))
  }

  /** Townships first: the county's sums are sums of theirs. */
  async #rollups(): Promise<void> {
    const told = this.#touched.filter(({ node }) => this.#source.groups(node).some(({ kind }) => kind === 'rollup'))
    const parts = new Set([...this.#sums.keys(), ...told.map(({ place }) => place.part)])
    parts.delete(COUNTY)
    // The county's years are among its townships': all are read at once.
    const years = new Set([...parts].flatMap((part) => yearsOf(this.#sumsIn(part))))
    const asked = [
      ...this.#sumGroups(COUNTY, years),
      ...[...parts].flatMap((part) => this.#sumGroups(part, yearsOf(this.#sumsIn(part)))),
    ]
    await this.#load(asked.flatMap(({ group }) => group.hashes))
    for (const part of parts) {
      this.#sumsOf(part, this.#sumsIn(part))
      this.#sumsIn(COUNTY).set(part, addedUp(this.#sumsIn(part).values()))
    }
    const townships = this.#sumsIn(COUNTY)
    this.#sumsOf(COUNTY, new Map([...townships, [COUNTY, addedUp(townships.values())]]))
  }

  #sumsOf(part: PlaceCode, changes: PlaceSums): void {
    const years = yearsOf(changes)
    const asked = this.#sumGroups(part, years)
    if (asked.length === 0 && years.length > 0)
      throw new SunhallError('E-FORMAT', `Expected the sums of ${part} among the nodes of a patch, got none`)
    for (const { touched, place, group } of asked)
      this.#foretell(touched, place, group, foretellSums(group, changes, Number(place.period)))
  }

  /** A part's sums of these years and of those that the patch has something to say about. */
  #sumGroups(part: PlaceCode, years: Iterable<string>): Asked[] {
    const touched = this.#touched.find(
      ({ place }) => place.dataset === 'funds' && place.part === part && place.village === '',
    )
    if (touched === undefined) return []
    const told = this.#source.groups(touched.node).filter(({ kind }) => kind === 'rollup')
    const periods = new Set([...years, ...told.map(({ period }) => period)])
    return [...periods].sort().map((period) => {
      const place: GroupPlace = { node: touched.node, kind: 'rollup', period }
      return { touched, place, group: this.#group(touched, 'rollup', period) }
    })
  }

  #foretell(touched: Touched, place: GroupPlace, group: Group, edit: Edit): void {
    const { kind, period } = place
    const asked = this.#source.groups(touched.node).some((each) => each.kind === kind && each.period === period)
    if (asked || !isEmpty(edit)) {
      const foretold = new Foretold(group, edit)
      this.#keep(touched, place, foretold, asked ? this.#source.change(place, foretold) : { edit: noEdit() })
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

  #keep(touched: Touched, { kind, period }: GroupPlace, foretold: Foretold, change: Change): void {
    const entries = 'whole' in change ? change.whole : foretold.apply(change.edit)
    const samePersons = 'edit' in change && !movesRows(change.edit) && !change.edit.cells.has('person')
    const was = foretold.group.leaves
    const leaves = quiet(Promise.all(entries.map((entry, seq) => this.#leaf([kind, period, seq], was, entry))))
    touched.changed.set(`${kind} ${period}`, { kind, period, entries, leaves, samePersons })
  }

  async #leaf(
    [kind, period, seq]: [kind: Kind, period: string, seq: number],
    was: readonly BlockLeaf[],
    entry: Entry,
  ): Promise<BlockLeaf> {
    if (typeof entry === 'number') {
      const leaf = was[entry]
      if (leaf === undefined) throw new SunhallError('E-FORMAT', `Expected a block of ${kind}, got number ${entry}`)
      return [kind, period, seq, leaf[3], leaf[4], leaf[5]]
    }
    const hash = await this.#hash(entry.bytes)
    this.#made.set(hash, entry.bytes)
    return [kind, period, seq, entry.rows, hash, entry.bytes.length]
  }

  async #writeNode(touched: Touched): Promise<void> {
    const blocks = touched.leaves.filter(([kind, period]) => !touched.changed.has(`${kind} ${period}`))
    for (const { leaves } of touched.changed.values()) blocks.push(...(await leaves))
    await this.#tree.put(touched.place, blocks.sort(compareLeaves), this.#hash)
  }
}

function yearsOf(sums: PlaceSums): string[] {
  return [...new Set([...sums.values()].flatMap(({ all }) => all.map(({ year }) => String(year))))]
}
