// pictures: takes photos and invoice images in, lists what waits for a look, blacks parts out, records the look.
import { readFileSync, writeFileSync } from 'node:fs'
import type { Rectangle } from '../../contract/console/pictures.ts'
import { messageOf, SunhallError } from '../../contract/errors.ts'
import { hasAccounts } from '../accounts/account-list.ts'
import { ACTOR_OPTIONS, actorFor } from '../accounts/actor.ts'
import { startProgress } from '../jobs/progress.ts'
import { addPictures } from '../pictures/add.ts'
import { listPictures, rehang, requireVisible } from '../pictures/list.ts'
import { blackOut, lookAt } from '../pictures/look.ts'
import { bytesOf } from '../pictures/record.ts'
import { textOf } from '../pictures/sources.ts'
import { textOption, textOptions, type Verb, type VerbContext } from './verb.ts'

const ACTIONS = ['list', 'add', 'show', 'blackout', 'look', 'rehang'] as const
const SHOWN = 200

export const picturesVerb: Verb = {
  name: 'pictures',
  usage: 'pictures list|add|show|blackout|look|rehang [FILE …|HASH] [--map FILE] [--part left,top,width,height …]',
  summary: 'project photos and invoice images: none is published before somebody has looked for numbers and faces',
  example: 'county pictures add 票据影像.zip --map 对照表.csv --as wangqiang',
  options: {
    map: {
      type: 'string',
      help: 'add: CSV with 文件, 项目编号, 阶段 or 村, 月份, 凭证号, and 说明 (default: 对照表.csv inside)',
    },
    name: {
      type: 'string',
      multiple: true,
      help: 'add: what each file is called, in order, where its path says nothing',
    },
    part: { type: 'string', multiple: true, help: 'blackout: a part in pixels; none given takes all parts away again' },
    out: { type: 'string', help: 'show: file to write the picture to' },
    looked: { type: 'boolean', help: 'list: those that were looked at' },
    ...ACTOR_OPTIONS,
  },
  positionals: { min: 0, max: 5_000 },
  async run(context) {
    const [action = 'list', ...rest] = context.positionals
    switch (action) {
      case 'list':
        return runList(context)
      case 'add':
        return runAdd(context, rest)
      case 'show':
        return runShow(context, rest)
      case 'blackout':
        return runBlackout(context, rest)
      case 'look':
        return runLook(context, rest)
      case 'rehang': {
        await actorFor(context, 'operator', 'reviewer')
        return { ok: true, hung: await rehang(await context.office.books()) }
      }
      default:
        throw new SunhallError('E-INPUT', `Expected pictures ${ACTIONS.join(', ')}, got "${action}"`)
    }
  },
}

async function runList(context: VerbContext): Promise<{ [key: string]: unknown }> {
  const { office, values, say } = context
  const actor = await actorFor(context, 'operator', 'reviewer', 'publisher')
  const strict = await hasAccounts(await office.service())
  const state = values.looked === true ? 'looked' : 'waiting'
  const list = await listPictures(await office.books(), { state, offset: 0, limit: SHOWN }, actor, strict)
  for (const one of list.pictures)
    say(
      `${one.hash}\t${one.caption}\t${one.shownBy[0] ?? '-'}\t${one.lookedBy === '' ? 'waits' : `${one.lookedBy} ${one.lookedOn}`}`,
    )
  say(`${list.waiting} wait for a look, ${list.looked} were looked at`)
  return { ok: true, ...list }
}

async function runAdd(context: VerbContext, paths: readonly string[]): Promise<{ [key: string]: unknown }> {
  const { office, values, now, say } = context
  const actor = await actorFor(context, 'operator')
  if (paths.length === 0) throw new SunhallError('E-INPUT', 'Expected pictures, folders or zips to add, got none')
  const map = textOption(values, 'map')
  const mapping = map === null ? null : mappingText(map)
  const given = textOptions(values, 'name')
  const names = new Map(paths.flatMap((path, at) => (given[at] === undefined ? [] : [[path, given[at]] as const])))
  const progress = startProgress(context, { unit: '张', total: null })
  const report = await addPictures(office, { paths, mapping, names, actor, now }, (done) => progress.step(done))
  for (const { file, reason } of report.refused) say(`refused\t${file}\t${reason}`)
  say(`${report.added} added, ${report.known} known before, ${report.refused.length} refused; they wait for a look`)
  return { ok: true, ...report }
}

function mappingText(path: string): string {
  try {
    return textOf(readFileSync(path))
  } catch (cause) {
    throw new SunhallError('E-INPUT', `Expected a mapping file at ${path}, got: ${messageOf(cause)}`, { cause })
  }
}

async function runShow(context: VerbContext, [hash = '']: readonly string[]): Promise<{ [key: string]: unknown }> {
  const { office, values, say } = context
  const actor = await actorFor(context, 'operator', 'reviewer')
  const books = await office.books()
  await requireVisible(books, hash, actor)
  const out = textOption(values, 'out') ?? `${hash.slice(0, 12)}.webp`
  const bytes = await bytesOf(books, hash)
  if (bytes !== null) writeFileSync(out, bytes)
  say(`Written to ${out}`)
  return { ok: true, hash, out }
}

async function runBlackout(context: VerbContext, [hash = '']: readonly string[]): Promise<{ [key: string]: unknown }> {
  const { office, values, now, say } = context
  const actor = await actorFor(context, 'operator', 'reviewer')
  const parts = textOptions(values, 'part').map(rectangleOf)
  const made = await blackOut(office, hash, parts, actor, now)
  say(`${parts.length} parts are black; the picture is ${made} now and waits for a look`)
  return { ok: true, hash: made, parts: parts.length }
}

async function runLook(context: VerbContext, hashes: readonly string[]): Promise<{ [key: string]: unknown }> {
  const { office, now, say } = context
  const actor = await actorFor(context, 'reviewer')
  if (hashes.length === 0) throw new SunhallError('E-INPUT', 'Expected the hashes that were looked at, got none')
  for (const hash of hashes) await lookAt(office, hash, actor, now)
  say(`${hashes.length} pictures may be published: ${actor.name || actor.login} saw no number and no face`)
  return { ok: true, looked: hashes.length }
}

function rectangleOf(text: string): Rectangle {
  const found = /^(\d+),(\d+),(\d+),(\d+)$/.exec(text.replaceAll(' ', ''))
  const [, left = '', top = '', width = '', height = ''] = found ?? []
  if (found === null || Number(width) === 0 || Number(height) === 0)
    throw new SunhallError('E-INPUT', `Expected --part left,top,width,height in pixels, got "${text}"`)
  return { left: Number(left), top: Number(top), width: Number(width), height: Number(height) }
}
