// What killed imports and abandoned uploads leave on the disk is swept; what a running import uses is not.
import { spawn } from 'node:child_process'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { changeIn } from '../../../test/county/books-file.ts'
import { type Office, openOffice } from '../office.ts'
import { incomingOf, sweepAsides, sweepLeftovers } from './leftovers.ts'
import { type Choices, endRun, isAlive, listRuns, startRun } from './runs.ts'

const NOW = new Date('2026-11-24T02:00:00Z')
const DAY_MS = 86_400_000
const CHOICES: Choices = {
  map: [],
  set: [],
  sheet: null,
  header: null,
  sender: null,
  take: 'part',
  refused: null,
  within: null,
}
/** A process number above what Linux gives: nobody has it. */
const NOBODY = 999_999_999
let folder = ''
let office: Office

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sunhall-leftovers-'))
  office = openOffice(join(folder, 'office'), NOW)
  mkdirSync(incomingOf(office), { recursive: true })
  mkdirSync(join(office.folder, 'refused'), { recursive: true })
})
afterEach(async () => {
  await office.close()
  rmSync(folder, { recursive: true })
})

function upload(at: number, ending: string, ageMs: number): string {
  const path = join(incomingOf(office), `00000000-0000-4000-8000-${String(at).padStart(12, '0')}${ending}`)
  writeFileSync(path, 'x')
  utimesSync(path, NOW, new Date(NOW.getTime() - ageMs))
  return path
}

async function begin(path: string, startedAt = new Date()): Promise<number> {
  return startRun(
    await office.books(),
    { table: 'payments', file: 'a.csv', path, choices: CHOICES, by: '李示例' },
    startedAt,
  )
}

function kill(run: number): void {
  changeIn(office, 'UPDATE importRuns SET pid = ? WHERE id = ?', NOBODY, run)
}

it('uploads go a week after their last use, and cut-off ones after an hour, but none that an import reads', async () => {
  const kept = [upload(1, '.csv', 6 * DAY_MS), upload(2, '', DAY_MS / 48), upload(3, '.xlsx', 30 * DAY_MS)]
  const gone = [upload(4, '.csv', 8 * DAY_MS), upload(5, '', DAY_MS / 12), upload(6, '.csv.gz', 8 * DAY_MS)]
  await begin(kept[2] ?? '')
  kill(await begin(gone[2] ?? ''))
  expect(await sweepLeftovers(office, NOW)).toHaveLength(gone.length)
  expect(readdirSync(incomingOf(office)).map((name) => join(incomingOf(office), name))).toEqual(kept)
})

it('refused rows of an import that never came to be, or of a broken-off try, go', async () => {
  const [looked, killed] = [await begin('a.csv'), await begin('b.csv')]
  await endRun(await office.books(), looked, { state: 'looked', now: NOW })
  kill(killed)
  const names = [
    '0.csv',
    `try-${looked}.csv`,
    `try-${looked}.xlsx`,
    '一月.csv',
    `1.csv.${NOBODY}.aside`,
    '1.csv',
    '7.xlsx',
  ]
  for (const name of [...names, `try-${killed}.csv`, 'try-99.xlsx', '1.csv.aside'])
    writeFileSync(join(office.folder, 'refused', name), 'x')
  await sweepLeftovers(office, NOW)
  // 0 is the catalogue, which is an import; what nobody here has named so is somebody's own.
  expect(readdirSync(join(office.folder, 'refused')).sort()).toEqual(names.slice(0, 4).sort())
})

it('nothing of an import that is at work goes', async () => {
  await begin('a.csv')
  writeFileSync(join(office.folder, 'refused', '1.csv'), 'x')
  expect(await sweepLeftovers(office, NOW)).toEqual([])
})

it('a file that is being written aside goes only when its writer is gone', () => {
  const path = join(folder, '待改.csv')
  writeFileSync(`${path}.${process.ppid}.aside`, 'x')
  writeFileSync(`${path}.${NOBODY}.aside`, 'x')
  sweepAsides(path)
  expect(readdirSync(folder).filter((name) => name.endsWith('.aside'))).toEqual([`待改.csv.${process.ppid}.aside`])
})

it('a try from before the machine was started counts as broken off, whoever has its process number now', async () => {
  const [before, since] = [await begin('a.csv', new Date('2020-01-01T00:00:00Z')), await begin('b.csv')]
  const states = new Map((await listRuns(await office.books())).map(({ id, state }) => [id, state]))
  expect([states.get(before), states.get(since)]).toEqual(['broken', 'running'])
})

it.runIf(existsSync('/proc/self/stat'))(
  'takes a process that ended unseen for dead, though its number is still given',
  async () => {
    // The shell's own child ends while the program that took the shell's place never looks at it.
    const parent = spawn('sh', ['-c', 'true & echo $!; exec sleep 60'])
    try {
      const pid = Number(await new Promise((said) => parent.stdout.once('data', (text) => said(String(text)))))
      const state = (): string => readFileSync(`/proc/${pid}/stat`, 'utf8')
      await vi.waitUntil(() => state().includes(') Z'), { timeout: 20_000 })
      expect(() => process.kill(pid, 0)).not.toThrow()
      expect([isAlive(pid), isAlive(process.pid)]).toEqual([false, true])
    } finally {
      parent.kill('SIGKILL')
    }
  },
)
