// P1 and P4 under fire, as `npm run faults -- kill` does it a thousand times: the same seed draws the same moments.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { killAll } from '../faults/kill.ts'

const SEED = 431_225
/** As many as hit every phase, every area and every way that a release comes, in a minute. */
const [RUNS, HOST_RUNS] = [16, 16]

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sunhall-faults-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }))

it('P1, P4: killed at any moment, browser and host show one release, whole, and lose no report', {
  timeout: 900_000,
}, async () => {
  const said: string[] = []
  const options = { runs: RUNS, hostRuns: HOST_RUNS, seed: SEED, only: null, lanes: 2, folder }
  const { failed, unhit, browser, host } = await killAll({ ...options, say: (line) => said.push(line) })
  expect(failed, said.join('\n')).toEqual([])
  expect(unhit).toEqual([])
  // Kills that came too late for everything, or always too early, would show nothing.
  expect(browser.missed + host.missed).toBeLessThan(RUNS / 2)
  expect(Math.min(browser.old, browser.new, host.old, host.new)).toBeGreaterThan(0)
})
