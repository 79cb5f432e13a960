// The drawn pictures that ship with the sample (assets/pictures): scenes before, during and after works, and invoices
// whose item and amount are those of the vouchers that show them. `draw/render.ts` makes them; here they are only read.
import { readFileSync } from 'node:fs'
import type { Fen, Hash } from '../../contract/rows.ts'
import type { Scene } from './project-kinds.ts'

export type Stage = 'before' | 'during' | 'after'
export interface ScenePicture {
  use: 'scene'
  hash: Hash
  scene: Scene
  stage: Stage
  variant: number
  caption: string
}
export interface InvoicePicture {
  use: 'invoice'
  hash: Hash
  /** Class of the voucher that it belongs to: 公益支出, 管理费用, … */
  class: string
  item: string
  seller: string
  amount: Fen
  caption: string
}
export interface Pictures {
  scene(scene: Scene, stage: Stage, variant: number): Hash
  readonly invoices: readonly InvoicePicture[]
  all(): Iterable<{ hash: Hash; bytes: Uint8Array; caption: string }>
}

const FOLDER = new URL('../../../assets/pictures/', import.meta.url)

export function readPictures(): Pictures {
  const index = JSON.parse(readFileSync(new URL('index.json', FOLDER), 'utf8')) as (ScenePicture | InvoicePicture)[]
  const scenes = index.filter((picture) => picture.use === 'scene')
  return {
    scene(scene, stage, variant) {
      const found = scenes.filter((picture) => picture.scene === scene && picture.stage === stage)
      const picture = found[variant % found.length]
      if (!picture)
        throw new RangeError(`Expected a picture of ${scene}, ${stage} in assets/pictures; run draw/render.ts`)
      return picture.hash
    },
    invoices: index.filter((picture) => picture.use === 'invoice'),
    *all() {
      for (const { hash, caption } of index) {
        yield { hash, caption, bytes: readFileSync(new URL(`${hash}.webp`, FOLDER)) }
      }
    },
  }
}
