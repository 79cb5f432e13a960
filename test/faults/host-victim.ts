// A host that does a terminal's day in a second, to be killed in it: keeps messages, checks, fetches, tells what is
// shown, hands the messages over. Says on standard output what the page would have been told.
//   node --import ./host-trigger.ts host-victim.ts DATA
import { writeSync } from 'node:fs'
import { createHost } from '../../electron/host/host.ts'
import { messageOf } from '../../electron/host/journal/messages.fixture.ts'
import { checkResult } from '../../sync/contract/host-api.ts'
import { paths } from '../../sync/contract/release.ts'
import type { HostMoment } from './host-moments.ts'

const say = (line: string): void => void writeSync(1, `${line}\n`)
const [, , dataFolder = ''] = process.argv
const moment: HostMoment | null = JSON.parse(process.env.SUNHALL_FAULT ?? 'null')
const way = moment?.way ?? 'patch'
const options = { clock: () => new Date(), shell: 'browser', appVersion: '0', production: false } as const
const host = await createHost({ ...options, dataFolder, stickPlaces: [] })
const post = (path: string, body: unknown): Promise<Response> =>
  host.handle(new Request(`http://127.0.0.1${path}`, { method: 'POST', body: JSON.stringify(body) }))

async function keep(from: number, to: number): Promise<void> {
  for (let number = from; number <= to; number += 1) {
    const message = messageOf(number)
    // The receipt is shown only now.
    if ((await post('/host/message', message)).ok) say(`kept ${message.id}`)
  }
}

async function follow(): Promise<void> {
  const before = host.state().trusted?.root ?? ''
  const result = checkResult.parse(await (await post('/host/check', { reason: 'slot', folder: null })).json())
  if (result.result !== 'release') throw new Error(`Expected a release, got ${JSON.stringify(result)}`)
  const { root } = result.record
  const { status } = await host.handle(new Request(`http://127.0.0.1/county/${paths[way](root, before)}`))
  if (status !== 200) throw new Error(`Expected the ${way} of a release, got ${status}`)
  say(`shown ${root}`)
  await post('/host/shown', { root, previous: before })
}

await Promise.all([keep(1, 3), follow()])
await host.deliver()
await keep(4, 6)
await host.deliver()
await keep(7, 8)
await host.close()
say('done')
