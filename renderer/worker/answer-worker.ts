// Argon2id away from the page's own thread, so that no tap waits for it (P7). The numbers are the contract's.
import { argon2id } from 'hash-wasm'
import { z } from 'zod'
import { messageOf } from '../../sync/contract/errors.ts'
import { ANSWER_KDF, answerSalt, queryCode } from '../../sync/contract/report.ts'
import { splitAnswerKey } from '../../sync/core/report-answer.ts'

// The page's policy forbids code made at run time; zod would only try and be refused.
z.config({ jitless: true })

const asked = z.strictObject({ queryCode, county: z.string().regex(/^\d{6}$/) })

async function derive(data: unknown): Promise<{ key: Uint8Array; label: string }> {
  const { queryCode: password, county } = asked.parse(data)
  const bytes = await argon2id({
    password,
    salt: new TextEncoder().encode(answerSalt(county)),
    memorySize: ANSWER_KDF.memoryKiB,
    iterations: ANSWER_KDF.iterations,
    parallelism: ANSWER_KDF.parallelism,
    hashLength: ANSWER_KDF.bytes,
    outputType: 'binary',
  })
  return splitAnswerKey(bytes)
}

self.addEventListener('message', (event: MessageEvent<unknown>) => {
  derive(event.data).then(
    (answer) => self.postMessage(answer),
    (error: unknown) => self.postMessage({ failed: messageOf(error) }),
  )
})
