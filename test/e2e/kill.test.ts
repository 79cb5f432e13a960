// P1 in the office: propose, approve, publish and a planned publication are killed (SIGKILL) at moments drawn over their whole
// course. Afterwards the office stands before or after, whole, and the same verb goes through. SUNHALL_KILLS sets how many
// moments a verb; the seed is printed, SUNHALL_SEED repeats a run.
import type { ChildProcess } from 'node:child_process'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createJobs } from '../../sync/county/jobs/runner.ts'
import { ticketFor } from '../../sync/county/jobs/ticket.ts'
import { openOffice } from '../../sync/county/office.ts'
import {
  draftIn,
  ended,
  expectWhole,
  KILL_AT,
  leftAside,
  makeStages,
  PASSWORD,
  type Stages,
  start,
} from './kill-office.ts'

const KILLS = Number(process.env.SUNHALL_KILLS ?? 6)
const SEED = Number(process.env.SUNHALL_SEED ?? Date.now() % 2 ** 31)
const MINUTES = 60_000
let stages: Stages

beforeAll(async () => {
  console.log(`Seed of the kills: ${SEED}`)
  stages = await makeStages()
}, 10 * MINUTES)
afterAll(() => rmSync(stages.folder, { recursive: true, force: true }))

type Stage = 'imported' | 'proposed' | 'approved' | 'due'
function copyOf(stage: Stage): string {
  const data = mkdtempSync(join(stages.folder, `${stage}-`))
  cpSync(stages[stage], data, { recursive: true })
  return data
}

/** One moment in each of equal parts of the course, the last change among them. */
function moments(changes: number): number[] {
  let state = SEED
  const draw = (): number => {
    // Park and Miller's generator: enough to spread moments, and the same for the same seed.
    state = (state * 48_271) % 2_147_483_647
    return state / 2_147_483_647
  }
  const part = changes / KILLS
  const drawn = Array.from({ length: KILLS - 1 }, (_, at) => 1 + Math.floor((at + draw()) * part))
  return [...drawn, changes - 1]
}

interface Killed {
  stage: Stage
  args(): Promise<string[]>
  login: string
  /** States in which the draft may be found, and those in which the verb is to be said again. */
  may: readonly string[]
  again: readonly string[]
  after: string
  release: number
}

/** Waits until a process has said this on standard error. */
function said(child: ChildProcess, words: RegExp): Promise<void> {
  return new Promise((done) => {
    let text = ''
    child.stderr?.on('data', (chunk: Buffer) => {
      text += chunk.toString()
      if (words.test(text)) done()
    })
  })
}

async function fingerprint(): Promise<string> {
  return (await draftIn(stages.proposed))?.fingerprint ?? ''
}

async function killAll(verb: Killed): Promise<void> {
  const args = await verb.args()
  const whole = await ended(start(copyOf(verb.stage), args, verb.login, 0))
  expect(whole.code, whole.text).toBe(0)
  expect(whole.changes).toBeGreaterThan(KILLS)
  for (const at of moments(whole.changes)) {
    const hint = `${args[0]} killed at change ${at} of ${whole.changes}, seed ${SEED}`
    const data = copyOf(verb.stage)
    expect(await ended(start(data, args, verb.login, at)), hint).toMatchObject({ signal: 'SIGKILL' })
    expect([1, verb.release], hint).toContain(await expectWhole(stages, data, hint))
    const state = (await draftIn(data))?.state ?? 'none'
    expect(verb.may, hint).toContain(state)
    if (verb.again.includes(state)) {
      const again = await ended(start(data, args, verb.login, 0))
      expect(again.code, `${hint}: ${again.text}`).toBe(0)
    }
    const last = await draftIn(data)
    expect(last?.state, hint).toBe(verb.after)
    if (verb.after === 'published') expect(last?.publishedBy, hint).toBe('zhao')
    expect(await expectWhole(stages, data, hint), hint).toBe(verb.release)
    expect(leftAside(data), hint).toEqual([])
    rmSync(data, { recursive: true })
  }
}

const asApproved = async (): Promise<string[]> => ['approve', '--fingerprint', await fingerprint()]

it(
  'leaves a proposal made or not made',
  async () => {
    const states = { may: ['published', 'proposed'], again: ['published'], after: 'proposed', release: 1 }
    await killAll({ stage: 'imported', args: async () => ['draft', 'propose'], login: 'zhang', ...states })
  },
  20 * MINUTES,
)

it(
  'leaves a draft proposed or approved, and nothing of either public',
  async () => {
    const states = { may: ['proposed', 'approved'], again: ['proposed'], after: 'approved', release: 1 }
    await killAll({ stage: 'proposed', args: asApproved, login: 'li', ...states })
  },
  20 * MINUTES,
)

it(
  'leaves the release before or the new one public',
  async () => {
    const states = { may: ['approved', 'published'], again: ['approved'], after: 'published', release: 2 }
    await killAll({ stage: 'approved', args: async () => ['publish'], login: 'zhao', ...states })
  },
  20 * MINUTES,
)

it(
  'leaves the same where the publication was planned',
  async () => {
    const states = { may: ['approved', 'published'], again: ['approved'], after: 'published', release: 2 }
    await killAll({ stage: 'due', args: async () => ['publish', '--due'], login: '', ...states })
  },
  20 * MINUTES,
)

it(
  'publishes when the server is up again, where its planned publication and then the server itself were killed',
  async () => {
    const serve = ['serve', '--port', '0', '--no-console']
    for (const at of [40, 90, 140]) {
      const data = copyOf('due')
      const hint = `the server's publication killed at change ${at}`
      const only = { NODE_OPTIONS: `--import ${KILL_AT}`, SUNHALL_KILL_VERB: 'publish' }
      const server = start(data, serve, '', at, only)
      await said(server, /SIGKILL/)
      server.kill('SIGKILL')
      await expectWhole(stages, data, hint)
      const again = start(data, serve, '', 0)
      const over = ended(again)
      await expect.poll(async () => (await draftIn(data))?.state, { timeout: 2 * MINUTES }).toBe('published')
      again.kill('SIGTERM')
      expect((await over).code, hint).toBe(0)
      expect(await expectWhole(stages, data, hint)).toBe(2)
    }
  },
  20 * MINUTES,
)

it(
  'says that a job of the server broke off, and lets it be done again, where its child was killed',
  async () => {
    const data = copyOf('proposed')
    const office = openOffice(data, new Date())
    const warn = (): void => undefined
    const jobs = createJobs({
      folder: data,
      ticket: (actor) => ticketFor(office, actor, new Date()),
      now: () => new Date(),
      warn,
    })
    const actor = { login: 'li', name: '李审核', roles: ['reviewer' as const], township: null }
    const [verb = '', ...args] = await asApproved()
    const run = async (killAt: number) => {
      const secrets = {
        NODE_OPTIONS: `--import ${KILL_AT}`,
        SUNHALL_KILL_AT: String(killAt),
        SUNHALL_PASSWORD: PASSWORD,
      }
      return jobs.whenEnded(jobs.start({ verb, args, title: '审核', actor, secrets }).id)
    }
    try {
      for (const at of [90, 180])
        expect(await run(at)).toMatchObject({
          state: 'failed',
          error: { code: 'E-SERVER', detail: expect.stringContaining('SIGKILL') },
        })
      expect(await run(0)).toMatchObject({ state: 'done' })
      expect((await draftIn(data))?.state).toBe('approved')
    } finally {
      await jobs.close()
      await office.close()
    }
    await expectWhole(stages, data, 'a job')
  },
  20 * MINUTES,
)
