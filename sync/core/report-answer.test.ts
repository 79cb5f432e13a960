import { argon2id } from 'hash-wasm'
import { expect, it } from 'vitest'
import { ANSWER_KDF, answerSalt } from '../contract/report.ts'
import { splitAnswerKey } from './report-answer.ts'

it('cuts key and label out of what Argon2id gives', () => {
  const { key, label } = splitAnswerKey(Uint8Array.from({ length: 64 }, (_, at) => at))
  expect([...key]).toEqual(Array.from({ length: 32 }, (_, at) => at))
  expect(label).toBe('202122232425262728292a2b2c2d2e2f')
  expect(() => splitAnswerKey(new Uint8Array(48))).toThrow('64 bytes')
})

it('finds a fixed code under a fixed label: changing a number of the derivation means raising ANSWER_VERSION', async () => {
  const bytes = await argon2id({
    password: '稻谷-水牛-扁担-月亮-板凳',
    salt: new TextEncoder().encode(answerSalt('431225')),
    memorySize: ANSWER_KDF.memoryKiB,
    iterations: ANSWER_KDF.iterations,
    parallelism: ANSWER_KDF.parallelism,
    hashLength: ANSWER_KDF.bytes,
    outputType: 'binary',
  })
  expect(splitAnswerKey(bytes).label).toBe('463451be223bc550994be83269449c15')
})
