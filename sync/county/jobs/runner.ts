// Long work runs as a child process, the command line itself with --json: a file that kills it harms nobody else. One
// job at a time; the others wait in line.
//
//   waiting ──► running ──► done | failed
//      └───────────┴──────► cancelled
import { type ChildProcess, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import type { JobView } from '../../contract/console/jobs.ts'
import { messageOf } from '../../contract/errors.ts'
import { TICKET_VARIABLE } from '../accounts/actor.ts'
import type { Actor } from '../accounts/roles.ts'
import { nodeOptions } from './node-options.ts'
import { Outcome } from './outcome.ts'

export interface JobOrder {
  verb: string
  /** After the verb; --data and --json are added. Never a secret: a process list shows them. */
  args: readonly string[]
  title: string
  actor: Actor
  /** Environment of this child alone, for a passphrase: kept in no list and no file. */
  secrets?: { readonly [name: string]: string }
  /** Called once at the end, whatever it is: to delete an uploaded file. */
  ended?: (job: JobView) => void | Promise<void>
}
export interface JobRunner {
  start(order: JobOrder): JobView
  /** Resolves at the job's end, with its last view. */
  whenEnded(id: string): Promise<JobView>
  /** Null where there is none of that login's. */
  find(id: string, login: string): JobView | null
  list(login: string): JobView[]
  cancel(id: string, login: string): JobView | null
  /** Breaks everything off. */
  close(): Promise<void>
}
export interface RunnerOptions {
  folder: string
  /** A one-time ticket for the child (`accounts/sessions.ts`); null in a practice office. */
  ticket: (actor: Actor) => Promise<string | null>
  now: () => Date
  warn: (line: string) => void
  /** The command line's file, where it isn't the office's own. */
  cli?: string
}

interface Job {
  view: JobView
  order: JobOrder
  child: ChildProcess | null
  ended: Promise<JobView>
  end: (view: JobView) => void
}

const CLI = join(import.meta.dirname, '..', 'cli.ts')
/** Time to leave nothing behind before a child is killed outright. */
const KILL_MS = 5_000
/** Ended jobs that are still remembered. */
const REMEMBERED = 50

export function createJobs(options: RunnerOptions): JobRunner {
  const jobs: Job[] = []
  const waiting = (): Job[] => jobs.filter(({ view }) => view.state === 'waiting')
  const running = (): Job | undefined => jobs.find(({ view }) => view.startedAt !== null && view.endedAt === null)

  function next(): void {
    const [job] = waiting()
    if (job === undefined || running() !== undefined) return
    job.view.state = 'running'
    job.view.startedAt = options.now().toISOString()
    void run(job, options)
      .catch((error: unknown) => Outcome.failedToStart(error))
      .then((outcome) => finish(job, outcome))
  }
  function finish(job: Job, outcome: Pick<JobView, 'state' | 'result' | 'error'>): void {
    // What was done before the signal came is done.
    const cancelled = job.view.state === 'cancelled' && outcome.state !== 'done'
    Object.assign(job.view, cancelled ? {} : outcome, { endedAt: options.now().toISOString() })
    settle(job, options)
    const over = jobs.filter(({ view }) => view.endedAt !== null)
    if (over.length > REMEMBERED) jobs.splice(jobs.indexOf(over[0] ?? job), 1)
    next()
  }
  const viewOf = (job: Job): JobView => ({
    ...job.view,
    before: job.view.state === 'waiting' ? waiting().indexOf(job) + (running() === undefined ? 0 : 1) : 0,
  })
  const own = (id: string, login: string): Job | null =>
    jobs.find((job) => job.view.id === id && job.order.actor.login === login) ?? null

  return {
    start(order) {
      const job = newJob(order)
      jobs.push(job)
      next()
      return viewOf(job)
    },
    async whenEnded(id) {
      const job = jobs.find(({ view }) => view.id === id)
      if (job === undefined) throw new Error(`Expected the number of a job, got ${id}`)
      return job.ended
    },
    find(id, login) {
      const job = own(id, login)
      return job === null ? null : viewOf(job)
    },
    list: (login) => jobs.filter(({ order }) => order.actor.login === login).map(viewOf),
    cancel(id, login) {
      const job = own(id, login)
      if (job === null) return null
      cancelJob(job, finish)
      return viewOf(job)
    },
    async close() {
      for (const job of jobs) cancelJob(job, finish)
      await Promise.all(jobs.map(({ ended }) => ended))
    },
  }
}

function newJob(order: JobOrder): Job {
  const { promise, resolve } = Promise.withResolvers<JobView>()
  return {
    order,
    child: null,
    ended: promise,
    end: resolve,
    view: {
      id: randomUUID(),
      verb: order.verb,
      title: order.title,
      state: 'waiting',
      before: 0,
      progress: null,
      startedAt: null,
      endedAt: null,
      result: null,
      error: null,
    },
  }
}

function settle(job: Job, { warn }: RunnerOptions): void {
  // A secret lives no longer than its child.
  job.order = { ...job.order, secrets: {} }
  const view = { ...job.view }
  void Promise.resolve()
    .then(() => job.order.ended?.(view))
    .catch((error: unknown) => warn(`E-SERVER: after ${job.view.verb}: ${messageOf(error)}`))
    .then(() => job.end(view))
}

function cancelJob(job: Job, finish: (job: Job, outcome: Pick<JobView, 'state' | 'result' | 'error'>) => void): void {
  if (job.view.endedAt !== null) return
  const ran = job.view.state === 'running'
  job.view.state = 'cancelled'
  if (!ran) {
    finish(job, { state: 'cancelled', result: null, error: null })
    return
  }
  const { child } = job
  child?.kill('SIGTERM')
  setTimeout(() => child?.kill('SIGKILL'), KILL_MS).unref()
}

async function run(job: Job, options: RunnerOptions): Promise<Pick<JobView, 'state' | 'result' | 'error'>> {
  const { verb, args, actor, secrets } = job.order
  const ticket = await options.ticket(actor)
  const by = ticket === null ? ['--by', actor.name] : []
  const line = [...nodeOptions(verb), options.cli ?? CLI, verb, ...args, ...by, '--data', options.folder, '--json']
  const env = { ...process.env, ...secrets, ...(ticket === null ? {} : { [TICKET_VARIABLE]: ticket }) }
  const child = spawn(process.execPath, line, { stdio: ['ignore', 'pipe', 'pipe'], env })
  job.child = child
  // Cancelled while the ticket was made.
  if (job.view.state === 'cancelled') child.kill('SIGTERM')
  const outcome = new Outcome((progress) => {
    job.view.progress = progress
  })
  child.stdout.setEncoding('utf8').on('data', (text: string) => outcome.stdout(text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => outcome.stderr(text))
  return new Promise((done, failed) => {
    child.on('error', failed)
    child.on('close', (code, signal) => done(outcome.end(code, signal)))
  })
}
