// An import is killed with SIGKILL right before single changes of the disk (kill-at.ts), spread over its whole course. Each
// time nothing is left behind, and one resumption ends in the same books as an import that nobody disturbed.
import { spawn } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { sweepLeftovers } from '../../sync/county/import/leftovers.ts'
import { listRuns, type Run } from '../../sync/county/import/runs.ts'
import { openOffice } from '../../sync/county/office.ts'
import { countIn, rowsIn } from '../county/books-file.ts'

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
