// Kills the host before drawn changes of its metadata, journal and mirror, and looks after each restart at what is left:
// one trusted release, whole and served without the office (P1, P3), every message that was acknowledged, once (P4).
import { spawn } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { createHost, type Host } from '../../electron/host/host.ts'
import { messageOf } from '../../electron/host/journal/messages.fixture.ts'
import { checkResult } from '../../sync/contract/host-api.ts'
import { paths } from '../../sync/contract/release.ts'
import { type HostCounty, openHostCounty, publishWithPatch } from './host-county.ts'
import type { HostCounts, HostMoment } from './host-moments.ts'

const HERE = import.meta.dirname
const FIRST = messageOf(0)

export interface HostOutcome {
  run: number
  moment: HostMoment
  /** False where the host had ended before its moment. */
  hit: boolean
  /** Number of the trusted release after the restart. */
  trusted: number
  failed: string | null
}
export interface HostGround {
  county: HostCounty
  /** Changes by area in a day without a kill. */
  counts: HostCounts
  kill(run: number, moment: HostMoment): Promise<HostOutcome>
  close(): Promise<void>
}

/** A terminal that trusts, shows and mirrors release 1 and keeps one message, while the office has release 2. */
export async function openHostGround(folder: string): Promise<HostGround> {
  const county = await openHostCounty()
  const template = join(folder, 'template')
  mkdirSync(template, { recursive: true })
  await county.office.provision(join(folder, 'stick'), county.url)
  const host = await open(template, join(folder, 'stick', 'config.jws'))
  await check(host)
  const [first] = county.office.builds
  for (const part of Object.keys(first?.record.packs ?? {})) await get(host, paths.pack(first?.record.root ?? '', part))
  await post(host, '/host/shown', { root: first?.record.root, previous: null })
  await post(host, '/host/message', FIRST)
  await host.close()
  publishWithPatch(county.office, 2, 'release 2')
  const strike = (run: number, moment: HostMoment | null) => struck(folder, template, run, moment)
  const rehearsed = await strike(0, null)
  if (!rehearsed.said.includes('done')) throw new Error(`Expected a day without a kill, got ${rehearsed.said}`)
  const counts: HostCounts = JSON.parse(readFileSync(join(folder, 'run-0', 'counts.json'), 'utf8'))
  return {
    county,
    counts,
    async kill(run, moment) {
      county.inbox.clear()
      county.away = false
      const { data, said } = await strike(run, moment)
      const outcome: HostOutcome = { run, moment, hit: !said.includes('done'), trusted: 0, failed: null }
      try {
        outcome.trusted = await judge(county, data, said)
        rmSync(join(folder, `run-${run}`), { recursive: true, force: true })
      } catch (error) {
        outcome.failed = String(error)
      }
      return outcome
    },
    close: () => county.close(),
  }
}

async function struck(folder: string, template: string, run: number, moment: HostMoment | null) {
  const data = join(folder, `run-${run}`, 'data')
  cpSync(template, data, { recursive: true })
  const args = ['--import', join(HERE, 'host-trigger.ts'), join(HERE, 'host-victim.ts'), data]
  const env = { ...process.env, SUNHALL_FAULT: JSON.stringify(moment) }
  const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'pipe'] })
  let text = ''
  let errors = ''
  child.stdout.on('data', (chunk: Buffer) => {
    text += chunk.toString()
  })
  child.stderr.on('data', (chunk: Buffer) => {
    errors += chunk.toString()
  })
  const signal = await new Promise((ended) => child.once('close', (_code, by) => ended(by)))
  const said = text.trim().split('\n')
  if (signal !== 'SIGKILL' && !said.includes('done')) throw new Error(`Expected a kill or an end, got ${errors}`)
  return { data, said }
}

/** Number of the release that is trusted after the restart. Errors: anything that P1, P3 or P4 forbid. */
async function judge(county: HostCounty, data: string, said: readonly string[]): Promise<number> {
  const kept = [FIRST.id, ...said.flatMap((line) => (line.startsWith('kept ') ? [line.slice(5)] : []))]
  demandJournal(county, join(data, 'journal'), kept)
  const shown = said.find((line) => line.startsWith('shown '))?.slice(6) ?? county.office.builds[0]?.record.root
  county.away = true
  const host = await open(data)
  try {
    const { trusted } = host.state()
    if (!county.office.builds.some(({ record }) => record.root === trusted?.root))
      throw new Error(`Expected release 1 or 2 to be trusted, got ${trusted?.number}`)
    await demandPacks(county, host, shown ?? '', 'without the office')
    county.away = false
    const result = await check(host)
    if (result.result !== 'release' || result.record.number !== 2)
      throw new Error(`Expected the next check to find release 2, got ${JSON.stringify(result)}`)
    await demandPacks(county, host, result.record.root, 'with the office')
    await host.deliver()
    demandDelivered(county, kept, host.state().waiting ?? 0)
    return trusted?.number ?? 0
  } finally {
    await host.close()
  }
}

/** Each acknowledged message lies there whole and once, unless the office has it. */
function demandJournal({ inbox }: HostCounty, journal: string, kept: readonly string[]): void {
  const files = existsSync(journal) ? readdirSync(journal).filter((name) => name.endsWith('.json')) : []
  const ids = files.map((name) => name.slice(0, 11))
  if (new Set(ids).size < ids.length) throw new Error(`Expected one file a message, got ${ids}`)
  const lost = kept.filter((id) => !ids.includes(id) && !inbox.has(id))
  if (lost.length > 0) throw new Error(`Expected acknowledged messages in the journal, lost ${lost}`)
}

function demandDelivered({ inbox }: HostCounty, kept: readonly string[], waiting: number): void {
  if (waiting > 0) throw new Error(`Expected an empty journal after the delivery, got ${waiting} messages`)
  const lost = kept.filter((id) => !inbox.has(id))
  if (lost.length > 0) throw new Error(`Expected acknowledged messages at the office, lost ${lost}`)
  const doubled = [...inbox].filter(([, texts]) => texts.size > 1)
  if (doubled.length > 0) throw new Error(`Expected one text a message, got two of ${doubled.map(([id]) => id)}`)
}

async function demandPacks({ office }: HostCounty, host: Host, root: string, how: string): Promise<void> {
  const built = office.builds.find(({ record }) => record.root === root)
  for (const part of Object.keys(built?.record.packs ?? {})) {
    const { status } = await get(host, paths.pack(root, part))
    if (status !== 200)
      throw new Error(`Expected part ${part} of release ${built?.record.number} ${how}, got ${status}`)
  }
}

function open(dataFolder: string, configFile: string | null = null): Promise<Host> {
  const options = { clock: () => new Date(), shell: 'browser', appVersion: '0', production: false } as const
  return createHost({ ...options, dataFolder, configFile, stickPlaces: [] })
}
function post(host: Host, path: string, body: unknown): Promise<Response> {
  return host.handle(new Request(`http://127.0.0.1${path}`, { method: 'POST', body: JSON.stringify(body) }))
}
function get(host: Host, path: string): Promise<Response> {
  return host.handle(new Request(`http://127.0.0.1/county/${path}`))
}
async function check(host: Host) {
  return checkResult.parse(await (await post(host, '/host/check', { reason: 'slot', folder: null })).json())
}
