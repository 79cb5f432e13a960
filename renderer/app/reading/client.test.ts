import { expect, test } from 'vitest'
import { fixtureRecord } from '../../../test/county/fixture-data.ts'
import { startReading } from './client.ts'
import { QUESTIONS } from './messages.ts'
import { toReadingOf } from './to-reading.ts'

/** Stands for the worker's thread, which Node hasn't: it answers what the test has it answer. */
class FakeWorker extends EventTarget {
  readonly heard: { type: string; id?: number; question?: string }[] = []
  readonly answers: (message: { type: string; question?: string }) => unknown
  ended = false
  constructor(answers: FakeWorker['answers']) {
    super()
    this.answers = answers
  }
  postMessage(message: { type: string; id?: number }): void {
    expect(toReadingOf(structuredClone(message))).not.toBeNull()
    this.heard.push(message)
    const answer = this.answers(message)
    if (answer === undefined) return
    const data = { id: message.id, ...(answer as object) }
    queueMicrotask(() => this.dispatchEvent(new MessageEvent('message', { data })))
  }
  terminate(): void {
    this.ended = true
  }
  die(): void {
    this.dispatchEvent(new Event('error'))
  }
}

/** A page whose workers open this record and answer each question with its name. */
function page(roots: readonly string[] = [fixtureRecord.root]) {
  const workers: FakeWorker[] = []
  const launch = (): Worker => {
    const root = roots[workers.length] ?? fixtureRecord.root
    const worker = new FakeWorker(({ type, question }) => {
      if (type === 'open') return { value: { ...fixtureRecord, root } }
      if (question === 'assets') return { failed: { code: 'E-DAMAGED', message: 'Expected a block' } }
      return question === 'debts' ? undefined : { value: question }
    })
    workers.push(worker)
    return worker as unknown as Worker
  }
  return { workers, openData: startReading(launch) }
}

async function opened(openData: ReturnType<typeof page>['openData']) {
  const county = await openData(null)
  if (county === null) throw new Error('Expected a release')
  return county
}

test('Every question goes to the worker under its own name, and its answer comes back.', async () => {
  const { data } = await opened(page().openData)
  expect(data.record.root).toBe(fixtureRecord.root)
  for (const question of QUESTIONS) {
    if (question === 'assets' || question === 'debts') continue
    const ask = data[question] as () => Promise<unknown>
    expect(await ask()).toBe(question)
  }
})

test('A failure comes back with its code, so that the screen can say what it is.', async () => {
  const { data } = await opened(page().openData)
  await expect(data.assets('431225100201')).rejects.toMatchObject({ code: 'E-DAMAGED' })
})

test('A worker that dies fails what it was asked; the next question opens the same release in a new one.', async () => {
  const { workers, openData } = page()
  const { data } = await opened(openData)
  const waiting = data.debts('431225100201')
  workers[0]?.die()
  await expect(waiting).rejects.toMatchObject({ code: 'E-STATE' })
  expect(await Promise.all([data.years(), data.funds()])).toEqual(['years', 'funds'])
  expect(workers.map(({ ended }) => ended)).toEqual([true, false])
  expect(workers[1]?.heard.map(({ type }) => type)).toEqual(['open', 'ask', 'ask'])
})

test('After a worker’s death another release is never read under the name of the first.', async () => {
  const { workers, openData } = page([fixtureRecord.root, 'f'.repeat(64)])
  const { data } = await opened(openData)
  workers[0]?.die()
  await expect(data.years()).rejects.toMatchObject({ code: 'E-STATE' })
  expect((await opened(openData)).data.record.root).toBe('f'.repeat(64))
})

test('Nothing stored yet opens as null.', async () => {
  const launch = (): Worker => new FakeWorker(() => ({ value: null })) as unknown as Worker
  expect(await startReading(launch)(null)).toBeNull()
})

test('The wall of a village is asked for once; a household is asked for each time, and kept nowhere.', async () => {
  const { workers, openData } = page()
  const { data } = await opened(openData)
  for (let time = 0; time < 2; time += 1) {
    await data.households('431225100201')
    await data.household('431225100201', 7)
  }
  const asked = workers[0]?.heard.flatMap(({ question }) => question ?? [])
  expect(asked).toEqual(['households', 'household', 'household'])
})
