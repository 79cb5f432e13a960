// An import is killed with SIGKILL right before single changes of the disk (kill-at.ts), spread over its whole course; and
// with the office's server, in the middle. Each time nothing is left behind, and one resumption ends in the same books as an
// import that nobody disturbed.
import { type ChildProcess, spawn } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { importListSchema } from '../../sync/contract/console/imports.ts'
import { type JobView, jobSchema } from '../../sync/contract/console/jobs.ts'
import { CSRF_HEADER, sessionSchema } from '../../sync/contract/console/session.ts'
import { sweepLeftovers } from '../../sync/county/import/leftovers.ts'
import { listRuns, type Run } from '../../sync/county/import/runs.ts'
import { openOffice } from '../../sync/county/office.ts'
import { countIn, rowsIn } from '../county/books-file.ts'
import { addPeople, PASSWORD } from './console-desk.ts'

const CLI = join(import.meta.dirname, '..', '..', 'sync', 'county', 'cli.ts')
const KILL_AT = join(import.meta.dirname, 'kill-at.ts')
const SEED = 431225
const KILLS = 5
/** The last changes of an import: files of refused rows, the commit, what follows it. */
const LAST = 5

let folder: string
let calm: string
let changes: number

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'import-kill-'))
  const office = openOffice(join(folder, 'empty'), new Date())
  await office.books()
  await office.close()
  writeFileSync(join(folder, '名册.csv'), roster(60))
  const { code, err } = await county(copy('calm'), importing())
  expect(code).toBe(0)
  changes = Number(/changes (\d+)/.exec(err)?.[1])
  calm = booksOf(join(folder, 'calm'))
}, 300_000)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** One row of it is refused, so that files of refused rows are written too. */
function roster(rows: number): string {
  const lines = Array.from({ length: rows }, (_, at) => `431225100201,杨${at},${at === 5 ? 'x' : '1.00'},2026-03-01`)
  return `村代码,谁,金额,发放日期\n${lines.join('\n')}\n`
}

function importing(): string[] {
  return ['import', 'payments', join(folder, '名册.csv'), '--map', '谁=payee', '--set', 'fund=F001', '--by', '李示例']
}

function copy(name: string): string {
  const data = join(folder, name)
  cpSync(join(folder, 'empty'), data, { recursive: true })
  return data
}

function county(
  data: string,
  args: readonly string[],
  killAt = 0,
): Promise<{ code: number | null; out: string; err: string }> {
  const env = { ...process.env, ...(killAt > 0 ? { SUNHALL_KILL_AT: String(killAt) } : {}) }
  const child = spawn(process.execPath, ['--import', KILL_AT, CLI, ...args, '--data', data, '--json'], { env })
  const said = { out: '', err: '' }
  child.stdout.on('data', (text) => {
    said.out += text
  })
  child.stderr.on('data', (text) => {
    said.err += text
  })
  return new Promise((done) => child.on('close', (code) => done({ code, ...said })))
}

/** Everything that an import writes, but for moments and numbers of tries, and the files of its refused rows. */
function booksOf(data: string): string {
  const tables = ['payments', 'roster', 'originFunds', 'headingMaps', 'clauses']
  const all = [
    ...tables.map((table) => `SELECT * FROM "${table}" ORDER BY 1, 2`),
    'SELECT id, "table", file, sha256, accepted, refused, duplicates FROM imports ORDER BY id',
    'SELECT id, import, "table", file FROM origins ORDER BY id',
  ].map((question) => rowsIn({ folder: data }, question))
  return JSON.stringify(all).replace(/"at":"[^"]*"/g, '"at":""') + readFileSync(join(data, 'refused', '1.csv'), 'utf8')
}

/** Nothing of an import stands: no row, no person, no origin, and after a sweep no file. */
async function expectNothingLeft(data: string): Promise<void> {
  const office = openOffice(data, new Date())
  const left = ['FROM payments', 'FROM roster', 'FROM imports WHERE id > 0', 'FROM origins WHERE import > 0']
  await office.books()
  expect(left.map((from) => countIn(office, `SELECT count(*) ${from}`))).toEqual([0, 0, 0, 0])
  await sweepLeftovers(office, new Date())
  await office.close()
  const refused = join(data, 'refused')
  expect(existsSync(refused) ? readdirSync(refused) : []).toEqual([])
}

async function lastRun(data: string): Promise<Run | undefined> {
  const office = openOffice(data, new Date())
  const [run] = await listRuns(await office.books())
  await office.close()
  return run
}

