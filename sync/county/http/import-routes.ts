// Imports on the console: files come up as a stream, everything that reads them runs as a job of its own.
import { existsSync, renameSync, rmSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { basename, dirname, resolve } from 'node:path'
import { type Context, Hono } from 'hono'
import { z } from 'zod'
import { type ImportOrder, type ImportTry, importOrderSchema, UPLOAD_LIMIT } from '../../contract/console/imports.ts'
import type { Actor } from '../../contract/console/session.ts'
import { SunhallError } from '../../contract/errors.ts'
import { fieldsOf, TABLE_NAMES, TABLES } from '../fields/tables.ts'
import { shownName } from '../import/import-file.ts'
import { incomingOf, keepUpload } from '../import/leftovers.ts'
import { fieldNames } from '../import/mapping.ts'
import { formatOf } from '../import/records.ts'
import { listRuns, type Run, reportOf, runNumbered } from '../import/runs.ts'
import { listSenders } from '../import/senders.ts'
import { listImports } from '../import/undo.ts'
import { readJson, saveBody } from './body.ts'
import type { HttpEnv, HttpParts } from './parts.ts'
import { guarded } from './protect.ts'

/** Tries in the list: the newest. */
const SHOWN = 200
const resumeSchema = z.strictObject({ take: z.enum(['whole', 'part', 'none']).optional() })

export function importRoutes(parts: HttpParts): Hono<HttpEnv> {
  const { office, jobs } = parts
  const routes = new Hono<HttpEnv>()
  routes.get('/', guarded('operator', 'reviewer', 'publisher'), async (context) =>
    context.json(await listOf(parts, context.get('actor'))),
  )
  routes.post('/files', guarded('operator'), async (context) => context.json(await receive(context, parts)))
  routes.post('/order', guarded('operator'), async (context) => {
    const order = await readJson(context, importOrderSchema)
    const file = uploadedFile(parts, order.upload)
    keepUpload(file, parts.now())
    const title = `${order.take === 'peek' ? '看表头' : order.take === 'none' ? '核对' : '导入'} ${shownName(order.name)}`
    return context.json(
      jobs.start({ verb: 'import', args: argumentsOf(order, file), title, actor: context.get('actor') }),
    )
  })
  routes.post('/tries/:id/resume', guarded('operator'), async (context) => {
    const { take } = await readJson(context, resumeSchema)
    const run = await ownRun(parts, context.req.param('id'), context.get('actor'))
    const args = ['--resume', String(run.id), ...(take === undefined ? [] : ['--take', take])]
    return context.json(jobs.start({ verb: 'import', args, title: `导入 ${run.file}`, actor: context.get('actor') }))
  })
  routes.get('/tries/:id/:file', guarded('operator', 'reviewer'), async (context) => {
    const run = await ownRun(parts, context.req.param('id'), context.get('actor'))
    return await sendRefused(context, parts, run, context.req.param('file'))
  })
  routes.post('/:id/undo', guarded('operator'), async (context) => {
    const id = numberOf(context.req.param('id'))
    const actor = context.get('actor')
    if (!(await listOf(parts, actor)).imports.some((entry) => entry.id === id)) throw missing()
    return context.json(jobs.start({ verb: 'undo', args: [String(id)], title: `撤回第 ${id} 批`, actor }))
  })
  routes.delete('/files/:upload', guarded('operator'), async (context) => {
    const path = uploadedFile({ office }, context.req.param('upload'))
    const runs = await listRuns(await office.books())
    if (runs.some((run) => run.state === 'running' && run.path === path))
      throw new SunhallError('E-STATE', '这个文件正在导入，先中止再删')
    rmSync(path, { force: true })
    return context.json({ ok: true })
  })
  return routes
}

/** Streams to the disk; a length over the limit is refused before the first byte. */
async function receive(context: Context<HttpEnv>, { office }: HttpParts) {
  const name = shownName(context.req.query('name') ?? '')
  formatOf(name)
  const announced = Number(context.req.header('content-length') ?? 0)
  if (announced > UPLOAD_LIMIT) throw new SunhallError('E-LENGTH', '文件超过 2 GB，请拆成几个再传')
  const { path, bytes } = await saveBody(context, incomingOf(office), UPLOAD_LIMIT)
  const named = path + endingOf(name)
  renameSync(path, named)
  return { upload: basename(named), name, bytes }
}

/** The ending that tells what the file is; nothing else of the sender's name is used for a path. */
function endingOf(name: string): string {
  return /\.(?:csv|jsonl|ndjson)(?:\.gz)?$|\.(?:xlsx|xlsm|docx|docm|txt)$/.exec(name.toLowerCase())?.[0] ?? ''
}

function uploadedFile({ office }: Pick<HttpParts, 'office'>, upload: string): string {
  const folder = resolve(incomingOf(office))
  const path = resolve(folder, upload)
  if (dirname(path) === folder && /^[0-9a-f-]{36}\.[a-z.]{3,8}$/.test(upload) && existsSync(path)) return path
  throw new SunhallError('E-MISSING', '上传的文件已经不在了，请重新上传')
}

function argumentsOf(order: ImportOrder, file: string): string[] {
  const { table, name, sender, sheets, map, set, take } = order
  return [
    table,
    file,
    `--name=${shownName(name)}`,
    ...(take === 'peek' ? ['--peek'] : [`--take=${take}`]),
    ...(sender.trim() === '' ? [] : [`--from=${sender.trim()}`]),
    ...sheets.map((sheet) => `--sheet=${sheet}`),
    ...map.map(([heading, field]) => `--map=${heading}=${field}`),
    ...set.map(([field, value]) => `--set=${field}=${value}`),
  ]
}

async function listOf({ office }: HttpParts, actor: Actor) {
  const books = await office.books()
  const runs = (await listRuns(books)).filter((run) => isOwn(run, actor))
  const tryOf = new Map(runs.flatMap((run) => (run.import === null ? [] : [[run.import, run.id] as const])))
  const all = (await listImports(office)).filter(({ id }) => actor.township === null || tryOf.has(id))
  return {
    imports: all
      .reverse()
      .slice(0, SHOWN)
      .map((entry) => ({ ...entry, try: tryOf.get(entry.id) ?? null })),
    tries: runs
      .filter((run) => run.state !== 'taken' && run.state !== 'looked' && !isMendedBy(runs, run))
      .slice(0, SHOWN)
      .map(tryView),
    senders: await listSenders(books),
    tables: TABLE_NAMES.map((name) => ({ name, title: TABLES[name].zh, fields: fieldList(name) })),
  }
}

/** Begun again with the same file, and taken: nothing is left to do for the first try. */
function isMendedBy(runs: readonly Run[], run: Run): boolean {
  return runs.some(({ id, path, state }) => id > run.id && path === run.path && state === 'taken')
}

/** A try whose upload was swept away can't be begun again. */
function tryView({ id, table, file, startedAt, by, state, message, path, choices }: Run): ImportTry {
  const fresh = state !== 'running' && existsSync(path)
  return { id, table, file, startedAt, by, state, message, resumable: fresh, take: choices.take }
}

function fieldList(table: (typeof TABLE_NAMES)[number]) {
  const specs = new Map(fieldsOf(table))
  return fieldNames(table).map((name) => {
    const spec = specs.get(name)
    return { name, title: spec?.zh[0] ?? '乡镇', required: spec?.required === true }
  })
}

/** A township's account sees what was imported for its township. */
function isOwn(run: Run, actor: Actor): boolean {
  return actor.township === null || run.choices.within === actor.township
}

async function ownRun({ office }: HttpParts, id: string, actor: Actor): Promise<Run> {
  const run = await runNumbered(await office.books(), numberOf(id))
  if (isOwn(run, actor)) return run
  throw missing()
}

async function sendRefused(
  context: Context<HttpEnv>,
  { office }: HttpParts,
  run: Run,
  file: string,
): Promise<Response> {
  const report = z
    .object({ refusedFile: z.string().nullable(), refusedWorkbook: z.string().nullable() })
    .safeParse(await reportOf(await office.books(), run.id)).data
  const path = file === 'refused.xlsx' ? report?.refusedWorkbook : file === 'refused.csv' ? report?.refusedFile : null
  // The command line may have put them elsewhere: only what lies in the office's own folder is served.
  const own = path != null && dirname(resolve(path)) === resolve(office.folder, 'refused') && existsSync(path)
  if (!own) throw missing()
  const type = file.endsWith('.csv')
    ? 'text/csv; charset=utf-8'
    : 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
  const shown = encodeURIComponent(`${run.file.replace(/\.[a-z.]+$/i, '')}-待改${file.slice(file.lastIndexOf('.'))}`)
  const bytes = new Uint8Array(await readFile(path))
  return context.body(bytes, 200, {
    'content-type': type,
    'content-disposition': `attachment; filename*=UTF-8''${shown}`,
  })
}

function numberOf(text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text)
  throw missing()
}

function missing(): SunhallError {
  return new SunhallError('E-MISSING', '没有找到')
}
