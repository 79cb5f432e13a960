// The paths below /county/ that the page may ask for, read into what they mean. All others are refused: metadata and
// the record reach the page only through the host's own check (P2).
import { SunhallError } from '../../../sync/contract/errors.ts'
import type { Hash, PlaceCode } from '../../../sync/contract/rows.ts'
import { NAMES } from '../../../sync/contract/tree.ts'

export type CountyFile =
  | { kind: 'pack'; root: Hash; part: PlaceCode }
  | { kind: 'tree'; root: Hash }
  | { kind: 'delta'; root: Hash; from: Hash }
  | { kind: 'patch'; root: Hash; from: Hash }
  | { kind: 'block'; hash: Hash }
  | { kind: 'media'; hash: Hash }

const HEX = '[0-9a-f]{64}'
/** A part's code in a path: the county, a township, the names. */
export const PART = `\\d{6}|\\d{9}|${NAMES}`
const PACK = new RegExp(`^packs/(${HEX})/(${PART}|tree)\\.gz$`)
const CHANGE = new RegExp(`^(deltas|patches)/(${HEX})/(${HEX})\\.gz$`)
const BLOCK = new RegExp(`^blocks/([0-9a-f]{2})/(${HEX})\\.gz$`)
const MEDIA = new RegExp(`^media/([0-9a-f]{2})/(${HEX})\\.webp$`)

/** `path` without '/county/'. Errors: E-MISSING for a path that no county file has. */
export function readCountyPath(path: string): CountyFile {
  const [, packRoot, part] = PACK.exec(path) ?? []
  if (packRoot !== undefined && part === 'tree') return { kind: 'tree', root: packRoot }
  if (packRoot !== undefined && part !== undefined) return { kind: 'pack', root: packRoot, part }
  const [, folder, root, from] = CHANGE.exec(path) ?? []
  if (root !== undefined && from !== undefined) return { kind: folder === 'deltas' ? 'delta' : 'patch', root, from }
  const [, blockFolder, block] = BLOCK.exec(path) ?? []
  if (block !== undefined && blockFolder !== undefined && block.startsWith(blockFolder))
    return { kind: 'block', hash: block }
  const [, mediaFolder, media] = MEDIA.exec(path) ?? []
  if (media !== undefined && mediaFolder !== undefined && media.startsWith(mediaFolder))
    return { kind: 'media', hash: media }
  throw new SunhallError('E-MISSING', `Expected a pack, tree, patch, delta, block or picture, got ${path}`)
}
