// `npm start -- --check`: walks all of it in a scratch folder and ends with one line of JSON, exit code 0 or 1.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { stopAll } from '../../.ci/processes.ts'
import { check } from './check.ts'

const { values } = parseArgs({ options: { check: { type: 'boolean' }, scale: { type: 'string', default: '0.01' } } })
const scratch = mkdtempSync(join(tmpdir(), 'sunhall-check-'))
const result = await check(scratch, values.scale)
await stopAll()
rmSync(scratch, { recursive: true, force: true })
console.log(JSON.stringify(result))
process.exit(result.ok ? 0 : 1)
