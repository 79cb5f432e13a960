// A host that checks and mirrors without end, to be killed at any moment by host-kill.test.ts; or, with `once`, that
// checks once and prints the answer.
//   node host-child.ts DATA CONFIG_FILE loop|once
import { createHost } from '../../electron/host/host.ts'
import { checkResult } from '../../sync/contract/host-api.ts'
import { paths } from '../../sync/contract/release.ts'

const [, , dataFolder = '', configFile = '', mode = 'once'] = process.argv
const options = { dataFolder, clock: () => new Date(), shell: 'browser', appVersion: '0', production: false } as const
const host = await createHost({ ...options, configFile: configFile === '' ? null : configFile, stickPlaces: [] })
const post = (path: string, body: unknown): Promise<Response> =>
  host.handle(new Request(`http://127.0.0.1${path}`, { method: 'POST', body: JSON.stringify(body) }))
do {
  const result = checkResult.parse(await (await post('/host/check', { reason: 'now', folder: null })).json())
  if (mode === 'once') process.stdout.write(`${JSON.stringify(result)}\n`)
  if (result.result !== 'release') continue
  const { root, packs } = result.record
  for (const part of Object.keys(packs))
    await host.handle(new Request(`http://127.0.0.1/county/${paths.pack(root, part)}`))
  await post('/host/shown', { root, previous: null })
  if (mode === 'loop') process.stdout.write('.')
} while (mode === 'loop')
await host.close()
