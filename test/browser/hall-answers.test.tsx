// How an answer is shown, and how its absence is: in words, never as a zero, never with a spinner.
import type { ReactNode } from 'react'
import { createRoot } from 'react-dom/client'
import { expect, test } from 'vitest'
import type { Answer } from '../../renderer/data/county-data.ts'
import { Amount } from '../../renderer/hall/Amount.tsx'
import { Answered } from '../../renderer/hall/Answered.tsx'
import { useAnswer } from '../../renderer/hall/use-answer.ts'
import { SunhallError } from '../../sync/contract/errors.ts'

type Ask = (question: string) => Promise<Answer<number>>

function Asking(props: { ask: Ask; question: string }): ReactNode {
  const asked = useAnswer(() => props.ask(props.question), [props.ask, props.question])
  return <Answered asked={asked}>{(fen) => <Amount fen={fen} />}</Answered>
}

function draw(node: ReactNode): { element: HTMLElement; again: (node: ReactNode) => void } {
  const element = document.createElement('div')
  document.body.append(element)
  const root = createRoot(element)
  root.render(node)
  return { element, again: (next) => root.render(next) }
}

test('What is not published says so, and no figure stands there.', async () => {
  const { element } = draw(<Asking ask={async () => ({ state: 'none' })} question="a" />)
  await expect.poll(() => element.textContent).toContain('还没有公布')
  expect(element.querySelector('.amount')).toBeNull()
  expect(element.textContent).not.toMatch(/\d/)
})

test('What is still being received says so, and so does zero: as the figure that it is.', async () => {
  const pending = draw(<Asking ask={async () => ({ state: 'pending' })} question="a" />)
  await expect.poll(() => pending.element.textContent).toContain('还在接收')
  const zero = draw(<Asking ask={async () => ({ state: 'here', value: 0 })} question="a" />)
  await expect.poll(() => zero.element.textContent).toBe('0.00元')
})

test('A damaged block offers to try again, and trying again shows the answer (P10).', async () => {
  let mended = false
  const ask: Ask = async () => {
    if (!mended) throw new SunhallError('E-DAMAGED', 'Expected a whole block, got a damaged one')
    return { state: 'here', value: 231_864 }
  }
  const { element } = draw(<Asking ask={ask} question="a" />)
  await expect.poll(() => element.textContent).toContain('正在重新取')
  mended = true
  element.querySelector('button')?.click()
  await expect.poll(() => element.textContent).toBe('2,318.64元')
})

test('An answer that comes after the question has changed is dropped.', async () => {
  const waiting = new Map<string, (answer: Answer<number>) => void>()
  const ask: Ask = (question) => new Promise((done) => waiting.set(question, done))
  const { element, again } = draw(<Asking ask={ask} question="slow" />)
  await expect.poll(() => waiting.has('slow')).toBe(true)
  again(<Asking ask={ask} question="quick" />)
  await expect.poll(() => waiting.has('quick')).toBe(true)
  waiting.get('quick')?.({ state: 'here', value: 200 })
  await expect.poll(() => element.textContent).toBe('2.00元')
  waiting.get('slow')?.({ state: 'here', value: 100 })
  await new Promise((done) => setTimeout(done, 50))
  expect(element.textContent).toBe('2.00元')
})
