// serve: the published files, the console and the terminals' messages over HTTP, until Ctrl-C.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { getRequestListener } from '@hono/node-server'
import { SunhallError } from '../../contract/errors.ts'
import { startTimetable } from '../drafts/timetable.ts'
import { startPatrol } from '../fleet/patrol.ts'
import { createApp } from '../http/app.ts'
import { startSweeping } from '../import/leftovers.ts'
import { createJobs, type JobRunner } from '../jobs/runner.ts'
import { ticketFor } from '../jobs/ticket.ts'
import { signer } from '../keys/root.ts'
import { serveOffice } from '../serve/server.ts'
import { textOption, textOptions, type Verb, type VerbContext } from './verb.ts'

const DEFAULT_PORT = '8431'

export const serveVerb: Verb = {
  name: 'serve',
  usage: 'serve [--port N] [--host ADDRESS] [--name HOST …] [--no-console]',
  summary:
    'serves the published files to terminals and the console to the office, signs the timestamp daily, until Ctrl-C',
  example: 'county serve --host 0.0.0.0 --port 8080',
  options: {
    port: { type: 'string', help: `port (default ${DEFAULT_PORT}; 0 takes a free one and says which)` },
    host: { type: 'string', help: 'address to listen on (default 127.0.0.1: this machine only)' },
    name: { type: 'string', multiple: true, help: 'name that browsers call this server by, beside its addresses' },
    'no-console': { type: 'boolean', help: 'files and terminals only, without the web console under /console/' },
  },
  positionals: { min: 0, max: 0 },
  async run(context) {
    const { office, values, say, warn } = context
    const jobs = createJobs({
      folder: office.folder,
      ticket: (actor) => ticketFor(office, actor, new Date()),
      now: () => new Date(),
      warn,
    })
    const port = portOption(textOption(values, 'port') ?? DEFAULT_PORT)
    const serving = await serveOffice({
      dist: office.dist,
      host: textOption(values, 'host') ?? '127.0.0.1',
      port,
      timestampKey: existsSync(join(office.keys, 'timestamp.pem')) ? () => signer(office, 'timestamp') : null,
      now: () => new Date(),
      log: values.verbose === true ? warn : null,
      warn,
      app: appFor(context, jobs),
    })
    const watch = startPatrol(office, () => new Date(), warn)
    const timetable = startTimetable(office, () => new Date(), warn)
    const sweeping = startSweeping(office, () => new Date(), warn)
    say(`Serving ${office.dist} at ${serving.url} (Ctrl-C ends)`)
    // With --json the one line comes at once: whoever started this waits for it.
    if (values.json === true)
      process.stdout.write(`${JSON.stringify({ ok: true, url: serving.url, port: serving.port })}\n`)
    await new Promise<void>((done) => {
      for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => done())
    })
    await watch.close()
    await timetable.close()
    sweeping.close()
    await jobs.close()
    await serving.close()
    return { ok: true, url: serving.url, port: serving.port, ended: true }
  },
}

const CONSOLE_FOLDER = join(import.meta.dirname, '..', '..', '..', 'dist', 'console')

function appFor({ office, values, warn }: VerbContext, jobs: JobRunner): ReturnType<typeof getRequestListener> {
  const app = createApp({
    office,
    now: () => new Date(),
    jobs,
    consoleFolder: values['no-console'] === true ? null : CONSOLE_FOLDER,
    names: textOptions(values, 'name').map((name) => name.toLowerCase()),
    warn,
  })
  return getRequestListener(app.fetch)
}

function portOption(text: string): number {
  const port = Number(text)
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port
  throw new SunhallError('E-INPUT', `Expected --port from 0 to 65535, got "${text}"`)
}
