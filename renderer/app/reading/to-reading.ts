// What the reading worker takes for a question: looked at whole, over there, where no tap waits for it.
import { z } from 'zod'
import { QUESTIONS, type ToReading } from './messages.ts'

const id = z.int()
const toReading = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('open'), id, reader: z.int(), own: z.string().nullable() }),
  z.strictObject({
    type: z.literal('ask'),
    id,
    reader: z.int(),
    question: z.enum(QUESTIONS),
    given: z.array(z.unknown()),
  }),
  z.strictObject({ type: z.literal('close'), reader: z.int() }),
])
export function toReadingOf(data: unknown): ToReading | null {
  const read = toReading.safeParse(data)
  return read.success ? read.data : null
}
