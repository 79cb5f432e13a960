// Chromium's debugging protocol over the two pipes that only this process holds: JSON messages, each ended by a zero byte.
import type { ChildProcess } from 'node:child_process'
import { Readable, Writable } from 'node:stream'
import { SunhallError } from '../../sync/contract/errors.ts'

export interface DevtoolsPipe {
  /** Calls a method of the browser, or of the page that `session` names. Errors: E-STATE with what Chromium answered. */
  call(method: string, params: object, session?: string): Promise<Record<string, unknown>>
}

interface Answer {
  id?: number
  result?: Record<string, unknown>
  error?: { message: string }
}

/** Null where the browser was started without the pipes. */
export function devtoolsPipe(child: ChildProcess): DevtoolsPipe | null {
  const [, , , commands, answers] = child.stdio
  if (!(commands instanceof Writable) || !(answers instanceof Readable)) return null
  const waiting = new Map<number, (answer: Answer) => void>()
  let last = 0
  let rest = ''
  answers.setEncoding('utf8').on('data', (chunk: string) => {
    const whole = (rest + chunk).split('\0')
    rest = whole.pop() ?? ''
    for (const text of whole) {
      const answer: Answer = JSON.parse(text)
      if (answer.id === undefined) continue
      waiting.get(answer.id)?.(answer)
      waiting.delete(answer.id)
    }
  })
  const give = (why: string): void => {
    for (const answer of waiting.values()) answer({ error: { message: why } })
    waiting.clear()
  }
  // A browser that dies closes the pipes under us; its exit is handled where it belongs.
  commands.on('error', () => give('the browser has ended'))
  answers.on('close', () => give('the browser has ended'))
  return {
    async call(method, params, session) {
      last += 1
      const id = last
      const answered = new Promise<Answer>((answer) => waiting.set(id, answer))
      commands.write(
        `${JSON.stringify({ id, method, params, ...(session !== undefined && { sessionId: session }) })}\0`,
      )
      const { result, error } = await answered
      if (error !== undefined) {
        throw new SunhallError('E-STATE', `Expected Chromium to do ${method}, it answered: ${error.message}`)
      }
      return result ?? {}
    },
  }
}
