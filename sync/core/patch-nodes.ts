// The nodes of a tree that a patch changes: taken out of the texts of the parts that hold them, given other blocks, and
// written and hashed again up to the root. Other parts keep their nodes as they are.
import { SunhallError } from '../contract/errors.ts'
import type { Hash, PlaceCode } from '../contract/rows.ts'
import { type BlockLeaf, type ChildRef, COUNTY, type Dataset, type RootNode } from '../contract/tree.ts'
import { canonicalJson } from './canonical.ts'
import type { Hasher } from './tree.ts'
import { parseNode } from './tree-nodes.ts'

/** Where a village node is. */
export interface NodePlace {
  dataset: Dataset
  part: PlaceCode
  village: PlaceCode | ''
}
/** Texts of a part's nodes, parents before children; the county's begin with the root. */
export type PartTexts = ReadonlyMap<PlaceCode, readonly string[]>

interface Ref {
  hash: Hash
  length: number
}

/** The tree that a patch starts from, and what becomes of it. */
export class PatchedTree {
  readonly #root: RootNode
  /** Children by key of each dataset, and of each part in it; the texts of the village nodes. */
  readonly #datasets = new Map<string, Map<PlaceCode, Ref>>()
  readonly #parts = new Map<string, Map<PlaceCode, Ref>>()
  readonly #villages = new Map<string, string>()
  readonly #changed = new Set<string>()

  /** `texts` has the county's part and every part that the patch names. Errors: E-FORMAT, E-MIXED. */
  constructor(texts: PartTexts) {
    const all = [...texts.values()].flat()
    const [root] = texts.get(COUNTY) ?? []
    if (root === undefined) throw new SunhallError('E-MIXED', 'Expected the root of the release before, found none')
    this.#root = JSON.parse(root) as RootNode
    for (const text of all) this.#take(text)
  }

  #take(text: string): void {
    if (text.startsWith('{"blocks":')) {
      this.#villages.set(placeIn(text), text)
      return
    }
    const node = JSON.parse(text) as { dataset?: string; part?: string; parts?: ChildRef[]; villages?: ChildRef[] }
    if (node.parts !== undefined) this.#datasets.set(node.dataset ?? '', refsOf(node.parts))
    if (node.villages !== undefined) this.#parts.set(`${node.dataset}/${node.part}`, refsOf(node.villages))
  }

  /** Blocks of a village node; none where there is no such node yet. Errors: E-FORMAT. */
  blocks(place: NodePlace): readonly BlockLeaf[] {
    const text = this.#villages.get(keyOf(place))
    if (text === undefined) return []
    const any = parseNode({ level: 'village', ...place, hash: '', length: text.length }, text)
    return any.level === 'village' ? any.node.blocks : []
  }

  /** Gives a village node other blocks, in their order; none ends it. */
  async put(place: NodePlace, blocks: readonly BlockLeaf[], hash: Hasher): Promise<void> {
    const { dataset, part, village } = place
    const villages = this.#parts.get(`${dataset}/${part}`) ?? new Map<PlaceCode, Ref>()
    this.#parts.set(`${dataset}/${part}`, villages)
    this.#changed.add(`${dataset}/${part}`)
    if (blocks.length === 0) {
      this.#villages.delete(keyOf(place))
      villages.delete(village)
      return
    }
    const text = canonicalJson({ dataset, part, village, blocks })
    this.#villages.set(keyOf(place), text)
    villages.set(village, await refTo(text, hash))
  }

  /** Texts of all parts that were given, with what changed, and the root's name. */
  async finish(hash: Hasher): Promise<{ root: Hash; texts: Map<PlaceCode, string[]> }> {
    const nodes = await this.#partTexts(hash)
    const datasets: [string, string, Ref][] = []
    for (const dataset of [...this.#datasets.keys()].sort()) {
      const parts = this.#datasets.get(dataset)
      if (parts === undefined || parts.size === 0) continue
      const text = canonicalJson({ dataset, parts: childrenOf(parts) })
      datasets.push([dataset, text, await refTo(text, hash)])
    }
    const children = datasets.map(([dataset, , ref]): ChildRef => [dataset, ref.hash, ref.length])
    const root = canonicalJson({ ...this.#root, datasets: children })
    const { hash: name } = await refTo(root, hash)
    return { root: name, texts: this.#texts(root, datasets, nodes) }
  }

  /** Texts of the part nodes by dataset and part, in order; each dataset is told what those are named now. */
  async #partTexts(hash: Hasher): Promise<Map<string, string>> {
    const nodes = new Map<string, string>()
    const renamed: Promise<void>[] = []
    for (const key of [...this.#parts.keys()].sort()) {
      const [dataset = '', part = ''] = key.split('/')
      const villages = this.#parts.get(key) ?? new Map<PlaceCode, Ref>()
      const parts = this.#datasets.get(dataset) ?? new Map<PlaceCode, Ref>()
      this.#datasets.set(dataset, parts)
      if (villages.size === 0) {
        parts.delete(part)
        continue
      }
      const text = canonicalJson({ dataset, part, villages: childrenOf(villages) })
      nodes.set(key, text)
      if (this.#changed.has(key)) renamed.push(refTo(text, hash).then((ref) => void parts.set(part, ref)))
    }
    await Promise.all(renamed)
    return nodes
  }

  /** By part in the order in which packs have them: depth first, the county's with root and dataset nodes. */
  #texts(
    root: string,
    datasets: readonly [string, string, Ref][],
    nodes: ReadonlyMap<string, string>,
  ): Map<PlaceCode, string[]> {
    const texts = new Map<PlaceCode, string[]>([[COUNTY, [root]]])
    for (const [dataset, text] of datasets) {
      texts.get(COUNTY)?.push(text)
      for (const [key, node] of nodes) {
        const [of, part = ''] = key.split('/')
        if (of !== dataset) continue
        const list = texts.get(part) ?? []
        texts.set(part, list)
        list.push(node, ...this.#villageTexts(key))
      }
    }
    return texts
  }

  #villageTexts(key: string): string[] {
    const villages = [...(this.#parts.get(key) ?? new Map<PlaceCode, Ref>()).keys()].sort()
    return villages.flatMap((village) => this.#villages.get(`${key}/${village}`) ?? [])
  }
}

function keyOf({ dataset, part, village }: NodePlace): string {
  return `${dataset}/${part}/${village}`
}

/** Place of a village node out of the end of its canonical text, without reading its blocks. */
function placeIn(text: string): string {
  const end = text.lastIndexOf('],"dataset":')
  const place = JSON.parse(`{${text.slice(end + 2)}`) as { dataset: string; part: string; village: string }
  return `${place.dataset}/${place.part}/${place.village}`
}

function refsOf(children: readonly ChildRef[]): Map<string, Ref> {
  return new Map(children.map(([key, hash, length]) => [key, { hash, length }]))
}

function childrenOf(refs: ReadonlyMap<string, Ref>): ChildRef[] {
  return [...refs].sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, { hash, length }]): ChildRef => [key, hash, length])
}

async function refTo(text: string, hash: Hasher): Promise<Ref> {
  const bytes = new TextEncoder().encode(text)
  return { hash: await hash(bytes), length: bytes.length }
}
