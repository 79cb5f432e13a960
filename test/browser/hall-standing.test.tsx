// What stands through the steps of a visit, and that it ends with the visit (P6, P7).
import { expect, test } from 'vitest'
import { onStage } from './hall-stage.tsx'

const START = '点这里，开始查'
const IDLE = { warnAfterSeconds: 6, resetAfterSeconds: 1 }
const patience = { timeout: 20_000 }
const FRAME = ['.masthead', '.dateline', '.low-bar'] as const

test('A step draws its page only: the frame stays what it was, and the next visit has its own.', async () => {
  const stage = onStage(IDLE)
  await expect.poll(stage.screen).toBe('attract')
  stage.tap(START)
  await expect.poll(stage.screen).toBe('home')
  const frame = FRAME.map(stage.element)
  const page = stage.element('.screen-page')
  stage.tap('村级财务')
  await expect.poll(stage.screen).toBe('finance')
  expect(FRAME.map(stage.element)).toEqual(frame)
  expect(page.isConnected).toBe(false)
  await expect.poll(stage.screen, patience).toBe('attract')
  stage.tap(START)
  await expect.poll(stage.screen).toBe('home')
  expect(frame.some((one) => one.isConnected)).toBe(false)
})

test('The sheet of the letters closes with the step that it was opened on.', async () => {
  const stage = onStage()
  await expect.poll(stage.screen).toBe('attract')
  stage.tap(START)
  await expect.poll(stage.screen).toBe('home')
  stage.tapElement('.letters-key')
  await expect.poll(stage.text).toContain('特大字')
  stage.tap('村级财务')
  await expect.poll(stage.screen).toBe('finance')
  expect(stage.text()).not.toContain('特大字')
  stage.tap('返回')
  await expect.poll(stage.screen).toBe('home')
  expect(stage.text()).not.toContain('特大字')
})
