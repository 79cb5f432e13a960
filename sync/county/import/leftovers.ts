// Sweeps away what nobody will ask for again: uploads that were abandoned or cut off, and files of refused rows whose import
// was killed. They hold people's numbers and accounts. What a running import reads or writes is never touched.
//
//   incoming/UUID            an upload on its way in; still for an hour, it was cut off
//   incoming/UUID.csv        an upload; unused for 7 days, it was abandoned
//   refused/NAME.PID.aside   being written by process PID
//   refused/7.csv            of import 7; without such an import, of one that was killed
//   refused/try-9.csv        of try 9; of one that was broken off, nobody has seen it
import { readdirSync, rmSync, statSync, utimesSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { messageOf } from '../../contract/errors.ts'
import type { Office } from '../office.ts'
import { isAlive, listRuns, type Run } from './runs.ts'
import { listImports } from './undo.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
/** Ms without a byte after which an upload on its way in counts as cut off. */
const CUT_OFF_MS = HOUR_MS
/** Days after its last use that an upload is kept for a resumption: a holiday week. */
export const UPLOAD_DAYS = 7

const ON_ITS_WAY = /^[0-9a-f-]{36}$/
const UPLOAD = /^[0-9a-f-]{36}\.[a-z.]{3,8}$/

/** Where uploads lie. */
export function incomingOf(office: Pick<Office, 'folder'>): string {
  return join(office.folder, 'incoming')
}

/** An upload that is used again is kept for another while. */
export function keepUpload(path: string, now: Date): void {
  utimesSync(path, now, now)
}

/** Names of the files that went, for the log; a file that can't be removed is left for the next time. */
export async function sweepLeftovers(office: Office, now: Date): Promise<string[]> {
  const [incoming, refused] = [incomingOf(office), join(office.folder, 'refused')]
  // Names first: a file that was there before the books were asked is known to them, or its import is known to be at work.
  const names = [namesIn(incoming), namesIn(refused)] as const
  const runs = await listRuns(await office.books())
  const isRefused = await refusedLeft(office, runs)
  return [
    ...sweep(incoming, names[0], (name, path) => isAbandoned(name, path, runs, now)),
    ...sweep(refused, names[1], isRefused),
  ]
}

function isAbandoned(name: string, path: string, runs: readonly Run[], now: Date): boolean {
  const age = now.getTime() - (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? now.getTime())
  if (ON_ITS_WAY.test(name)) return age > CUT_OFF_MS
  const read = runs.some((run) => run.state === 'running' && resolve(run.path) === resolve(path))
  return UPLOAD.test(name) && age > UPLOAD_DAYS * DAY_MS && !read
}

async function refusedLeft(office: Office, runs: readonly Run[]): Promise<(name: string) => boolean> {
  const imports = new Set((await listImports(office)).map(({ id }) => id))
  const ofRun = new Map(runs.map((run) => [run.id, run.state]))
  // The number of an import that is under way isn't in the books yet.
  const calm = !runs.some(({ state }) => state === 'running')
  return (name) => {
    if (name.endsWith('.aside')) return isOrphan(name)
    const [, tried, number = ''] = /^(try-)?(\d{1,9})\.(?:csv|xlsx)$/.exec(name) ?? []
    if (number === '') return false
    const state = ofRun.get(Number(number))
    if (tried !== undefined) return state === undefined || state === 'broken'
    return calm && !imports.has(Number(number))
  }
}

/** `path` as it is written: under the writer's number, so that whoever finds it knows whether the writer still lives. */
export function asideOf(path: string): string {
  return `${path}.${process.pid}.aside`
}

/** Drops what killed processes left of writing `path`. */
export function sweepAsides(path: string): void {
  const folder = dirname(path)
  sweep(folder, namesIn(folder), (name) => name.startsWith(`${basename(path)}.`) && isOrphan(name))
}

function isOrphan(name: string): boolean {
  const pid = Number(/\.(\d{1,9})\.aside$/.exec(name)?.[1] ?? 0)
  return name.endsWith('.aside') && (pid === 0 || pid === process.pid || !isAlive(pid))
}

function sweep(folder: string, names: readonly string[], isLeft: (name: string, path: string) => boolean): string[] {
  const swept: string[] = []
  for (const name of names) {
    const path = join(folder, name)
    if (!isLeft(name, path)) continue
    rmSync(path, { force: true })
    swept.push(name)
  }
  return swept
}

function namesIn(folder: string): string[] {
  return statSync(folder, { throwIfNoEntry: false })?.isDirectory() === true ? readdirSync(folder) : []
}

/** Sweeps now and daily while the office serves. `warn` hears what went, and what went wrong. */
export function startSweeping(office: Office, now: () => Date, warn: (line: string) => void): { close(): void } {
  const go = async (): Promise<void> => {
    try {
      const swept = await sweepLeftovers(office, now())
      if (swept.length > 0) warn(`Swept ${swept.length} abandoned files of imports`)
    } catch (error) {
      warn(`E-STATE: abandoned files of imports were not swept: ${messageOf(error)}`)
    }
  }
  void go()
  const timer = setInterval(() => void go(), DAY_MS)
  timer.unref()
  return { close: () => clearInterval(timer) }
}