it('killed before any change of the disk, an import stands whole or has left nothing, and resumes to the same books', async () => {
  const moments = fc.sample(fc.integer({ min: 1, max: changes - LAST }), { seed: SEED, numRuns: KILLS })
  const last = Array.from({ length: LAST }, (_, at) => changes - at)
  let [nothing, whole] = [0, 0]
  for (const at of [...moments, ...last]) {
    const data = copy(`killed-${at}`)
    const { code } = await county(data, importing(), at)
    expect(code).toBeNull()
    const run = await lastRun(data)
    if (run?.state === 'taken') whole += 1
    else {
      nothing += 1
      await expectNothingLeft(data)
      // Killed before its try was written down, nobody knows of it: it is imported as at first.
      const again = await county(data, run === undefined ? importing() : ['import', '--resume', String(run.id)])
      expect(JSON.parse(again.out)).toMatchObject({ ok: true, taken: true, accepted: 59, refused: 1 })
    }
    expect(booksOf(data), `killed before change ${at} of ${changes}, seed ${SEED}`).toBe(calm)
    expect(readdirSync(join(data, 'refused')).sort()).toEqual(['1.csv', '1.xlsx'])
    rmSync(data, { recursive: true })
  }
  expect([nothing > 0, whole > 0]).toEqual([true, true])
}, 600_000)

it('a power cut takes server and import: the next start lists it, and one order ends in the same books', async () => {
  const data = copy('server')
  const office = openOffice(data, new Date())
  await addPeople(office, [['li', '李示例', 'operator']], new Date())
  await office.close()
  const upload = roster(120_000)
  const first = await serve(data)
  const { upload: name } = JSON.parse(await first.send('files?name=名册.csv', upload))
  const order = { upload: name, name: '名册.csv', table: 'payments', sender: '', sheets: [], map: [['谁', 'payee']] }
  const started = jobSchema.parse(
    JSON.parse(await first.post('order', { ...order, set: [['fund', 'F001']], take: 'part' })),
  )
  await until(async () => ((await first.job(started.id)).progress?.done ?? 0) > 0)
  const pid = countIn({ folder: data }, 'SELECT pid FROM importRuns')
  process.kill(pid, 'SIGKILL')
  first.child.kill('SIGKILL')
  await new Promise((done) => first.child.once('close', done))
  const second = await serve(data)
  try {
    await expectNothingLeft(data)
    // What was sent up is still there to go on with.
    expect(readdirSync(join(data, 'incoming'))).toEqual([name])
    const { tries } = importListSchema.parse(JSON.parse(await second.get('')))
    expect(tries).toMatchObject([{ id: 1, state: 'broken', resumable: true, take: 'part' }])
    const resumed = jobSchema.parse(JSON.parse(await second.post('tries/1/resume', {})))
    await until(async () => (await second.job(resumed.id)).endedAt !== null)
    expect((await second.job(resumed.id)).state).toBe('done')
    const list = importListSchema.parse(JSON.parse(await second.get('')))
    expect(list).toMatchObject({ tries: [], imports: [{ id: 1, rows: 119_999, refused: 1 }, { id: 0 }] })
    expect(readdirSync(join(data, 'incoming'))).toEqual([])
    expect(readdirSync(join(data, 'refused')).sort()).toEqual(['1.csv', '1.xlsx'])
  } finally {
    second.child.kill('SIGKILL')
  }
  const undisturbed = copy('undisturbed')
  mkdirSync(join(folder, 'whole'))
  writeFileSync(join(folder, 'whole', '名册.csv'), upload)
  await county(undisturbed, importing().with(2, join(folder, 'whole', '名册.csv')))
  expect(booksOf(data) === booksOf(undisturbed)).toBe(true)
}, 600_000)

interface Server {
  child: ChildProcess
  get(path: string): Promise<string>
  post(path: string, body: unknown): Promise<string>
  send(path: string, bytes: string): Promise<string>
  job(id: string): Promise<JobView>
}

/** `serve` as a real process, with somebody signed in. */
async function serve(data: string): Promise<Server> {
  const child = spawn(process.execPath, [CLI, 'serve', '--port', '0', '--data', data, '--json'])
  const url = await new Promise<string>((done, failed) => {
    child.stdout.once('data', (text) => done(String(JSON.parse(String(text).split('\n')[0] ?? '').url)))
    child.once('close', () => failed(new Error('Expected a server, got its end')))
  })
  const { origin } = new URL(url)
  const api = `${origin}/console/api/`
  const json = { origin, 'content-type': 'application/json' }
  const body = JSON.stringify({ login: 'li', password: PASSWORD })
  const answer = await fetch(`${api}session`, { method: 'POST', headers: json, body })
  const { csrf } = sessionSchema.parse(await answer.json())
  const signed = { ...json, cookie: answer.headers.get('set-cookie')?.split(';')[0] ?? '', [CSRF_HEADER]: csrf }
  const ask = async (path: string, more: RequestInit = {}): Promise<string> => {
    const said = await fetch(`${api}${path}`, { headers: signed, ...more })
    const text = await said.text()
    expect(said.status, text).toBe(200)
    return text
  }
  return {
    child,
    get: (path) => ask(`imports${path}`),
    post: (path, value) => ask(`imports/${path}`, { method: 'POST', body: JSON.stringify(value) }),
    send: (path, bytes) =>
      ask(`imports/${path}`, {
        method: 'POST',
        body: bytes,
        headers: { ...signed, 'content-type': 'application/octet-stream' },
      }),
    job: async (id) => jobSchema.parse(JSON.parse(await ask(`jobs/${id}`))),
  }
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await pause(100)
}
