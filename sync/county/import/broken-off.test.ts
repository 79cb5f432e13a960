// An import that is killed leaves nothing behind but its try, and one command begins it again: the real command line.
import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { countIn } from '../../../test/county/books-file.ts'
import { openOffice } from '../office.ts'
import { listRuns } from './runs.ts'

const CLI = join(import.meta.dirname, '..', 'cli.ts')
const ROWS = 150_000
let folder = ''
let data = ''

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sunhall-broken-'))
  data = join(folder, 'office')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** Ends with the exit code, or is killed as soon as `until` has been said on standard error. */
function county(args: readonly string[], until?: RegExp): Promise<{ code: number | null; out: string; err: string }> {
  const child = spawn(process.execPath, [CLI, ...args, '--data', data, '--json'])
  let [out, err] = ['', '']
  child.stdout.on('data', (text) => {
    out += text
  })
  child.stderr.on('data', (text) => {
    err += text
    if (until?.test(err)) child.kill('SIGKILL')
  })
  return new Promise((done) => child.on('close', (code) => done({ code, out, err })))
}

it('killed in the middle, leaves no row, is listed as broken off, and is taken whole by --resume', async () => {
  const file = join(folder, '名册.csv')
  // The bad row makes sure that a file of refused rows was under way too.
  const lines = Array.from({ length: ROWS }, (_, at) => `431225100201,杨${at},${at === 5 ? 'x' : '1.00'},2026-03-01`)
  writeFileSync(file, `村代码,谁,金额,发放日期\n${lines.join('\n')}\n`)
  const killed = await county(['import', 'payments', file, '--map', '谁=payee', '--set', 'fund=F001'], /progress \{/)
  expect(killed.code).toBeNull()
  // Bytes of all, counted: an estimate that can be believed.
  expect(killed.err).toMatch(/progress \{"done":\d+,"total":\d+,"unit":"字节"/)
  const office = openOffice(data, new Date())
  expect(countIn(office, 'SELECT count(*) FROM payments')).toBe(0)
  expect(countIn(office, 'SELECT count(*) FROM imports')).toBe(1)
  expect(await listRuns(await office.books())).toMatchObject([{ id: 1, state: 'broken', file: '名册.csv' }])
  await office.close()
  const again = await county(['import', '--resume', '1'])
  expect(JSON.parse(again.out)).toMatchObject({ ok: true, taken: true, accepted: ROWS - 1, refused: 1 })
  // Of the killed one's half file nothing is left.
  expect(readdirSync(join(data, 'refused')).sort()).toEqual(['1.csv', '1.xlsx'])
  expect(existsSync(file)).toBe(true)
}, 300_000)

it('that took its rows is not begun again: they would stand twice', async () => {
  const file = join(folder, 'a.csv')
  writeFileSync(file, '村代码,姓名,金额,发放日期\n431225100201,杨示例,1.00,2026-03-01\n')
  await county(['import', 'payments', file, '--set', 'fund=F001'])
  const again = await county(['import', '--resume', '1'])
  expect(JSON.parse(again.out)).toMatchObject({ ok: false, code: 'E-STATE' })
}, 120_000)
