// terminals: the county's terminals on the command line, over the same code as the console's board.
import { writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { type BoardLine, fleetSettings } from '../../contract/console/fleet.ts'
import { messageOf, SunhallError } from '../../contract/errors.ts'
import { askKind } from '../../contract/fleet.ts'
import { ACTOR_OPTIONS, actorFor } from '../accounts/actor.ts'
import { acknowledgeAlarm, listAlarms } from '../fleet/alarms.ts'
import { askTerminal, readUpload } from '../fleet/asks.ts'
import { readBoard, readTerminal } from '../fleet/board.ts'
import { patrol } from '../fleet/patrol.ts'
import { visibleTerminals } from '../fleet/places.ts'
import { revokeTerminal } from '../fleet/revoke.ts'
import { readFleetSettings, writeFleetSettings } from '../fleet/settings.ts'
import { issueToken } from '../fleet/tokens.ts'
import { readUsage, usageCsv, usageRows } from '../fleet/usage.ts'
import { textOption, type Verb, type VerbContext } from './verb.ts'

type Result = { [key: string]: unknown }
type Action = (context: VerbContext, terminal: string, more: string) => Promise<Result>

const DAY_MS = 86_400_000
/** Days that a usage report covers where none are given. */
const USAGE_DAYS = 30
const READERS = ['technician', 'operator', 'reviewer', 'publisher', 'inspector'] as const

const ACTIONS: { readonly [name: string]: Action } = {
  list,
  show,
  token,
  revoke,
  ask,
  fetch: fetchUpload,
  alarms,
  acknowledge,
  usage,
  settings,
}

export const terminalsVerb: Verb = {
  name: 'terminals',
  usage: `terminals <${Object.keys(ACTIONS).join('|')}> [TERMINAL|ID] [log|screenshot] [--why TEXT] [--out FILE]`,
  summary: 'watches the terminals: states, alarms, use; enrols, revokes, asks for a log or a picture of the screen',
  example: 'county terminals token HT-17',
  options: {
    why: { type: 'string', help: 'revoke: why; acknowledge: what is being done' },
    out: { type: 'string', help: 'fetch, usage: file to write' },
    from: { type: 'string', help: `usage: first day, YYYY-MM-DD (default ${USAGE_DAYS} days ago)` },
    to: { type: 'string', help: 'usage: last day (default today)' },
    late: { type: 'string', help: 'settings: hours after which a terminal is late' },
    silent: { type: 'string', help: 'settings: hours after which it is silent and an alarm is raised' },
    ...ACTOR_OPTIONS,
  },
  positionals: { min: 1, max: 3 },
  async run(context) {
    const [name = '', terminal = '', more = ''] = context.positionals
    const action = ACTIONS[name]
    if (action === undefined)
      throw new SunhallError('E-INPUT', `Expected ${Object.keys(ACTIONS).join(', ')}, got "${name}"`)
    return action(context, terminal, more)
  },
}

async function list(context: VerbContext): Promise<Result> {
  const board = await readBoard(context.office, await actorFor(context, ...READERS), context.now)
  for (const line of board.lines) context.say(tableLine(line))
  const counts = Object.fromEntries(
    [...Map.groupBy(board.lines, ({ state }) => state)].map(([state, lines]) => [state, lines.length]),
  )
  context.say(
    Object.entries(counts)
      .map(([state, count]) => `${state} ${count}`)
      .join(', '),
  )
  return { ok: true, ...board, counts }
}

function tableLine(line: BoardLine): string {
  const heard = line.heardAt?.slice(0, 16).replace('T', ' ') ?? '-'
  const release = line.release === null ? '-' : `release ${line.release}`
  const alarms = line.alarms.length === 0 ? '' : `  ! ${line.alarms.join(' ')}`
  const why = line.why.code === '' ? '' : ` (${line.why.code})`
  return `${line.terminal}  ${`${line.state}${why}`.padEnd(24)} ${heard.padEnd(16)}  ${release.padEnd(12)} ${line.name}${alarms}`
}

async function show(context: VerbContext, terminal: string): Promise<Result> {
  const page = await readTerminal(context.office, terminal, await actorFor(context, ...READERS), context.now)
  context.say(tableLine(page.line))
  context.say(`enrolled ${page.enrolledAt ?? 'never'}; key ${page.key ?? '-'}; revoked ${page.revoked?.at ?? 'no'}`)
  const beat = page.heartbeat
  if (beat !== null) {
    context.say(`app ${beat.appVersion} in ${beat.shell}, ${beat.browser ?? 'browser unknown'}, ${beat.runtime}`)
    context.say(
      `disk free ${beat.diskFreeBytes ?? '?'} bytes; clock ${beat.clockOffsetMs ?? '?'} ms off; up ${beat.uptimeSeconds} s`,
    )
    if (beat.lastError !== null) context.say(`last error ${beat.lastError.code}: ${beat.lastError.message}`)
  }
  for (const ask of page.asks)
    context.say(`asked for ${ask.kind} ${ask.askedAt}: ${ask.cameAt === null ? 'waits' : `came, id ${ask.id}`}`)
  return { ok: true, ...page }
}

async function token(context: VerbContext, terminal: string): Promise<Result> {
  const actor = await actorFor(context, 'technician')
  const issued = await issueToken(await context.office.service(), terminal, actor, context.now)
  context.say(`${issued.terminal}: ${issued.token} (once, until ${issued.until.slice(0, 10)})`)
  context.say(
    `npm run provision -- write ${issued.terminal} --token ${issued.token} --root ${join(resolve(context.office.folder), 'root.json')} --url … --out …`,
  )
  return { ok: true, ...issued }
}

async function revoke(context: VerbContext, terminal: string): Promise<Result> {
  const actor = await actorFor(context, 'technician')
  const why = textOption(context.values, 'why')
  if (why === null || why.trim() === '')
    throw new SunhallError('E-INPUT', 'Expected --why TEXT, got none; say what happened')
  await revokeTerminal(await context.office.service(), terminal, why.trim(), actor, context.now)
  context.say(`${terminal} is revoked: its heartbeats and uploads are refused from now on`)
  return { ok: true, terminal }
}

async function ask(context: VerbContext, terminal: string, more: string): Promise<Result> {
  const kind = askKind.safeParse(more).data
  if (kind === undefined) throw new SunhallError('E-INPUT', `Expected log or screenshot, got "${more}"`)
  const actor = await actorFor(context, 'technician')
  const id = await askTerminal(await context.office.service(), terminal, kind, actor, context.now)
  context.say(`${terminal} is told with its next heartbeat; when it came: county terminals fetch ${id} --out FILE`)
  return { ok: true, terminal, kind, id }
}

async function fetchUpload(context: VerbContext, id: string): Promise<Result> {
  const actor = await actorFor(context, 'technician')
  const { kind, terminal, bytes } = await readUpload(context.office, id, actor, context.now)
  const out = textOption(context.values, 'out') ?? `${terminal}-${id}.${kind === 'log' ? 'txt' : 'png'}`
  write(out, bytes)
  context.say(`${kind} of ${terminal}: ${out}`)
  return { ok: true, terminal, kind, out, bytes: bytes.length }
}

async function alarms(context: VerbContext): Promise<Result> {
  const actor = await actorFor(context, ...READERS)
  const { office, now, say } = context
  // Where nothing serves, nobody else looks.
  const { raised, cleared } = await patrol(office, now)
  const found = await listAlarms(
    await office.service(),
    visibleTerminals(actor).map((one) => one.terminal),
  )
  for (const one of found.filter(({ clearedAt }) => clearedAt === null))
    say(
      `${one.id}  ${one.terminal} ${one.kind} (${one.detail}) since ${one.raisedAt}${one.acknowledgedAt === null ? '' : `, taken on by ${one.acknowledgedBy}`}`,
    )
  say(`${raised.length} raised and ${cleared.length} cleared just now`)
  return { ok: true, alarms: found, raised, cleared }
}

async function acknowledge(context: VerbContext, id: string): Promise<Result> {
  const actor = await actorFor(context, 'technician')
  const note = textOption(context.values, 'why') ?? ''
  await acknowledgeAlarm(await context.office.service(), id, note, actor, context.now)
  context.say(`Alarm ${id} is taken on; it ends by itself when the terminal is well again`)
  return { ok: true, id }
}

async function usage(context: VerbContext, terminal: string): Promise<Result> {
  const actor = await actorFor(context, ...READERS)
  const visible = visibleTerminals(actor).filter((one) => terminal === '' || one.terminal === terminal)
  const to = textOption(context.values, 'to') ?? context.now.toISOString().slice(0, 10)
  const from =
    textOption(context.values, 'from') ??
    new Date(context.now.getTime() - USAGE_DAYS * DAY_MS).toISOString().slice(0, 10)
  const question = { from, to, terminals: visible.map((one) => one.terminal) }
  const service = await context.office.service()
  const report = await readUsage(service, question)
  const out = textOption(context.values, 'out')
  if (out !== null) write(out, usageCsv(await usageRows(service, question)))
  context.say(`${report.visits} visits from ${from} to ${to}${out === null ? '' : `; every hour in ${out}`}`)
  for (const { screen, count } of report.byScreen.slice(0, 10)) context.say(`${String(count).padStart(8)}  ${screen}`)
  return { ok: true, ...report, out }
}

async function settings(context: VerbContext): Promise<Result> {
  const service = await context.office.service()
  const before = await readFleetSettings(service)
  const [late, silent] = [textOption(context.values, 'late'), textOption(context.values, 'silent')]
  if (late !== null || silent !== null) {
    const actor = await actorFor(context, 'technician')
    const change = {
      lateAfterHours: Number(late ?? before.lateAfterHours),
      silentAfterHours: Number(silent ?? before.silentAfterHours),
    }
    await writeFleetSettings(service, { ...before, ...change }, actor, context.now)
  } else await actorFor(context, ...READERS)
  const now = fleetSettings.parse(await readFleetSettings(service))
  context.say(
    `late after ${now.lateAfterHours} h, silent after ${now.silentAfterHours} h, disk below ${now.diskFreeBytes} bytes, clock off by ${now.clockMinutes} min`,
  )
  return { ok: true, settings: now }
}

function write(out: string, bytes: string | Uint8Array): void {
  try {
    writeFileSync(out, bytes)
  } catch (cause) {
    throw new SunhallError(
      'E-INPUT',
      `Expected to write ${out}, got ${messageOf(cause)}; is ${dirname(resolve(out))} there?`,
      {
        cause,
      },
    )
  }
}
