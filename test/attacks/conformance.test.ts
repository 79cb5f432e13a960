// The cases of the public TUF conformance suite (theupdateframework/tuf-conformance) against our own client, each with a
// repository of its own over real HTTP. Most call the program's function; those marked so, and all of them with
// SUNHALL_TUF=process, start the program anew for each step, as the suite does.
import { describe, expect, it } from 'vitest'
import { CASES } from './cases.ts'
import { Client, runProcess } from './client.ts'

const always = process.env['SUNHALL_TUF'] === 'process' ? 'process' : null

describe('the conformance suite', () => {
  it.concurrent.each(CASES)(
    '$suite',
    async ({ how, run }) => {
      const client = await Client.start(always ?? how ?? 'inside')
      try {
        await run(client)
      } finally {
        await client.stop()
      }
    },
    240_000,
  )

  it.concurrent('drives the client by npm run tuf-client, which ends with 0 or 1 like the program itself', async () => {
    const client = await Client.start('inside')
    try {
      await client.init()
      const where = ['--metadata-url', `${client.url}/metadata/`, '--metadata-dir', client.metadata]
      const run = (...step: string[]): Promise<number> =>
        runProcess('npm', ['run', '--silent', 'tuf-client', '--', ...where, ...step])
      expect(await run('refresh')).toBe(0)
      expect(client.trusted()).toEqual(['root 1', 'snapshot 1', 'targets 1', 'timestamp 1'])
      expect(await run('dance')).toBe(1)
    } finally {
      await client.stop()
    }
  }, 240_000)
})
