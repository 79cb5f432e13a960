// The look at what is about to be signed: publishRelease calls `prove` with every built block after the tree is made and
// before any signature; whatever it throws refuses the release and leaves the old one published (P5).
import type { BlockLeaf, Dataset } from '../contract/tree.ts'

/** A block as it will be published, with its place in the tree. */
export interface BuiltBlock {
  dataset: Dataset
  part: string
  /** '' for the part's own blocks. */
  village: string
  leaf: BlockLeaf
  /** Raw canonical bytes. */
  bytes: Uint8Array
}
/** Throws SunhallError E-DISCLOSURE to refuse. Blocks come part by part, villages in code order. */
export type Prove = (blocks: Iterable<BuiltBlock>) => void | Promise<void>
