// While the office's server runs, an approved draft whose time has come is published: only the pointer moves, by the
// timestamp key, after a last check. It runs as a child process ("publish --due"), since the open data that follows takes
// longer than a terminal should wait for an answer. A server that was down does it when it is up again.
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { codeOf, messageOf } from '../../contract/errors.ts'
import { Outcome } from '../jobs/outcome.ts'
import type { Office } from '../office.ts'
import { openDraft } from './draft.ts'
import { reconcileDrafts } from './finish.ts'

const LOOK_MS = 20_000
const CLI = join(import.meta.dirname, '..', 'cli.ts')

/** Looks at once and every 20 seconds. `warn` hears what was done and what failed: the trail has it too. */
export function startTimetable(
  office: Office,
  now: () => Date,
  warn: (line: string) => void,
  everyMs: number = LOOK_MS,
): { close(): Promise<void> } {
  let running: Promise<void> | null = null
  const look = async (): Promise<void> => {
    try {
      if (await isDue(office, now())) warn(await publishInChild(office.folder))
    } catch (error) {
      warn(`${codeOf(error, 'E-SERVER')}: the planned publication failed: ${messageOf(error)}`)
    }
  }
  const start = (): void => {
    // One at a time: a check at county scale takes longer than the pause.
    running ??= look().finally(() => {
      running = null
    })
  }
  start()
  const timer = setInterval(start, everyMs)
  timer.unref()
  return {
    async close() {
      clearInterval(timer)
      await running
    },
  }
}

async function isDue(office: Office, now: Date): Promise<boolean> {
  await reconcileDrafts(office, now)
  const draft = await openDraft(await office.service())
  return draft?.state === 'approved' && draft.publishAt !== '' && draft.publishAt <= now.toISOString()
}

/** What became of it, as a line for the server's log. */
function publishInChild(folder: string): Promise<string> {
  const outcome = new Outcome(() => undefined)
  const line = [CLI, 'publish', '--due', '--data', folder, '--json']
  const child = spawn(process.execPath, line, { stdio: ['ignore', 'pipe', 'pipe'] })
  child.stdout.setEncoding('utf8').on('data', (text: string) => outcome.stdout(text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => outcome.stderr(text))
  return new Promise((done, failed) => {
    child.on('error', failed)
    child.on('close', (code, signal) => {
      const { result, error } = outcome.end(code, signal)
      if (error === null) done(`Release ${String(result?.release)} is published, as planned`)
      else done(`${error.code}: the planned publication failed: ${error.detail ?? error.message}`)
    })
  })
}
