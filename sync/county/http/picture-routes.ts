// Pictures over HTTP, below /console/api/pictures (sync/contract/console/pictures.ts). Decoding what somebody uploads is
// done by a job; only pictures that the office has made itself are blacked out here.
import { existsSync, renameSync, rmSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { type Context, Hono } from 'hono'
import { addRequest, blackoutRequest, lookRequest } from '../../contract/console/pictures.ts'
import { SunhallError } from '../../contract/errors.ts'
import { hasAccounts } from '../accounts/account-list.ts'
import { PICTURE_LIMITS } from '../pictures/limits.ts'
import { listPictures, requireVisible } from '../pictures/list.ts'
import { blackOut, lookAt } from '../pictures/look.ts'
import { bytesOf } from '../pictures/record.ts'
import { readJson, saveBody } from './body.ts'
import type { HttpEnv, HttpParts } from './parts.ts'
import { guarded } from './protect.ts'

const READERS = ['operator', 'reviewer', 'publisher'] as const
const PAGE = 60
const UPLOAD_BYTES = 2 * 1024 * 1024 * 1024

export function pictureRoutes(parts: HttpParts): Hono<HttpEnv> {
  const { office, now } = parts
  const routes = new Hono<HttpEnv>()
  routes.get('/', guarded(...READERS), async (context) => {
    const state = context.req.query('state') === 'looked' ? 'looked' : 'waiting'
    const offset = Math.trunc(Number(context.req.query('offset') ?? 0)) || 0
    const strict = await hasAccounts(await office.service())
    const filter = { state, offset, limit: PAGE } as const
    return context.json(await listPictures(await office.books(), filter, context.get('actor'), strict))
  })
  routes.get('/:hash/bytes', guarded(...READERS), async (context) => {
    const hash = context.req.param('hash')
    const books = await office.books()
    await requireVisible(books, hash, context.get('actor'))
    const bytes = await bytesOf(books, hash)
    if (bytes === null) throw new SunhallError('E-MISSING', '没有这张图片')
    const headers = { 'content-type': 'image/webp', 'cache-control': 'private, no-store' }
    return new Response(new Uint8Array(bytes), { headers })
  })
  routes.post('/:hash/blackout', guarded('operator', 'reviewer'), async (context) => {
    const { rectangles } = await readJson(context, blackoutRequest)
    const hash = await blackOut(office, context.req.param('hash'), rectangles, context.get('actor'), now())
    return context.json({ hash })
  })
  routes.post('/:hash/look', guarded('reviewer'), async (context) => {
    await readJson(context, lookRequest)
    await lookAt(office, context.req.param('hash'), context.get('actor'), now())
    return context.json({})
  })
  adding(routes, parts)
  return routes
}

function adding(routes: Hono<HttpEnv>, { office, jobs }: HttpParts): void {
  const folder = join(office.folder, 'incoming')
  routes.post('/files', guarded('operator'), async (context) => context.json(await receive(context, folder)))
  routes.post('/add', guarded('operator'), async (context) => {
    const { files } = await readJson(context, addRequest)
    const paths = files.map(({ upload }) => uploaded(folder, upload))
    // The sender's name only says where a picture belongs; '--name=' keeps one that begins with '-' from being an option.
    const args = ['add', ...paths, ...files.map(({ name }) => `--name=${shownName(name)}`)]
    const title = `导入图片 ${shownName(files[0]?.name ?? '')}${files.length > 1 ? ` 等${files.length}个文件` : ''}`
    const ended = (): void => {
      for (const path of paths) rmSync(path, { force: true })
    }
    return context.json(jobs.start({ verb: 'pictures', args, title, actor: context.get('actor'), ended }))
  })
}

async function receive(context: Context<HttpEnv>, folder: string) {
  const name = shownName(context.req.query('name') ?? '')
  const zip = name.toLowerCase().endsWith('.zip')
  const { path } = await saveBody(context, folder, zip ? UPLOAD_BYTES : PICTURE_LIMITS.fileBytes)
  const named = `${path}${zip ? '.zip' : '.image'}`
  renameSync(path, named)
  return { upload: basename(named), name }
}

/** Letters without folders or control characters. */
function shownName(name: string): string {
  return (name.split(/[/\\]/).at(-1) ?? '').replaceAll(/\p{Cc}/gu, '').slice(0, 200)
}

function uploaded(folder: string, upload: string): string {
  const path = resolve(folder, upload)
  if (dirname(path) === resolve(folder) && /^[0-9a-f-]{36}\.(zip|image)$/.test(upload) && existsSync(path)) return path
  throw new SunhallError('E-MISSING', '上传的文件已经不在了，请重新上传')
}
