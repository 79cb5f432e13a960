// A thread that builds villages for a publication, while this one reads the next. Its heap is its own and stays small, so that
// what is left over of a million rows is gone with it. One, and not several: it takes as long as reading and the rest do here.
import { Worker } from 'node:worker_threads'
import { SunhallError } from '../../contract/errors.ts'
import type { Seen } from './village.ts'
import type { VillageJob, VillageResult } from './village-job.ts'
import type { VillageAnswer } from './village-worker.ts'

/**
 * Enough for a village of half a million payments. V8 lets a heap grow the more freely the higher its limit is: without one
 * it takes several times as much for the same work.
 */
const HEAP_MB = 512
const YOUNG_MB = 16

interface Waiting {
  done(result: VillageResult): void
  failed(error: Error): void
}

export class VillageThread {
  readonly #worker: Worker
  readonly #waiting: Waiting[] = []
  #ended: SunhallError | null = null

  constructor(seen: Seen) {
    this.#worker = new Worker(new URL('./village-worker.ts', import.meta.url), {
      workerData: seen,
      resourceLimits: { maxOldGenerationSizeMb: HEAP_MB, maxYoungGenerationSizeMb: YOUNG_MB },
    })
    this.#worker.on('message', (answer: VillageAnswer) => this.#take(answer))
    this.#worker.on('error', (cause) => this.#fail(cause))
    this.#worker.on('exit', () => this.#fail(undefined))
  }

  /** The job's columns are handed over. Errors: E-FORMAT, E-SERVER where the thread ends. */
  build(job: VillageJob): Promise<VillageResult> {
    const { payments, members, ledger, masked } = job.read
    const columns = [payments, members, ledger, masked].flatMap((texts) => [...texts.values()])
    return new Promise((done, failed) => {
      if (this.#ended !== null) throw this.#ended
      this.#worker.postMessage(
        job,
        columns.map(({ buffer }) => buffer),
      )
      this.#waiting.push({ done, failed })
    })
  }

  async close(): Promise<void> {
    await this.#worker.terminate()
  }

  #take(answer: VillageAnswer): void {
    const waiting = this.#waiting.shift()
    if ('result' in answer) waiting?.done(answer.result)
    else waiting?.failed(new SunhallError(answer.code, answer.message))
  }

  /** Whoever waits would wait for ever. */
  #fail(cause: unknown): void {
    const error = new SunhallError('E-SERVER', 'Expected the thread that builds villages to go on, it has ended', {
      cause,
    })
    this.#ended ??= error
    for (const { failed } of this.#waiting.splice(0)) failed(error)
  }
}
