// `npm start -- --check`: walks all of it in a scratch folder and ends with one line of JSON, exit code 0 or 1.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { stopAll } from '../../.ci/processes.ts'
import { messageOf } from '../../sync/contract/errors.ts'
import { type CheckResult, check } from './check.ts'

/** Size of the sample county, unless `--scale` says another: that of `npm start`. */
const SCALE = '0.1'

async function run(): Promise<CheckResult> {
  const scratch = mkdtempSync(join(tmpdir(), 'sunhall-check-'))
  try {
    const { values } = parseArgs({ options: { check: { type: 'boolean' }, scale: { type: 'string' } } })
    return await check(scratch, values.scale ?? SCALE)
  } catch (error) {
    return { ok: false, release: null, datasets: {}, offline: false, steps: [], error: messageOf(error) }
  } finally {
    await stopAll()
    rmSync(scratch, { recursive: true, force: true })
  }
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stopAll())
const result = await run()
console.log(JSON.stringify(result))
process.exit(result.ok ? 0 : 1)
