// Table of this room in the office's books: where a picture came from, what was blacked out, and what it belongs to. Beside
// `pictures`, which publication reads.
import type { TableShape } from '../database/shapes.ts'

export interface PictureTables {
  /** `original` is the file's SHA-256: its name in DIR/pictures. `rectangles` and `targets` are JSON (`record.ts`). */
  pictureFiles: {
    hash: string
    original: string
    file: string
    width: number
    height: number
    rectangles: string
    targets: string
    addedBy: string
    addedName: string
    addedAt: string
  }
}

export const PICTURE_SHAPE: TableShape = {
  name: 'pictureFiles',
  columns: {
    hash: 'text',
    original: 'text',
    file: 'text',
    width: 'integer',
    height: 'integer',
    rectangles: 'text',
    targets: 'text',
    addedBy: 'text',
    addedName: 'text',
    addedAt: 'text',
  },
  key: ['hash'],
  clustered: true,
}
