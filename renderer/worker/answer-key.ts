// The page's end of the Argon2id worker: one worker a lookup, ended with it, so that its 64 MiB and the words go at once.
import { z } from 'zod'
import { SunhallError } from '../../sync/contract/errors.ts'

export interface AnswerKey {
  /** 32 bytes: opens the answer. */
  key: Uint8Array
  /** 32 lower-case hex digits: finds it. */
  label: string
}

const derived = z.strictObject({ key: z.instanceof(Uint8Array), label: z.string().regex(/^[\da-f]{32}$/) })

/** Takes about a second. Errors: E-STATE where the worker fails (no WebAssembly, no memory). */
export function deriveAnswerKey(queryCode: string, county: string): Promise<AnswerKey> {
  // Written out for Vite, which builds the worker from exactly this form.
  const worker = new Worker(new URL('./answer-worker.ts', import.meta.url), { type: 'module', name: 'sunhall-answer' })
  return new Promise<AnswerKey>((resolve, reject) => {
    worker.addEventListener('message', (event: MessageEvent<unknown>) => {
      const answer = derived.safeParse(event.data)
      if (answer.success) resolve(answer.data)
      else reject(failed(event.data))
    })
    worker.addEventListener('error', (event) => reject(failed(event.message)))
    worker.postMessage({ queryCode, county })
  }).finally(() => worker.terminate())
}

function failed(cause: unknown): SunhallError {
  return new SunhallError('E-STATE', 'Expected a key out of the five words, got none; try again or restart', { cause })
}
