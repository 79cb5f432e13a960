// From the office's data to a finger, with the cable pulled: the walk of `npm start -- --check`, in real processes.
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'

it('publishes, syncs, answers three questions without the office, forgets the visit, and answers again without the host', async () => {
  const { stdout } = await promisify(execFile)(process.execPath, ['test/walk/run.ts', '--scale', '0.01'], {
    maxBuffer: 2 ** 24,
  })
  const result = JSON.parse(stdout.trim().split('\n').at(-1) ?? '{}')
  expect(result).toMatchObject({ ok: true, release: 1, offline: true, datasets: { places: 262, notices: 56 } })
  expect(result.steps.map(({ name }: { name: string }) => name)).toEqual([
    'publish',
    'sync',
    'find a household',
    'find a month of accounts',
    'find a policy by search',
    'idle until attract',
    'reload from the precache',
    'find a household again, without host and office',
  ])
}, 400_000)
