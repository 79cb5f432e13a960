// The page's end of the reading worker: a county's data whose every question is answered over there.
//
//   openData ─► open ─► record ─► questions ─► … ─► close
//                                    └ the worker died: started anew, and the same release opened again (P10)
//
// Invariant: answers of one CountyData come out of one release, the worker's death notwithstanding (P1).
import { SunhallError } from '../../../sync/contract/errors.ts'
import type { PlaceCode } from '../../../sync/contract/rows.ts'
import type { OpenData } from '../use-county.ts'
import { keeping } from './kept.ts'
import { fromReadingOf, type Opened, QUESTIONS, type Question, type Questions, type ToReading } from './messages.ts'

/** `launch` starts a worker; a test may give another than the page's own. */
export function startReading(launch: () => Worker = launchWorker): OpenData {
  let line = connect(launch)
  let readers = 0
  // Started with the page and not with the first question: it loads its code while the page loads its own.
  const alive = (): Line => {
    if (line.isDead()) line = connect(launch)
    return line
  }
  return async (own) => {
    const held = { on: alive(), reader: ++readers }
    const record = (await held.on.send({ type: 'open', reader: held.reader, own })) as Opened
    if (record === null) return null
    const reopen = once(async () => {
      const on = alive()
      const reader = ++readers
      const found = (await on.send({ type: 'open', reader, own })) as Opened
      if (found?.root !== record.root) throw lost()
      Object.assign(held, { on, reader })
    })
    const ask = async (question: Question, given: readonly unknown[]): Promise<unknown> => {
      if (held.on.isDead()) await reopen()
      return held.on.send({ type: 'ask', reader: held.reader, question, given })
    }
    const keep = keeping(ask)
    const questions = QUESTIONS.map((name) => [name, (...given: readonly unknown[]) => keep(name, given)])
    // Each name with its own question's arguments and answer: the worker calls the method of that name.
    const data = { record, ...(Object.fromEntries(questions) as Questions) }
    return { data, reader: { close: () => held.on.tell({ type: 'close', reader: held.reader }) } }
  }
}

function launchWorker(): Worker {
  // Written out for Vite, which builds the worker from exactly this form.
  return new Worker(new URL('./read-worker.ts', import.meta.url), { type: 'module', name: 'sunhall-reading' })
}

type Sent = { type: 'open'; reader: number; own: PlaceCode | null } | Omit<Extract<ToReading, { type: 'ask' }>, 'id'>
interface Line {
  send(message: Sent): Promise<unknown>
  tell(message: Extract<ToReading, { type: 'close' }>): void
  isDead(): boolean
}

/** One worker for as long as it lives; what waits when it dies fails with E-STATE. */
function connect(launch: () => Worker): Line {
  const worker = launch()
  const waiting = new Map<number, { done: (value: unknown) => void; failed: (error: SunhallError) => void }>()
  let dead = false
  let last = 0
  worker.addEventListener('message', (event: MessageEvent<unknown>) => {
    const said = fromReadingOf(event.data)
    const asked = said === null ? undefined : waiting.get(said.id)
    if (said === null || asked === undefined) return
    waiting.delete(said.id)
    if ('failed' in said) asked.failed(new SunhallError(said.failed.code, said.failed.message))
    else asked.done(said.value)
  })
  worker.addEventListener('error', () => {
    dead = true
    worker.terminate()
    for (const { failed } of waiting.values()) failed(lost())
    waiting.clear()
  })
  return {
    send: (message) =>
      new Promise((done, failed) => {
        const id = ++last
        waiting.set(id, { done, failed })
        worker.postMessage({ ...message, id })
      }),
    tell: (message) => worker.postMessage(message),
    isDead: () => dead,
  }
}

/** One call at a time; those that come meanwhile wait for the same. */
function once(work: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | null = null
  return () => {
    running ??= work().finally(() => {
      running = null
    })
    return running
  }
}

function lost(): SunhallError {
  return new SunhallError('E-STATE', 'Expected the reading worker to answer, it has ended; try again')
}
