// The reading worker: disk, hashes, decoding and the making of answers, away from the page's own thread, so that a tap
// is painted while its answer is still being read (P7). It holds public data only, and forgets no less than the page
// would: nothing of a visit is kept but decoded blocks, by hash (P6).
import { z } from 'zod'
import { codeOf, messageOf, SunhallError } from '../../../sync/contract/errors.ts'
import type { PlaceCode } from '../../../sync/contract/rows.ts'
import type { OpenReader } from '../../../sync/store/interface.ts'
import { openReader } from '../../../sync/store/reader.ts'
import type { CountyData } from '../../data/county-data.ts'
import { createCountyData } from '../../data/create.ts'
import { warmUp } from '../../data/warm-up.ts'
import type { FromReading, Opened, ToReading } from './messages.ts'
import { toReadingOf } from './to-reading.ts'

interface Open {
  reader: OpenReader
  data: CountyData
}

/** ms after a release was opened in which the page is left alone with the processor, before anything is got ready. */
const WARM_MS = 4_000

/** Asked by the page so far. */
let questions = 0

function main(): void {
  // The page's policy forbids code made at run time; zod would only try and be refused.
  z.config({ jitless: true })
  const opened = new Map<number, Open>()
  const post = (answer: FromReading): void => self.postMessage(answer)
  self.addEventListener('message', (event: MessageEvent<unknown>) => {
    const message = toReadingOf(event.data)
    if (message === null) return
    if (message.type === 'close') return close(opened, message.reader)
    answer(opened, message).then(
      (value) => post({ id: message.id, value }),
      (error: unknown) =>
        post({ id: message.id, failed: { code: codeOf(error, 'E-STORE'), message: messageOf(error) } }),
    )
  })
}

async function answer(opened: Map<number, Open>, message: Exclude<ToReading, { type: 'close' }>): Promise<unknown> {
  if (message.type === 'open') return open(opened, message.reader, message.own)
  questions += 1
  const data = opened.get(message.reader)?.data
  if (data === undefined)
    throw new SunhallError('E-STATE', 'Expected a question to an open release, got one to a closed one; ask again')
  const ask = data[message.question] as (...given: readonly unknown[]) => Promise<unknown>
  return ask(...message.given)
}

async function open(opened: Map<number, Open>, at: number, own: PlaceCode | null): Promise<Opened> {
  const reader = await openReader()
  if (reader === null) return null
  const data = createCountyData(reader, own)
  opened.set(at, { reader, data })
  setTimeout(() => {
    const before = questions
    if (opened.has(at)) void warmUp(data, own, () => questions !== before || !opened.has(at))
  }, WARM_MS)
  return reader.record
}

function close(opened: Map<number, Open>, at: number): void {
  opened.get(at)?.reader.close()
  opened.delete(at)
}

main()
