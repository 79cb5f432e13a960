// An answer to a report, in the real page with the browser's own WebCrypto: found and opened by five words, without a line.
import { argon2id } from 'hash-wasm'
import { CompactEncrypt } from 'jose'
import { expect, test } from 'vitest'
import words from '../../assets/words.json'
import { ANSWER_KDF, answerSalt } from '../../sync/contract/report.ts'
import { splitAnswerKey } from '../../sync/core/report-answer.ts'
import { initialsOf } from '../../sync/core/report-code.ts'
import { paddedJson } from '../../sync/core/report-padding.ts'
import { fixtureRecord } from '../county/fixture-data.ts'
import { type Given, home, type Stage } from './hall-stage.tsx'

const patience = { timeout: 20_000 }

async function sealedAnswer(code: string) {
  const derived = await argon2id({
    password: code,
    salt: new TextEncoder().encode(answerSalt('431225')),
    memorySize: ANSWER_KDF.memoryKiB,
    iterations: ANSWER_KDF.iterations,
    parallelism: ANSWER_KDF.parallelism,
    hashLength: ANSWER_KDF.bytes,
    outputType: 'binary',
  })
  const { key, label } = splitAnswerKey(derived)
  const entry = { day: '2025-11-03', from: '县农业农村局', state: 'answered', text: '亩数已改正。' }
  const bytes = paddedJson({ format: 1, id: 'K7Q29WBA34D', entries: [entry] })
  const sealed = await new CompactEncrypt(bytes).setProtectedHeader({ alg: 'dir', enc: 'A256GCM' }).encrypt(key)
  return { label, sealed }
}

const isKey = (word: string): boolean =>
  [...document.querySelectorAll('button:not(:disabled)')].some((key) => key.textContent === word)

async function pick(stage: Stage, word: string): Promise<void> {
  const listed = words.find(([one]) => one === word)
  if (listed === undefined) throw new Error(`Expected ${word} in the list, found none`)
  let tapped = ''
  for (const letter of initialsOf([listed[0] ?? '', listed[1] ?? ''])) {
    await expect.poll(() => isKey(letter.toUpperCase())).toBe(true)
    stage.tapKey(letter.toUpperCase())
    tapped += letter.toUpperCase()
    await expect.poll(() => stage.element('.answers-field').textContent).toBe(`已点 ${tapped}`)
  }
  // The key, and not the word alone: one that was picked before or is the example, stands above already.
  await expect.poll(() => isKey(word)).toBe(true)
  stage.tapKey(word)
}

// Three times Argon2id over 64 MiB: a second each on an idle machine.
const DERIVING_MS = 90_000

test(
  'Five words open the answer offline; a wrong word opens nothing and says no more than that.',
  async () => {
    const code = ['水牛', '扁担', '月亮', '板凳', '太阳']
    const answer = await sealedAnswer(code.join('-'))
    const data: Given['data'] = {
      answer: async (label) => (label === answer.label ? { state: 'here', value: answer } : { state: 'none' }),
    }
    const stage = await home({ data })
    stage.tap('看答复')
    await expect.poll(stage.screen).toBe('answers')
    for (const word of code.slice(0, 4)) await pick(stage, word)
    await pick(stage, '水牛')
    await expect.poll(stage.text, { timeout: 30_000 }).toContain('没有找到答复')
    stage.tap('重新来')
    for (const word of code) await pick(stage, word)
    await expect.poll(stage.text, { timeout: 30_000 }).toContain('亩数已改正。')
    expect(stage.text()).not.toContain('扁担')
    stage.tap('看完了，清掉')
    await expect.poll(stage.screen).toBe('home')
    expect(document.documentElement.outerHTML).not.toContain('亩数已改正')
  },
  DERIVING_MS,
)

test('A newer reader of the release that comes between two letters takes none of them away.', async () => {
  const stage = await home({})
  stage.tap('看答复')
  await expect.poll(stage.screen).toBe('answers')
  await expect.poll(() => stage.element('.answers-letters').textContent).toContain('A')
  stage.tapKey('Y')
  await expect.poll(() => stage.element('.answers-field').textContent).toBe('已点 Y')
  const before = stage.opened
  stage.works({ type: 'release-changed', root: fixtureRecord.root, parts: [] })
  await expect.poll(() => stage.opened, patience).toBe(before + 1)
  await new Promise((resolve) => setTimeout(resolve, 100))
  expect(stage.element('.answers-field').textContent).toBe('已点 Y')
  stage.tapKey('L')
  await expect.poll(() => stage.text()).toContain('月亮')
})
