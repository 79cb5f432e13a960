// Draws the sample's pictures into assets/pictures and writes their index. Run by hand after changing a drawing:
// `node sync/county/sample/draw/render.ts`. The results are committed, so that the sample has the same hashes on every
// machine, whatever fonts and image library it has.
import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import sharp from 'sharp'
import { MAX_MEDIA_BYTES } from '../../../contract/limits.ts'
import type { InvoicePicture, ScenePicture, Stage } from '../pictures.ts'
import type { Scene } from '../project-kinds.ts'
import { invoiceSvg } from './invoice.ts'
import { INVOICES } from './items.ts'
import { sceneSvg } from './scenes.ts'

const FOLDER = new URL('../../../../assets/pictures/', import.meta.url)
const SCENES: Record<Scene, string> = {
  road: '村道',
  canal: '水渠',
  square: '广场',
  lamps: '路灯',
  water: '供水',
  orchard: '产业园',
}
const STAGES: Record<Stage, string> = { before: '施工前', during: '施工中', after: '完工后' }
const VARIANTS = 2

async function draw(svg: string): Promise<string> {
  // No metadata is kept by default: the file carries no EXIF.
  const bytes = await sharp(Buffer.from(svg)).webp({ quality: 82, effort: 6 }).toBuffer()
  if (bytes.length > MAX_MEDIA_BYTES)
    throw new RangeError(`Expected at most ${MAX_MEDIA_BYTES} bytes, got ${bytes.length}`)
  const hash = createHash('sha256').update(bytes).digest('hex')
  writeFileSync(new URL(`${hash}.webp`, FOLDER), bytes)
  return hash
}

async function drawScenes(): Promise<ScenePicture[]> {
  const made: ScenePicture[] = []
  for (const [scene, sceneName] of Object.entries(SCENES) as [Scene, string][]) {
    for (const [stage, stageName] of Object.entries(STAGES) as [Stage, string][]) {
      for (let variant = 0; variant < VARIANTS; variant++) {
        const hash = await draw(sceneSvg(scene, stage, variant))
        made.push({
          use: 'scene',
          hash,
          scene,
          stage,
          variant,
          caption: `${sceneName}${stageName}（示例图画，不是照片）`,
        })
      }
    }
  }
  return made
}

async function drawInvoices(): Promise<InvoicePicture[]> {
  const made: InvoicePicture[] = []
  for (const invoice of INVOICES) {
    const hash = await draw(invoiceSvg(invoice))
    const { item, seller } = invoice
    const amount = invoice.price * invoice.quantity
    made.push({ use: 'invoice', hash, class: invoice.class, item, seller, amount, caption: `${item}收据（示例）` })
  }
  return made
}

mkdirSync(FOLDER, { recursive: true })
for (const name of readdirSync(FOLDER)) rmSync(new URL(name, FOLDER))
const index = [...(await drawScenes()), ...(await drawInvoices())]
writeFileSync(new URL('index.json', FOLDER), `${JSON.stringify(index, null, 2)}\n`)
console.log(`Drew ${index.length} pictures`)
