import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Actor } from '../accounts/roles.ts'
import { startProgress } from './progress.ts'
import { createJobs, type JobRunner } from './runner.ts'

vi.setConfig({ testTimeout: 60_000 })
const LI: Actor = { login: 'li', name: '李示例', roles: ['operator'], township: null }
/** A command line that does as it is told: what the office's own can't be made to do. */
const CLI = `
import { writeFileSync } from 'node:fs'
const [verb, file] = process.argv.slice(2)
const say = (value) => process.stdout.write(JSON.stringify(value) + '\\n')
if (verb === 'works') {
  process.stderr.write('progress {"done":5,"total":10,"unit":"行","secondsLeft":1}\\nNotice: half\\nprogress not json\\n')
  say({ early: true })
  say({ ok: true, arguments: process.argv.slice(2), ticket: process.env.SUNHALL_TICKET, secret: process.env.SECRET })
} else if (verb === 'refuses') {
  say({ ok: false, code: 'E-INPUT', message: 'Expected a workbook, got a picture' })
  process.exitCode = 1
} else if (verb === 'crashes') {
  process.kill(process.pid, 'SIGKILL')
} else if (verb === 'mumbles') {
  process.stdout.write('{"ok":tr')
} else if (verb === 'lasts') {
  writeFileSync(file, 'started')
  setInterval(() => undefined, 1000)
}
`
let folder = ''
let jobs: JobRunner
const warnings: string[] = []

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'jobs-'))
  const cli = join(folder, 'cli.mjs')
  writeFileSync(cli, CLI)
  const warn = (line: string) => void warnings.push(line)
  jobs = createJobs({ folder, cli, ticket: async () => 'ticket-1', now: () => new Date(), warn })
})
afterEach(async () => {
  await jobs.close()
  rmSync(folder, { recursive: true, force: true })
})

const start = (verb: string, args: string[] = [], more = {}) =>
  jobs.start({ verb, args, title: verb, actor: LI, ...more })

describe('a job', () => {
  it('is the command line in a child, with a ticket and secrets that no argument shows', async () => {
    const ends: string[] = []
    const ended = (job: { state: string }) => void ends.push(job.state)
    const { id } = start('works', ['a b', '$(x)'], { secrets: { SECRET: 'hidden' }, ended })
    const done = await jobs.whenEnded(id)
    expect(done).toMatchObject({ state: 'done', error: null, progress: { done: 5, total: 10, unit: '行' } })
    expect(done.result).toEqual({
      ok: true,
      arguments: ['works', 'a b', '$(x)', '--data', folder, '--json'],
      ticket: 'ticket-1',
      secret: 'hidden',
    })
    expect(ends).toEqual(['done'])
    expect(jobs.find(id, 'li')?.state).toBe('done')
    expect(jobs.find(id, 'other')).toBeNull()
  })

  it.each([
    ['refuses', 'E-INPUT', 'Expected a workbook'],
    ['crashes', 'E-SERVER', 'SIGKILL'],
    ['mumbles', 'E-SERVER', 'exit code 0'],
  ])('that %s ends in a clear error, and the next one runs', async (verb, code, detail) => {
    const bad = await jobs.whenEnded(start(verb).id)
    expect(bad).toMatchObject({ state: 'failed', error: { code, detail: expect.stringContaining(detail) } })
    expect((await jobs.whenEnded(start('works').id)).state).toBe('done')
  })

  it('waits for the one before it, and can be broken off while it waits or runs', async () => {
    const mark = join(folder, 'mark')
    const first = start('lasts', [mark])
    const second = start('works')
    const third = start('works')
    expect([first.before, second.before, third.before]).toEqual([0, 1, 2])
    await vi.waitFor(() => readFileSync(mark), { timeout: 30_000, interval: 50 })
    expect(jobs.cancel(first.id, 'other')).toBeNull()
    expect(jobs.cancel(second.id, 'li')?.state).toBe('cancelled')
    expect(jobs.find(third.id, 'li')?.state).toBe('waiting')
    jobs.cancel(first.id, 'li')
    expect((await jobs.whenEnded(first.id)).state).toBe('cancelled')
    expect((await jobs.whenEnded(third.id)).state).toBe('done')
    expect(jobs.list('li').map(({ state }) => state)).toEqual(['cancelled', 'cancelled', 'done'])
  })
})

describe('progress', () => {
  it('says nothing of the time left at first, then goes by the speed of the last seconds', () => {
    const lines: string[] = []
    let at = 0
    const progress = startProgress(
      { json: true, warn: (line) => lines.push(line) },
      { unit: '行', total: 1000 },
      () => at,
    )
    const said = () => JSON.parse(lines.at(-1)?.replace('progress ', '') ?? 'null')
    at = 1000
    progress.step(100)
    expect(said()).toEqual({ done: 100, total: 1000, unit: '行', secondsLeft: null })
    at = 1100
    progress.step(110)
    expect(lines).toHaveLength(1)
    at = 4000
    progress.step(400)
    expect(said().secondsLeft).toBe(6)
    // Ten times slower from here on: the estimate follows.
    for (at = 5000; at <= 24_000; at += 1000) progress.step(400 + (at - 4000) / 100)
    expect(said().secondsLeft).toBe(40)
  })

  it('has a plain line for people', () => {
    const lines: string[] = []
    let at = 0
    const progress = startProgress(
      { json: false, warn: (line) => lines.push(line) },
      { unit: 'rows', total: 100 },
      () => at,
    )
    at = 3000
    progress.step(50)
    expect(lines).toEqual(['50 of 100 rows, about 3 s left'])
  })
})
